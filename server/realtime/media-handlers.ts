/**
 * Media requests of the socket, one handler each, onto the media plane. The gateway has checked the
 * schema and the access to the room before; what a peer may send the plane checks itself.
 */
import { DomainError } from '../domain/errors.ts';
import {
  mediaErrorCodes,
  type IceServer,
  type MediaNotification,
  type MediaNotificationName,
  type MediaReply,
  type MediaRequest,
  type MediaRequestName,
} from '../protocol/media.ts';
import type { MediaEvent, MediaFault, MediaPlane, PeerRef } from '../services/ports/media-port.ts';

/** A request without a handler does not compile. Handlers reject with a DomainError. */
export type MediaHandlers = {
  readonly [N in MediaRequestName]: (peer: PeerRef, payload: MediaRequest<N>) => Promise<MediaReply<N>>;
};

export interface MediaHandlersDeps {
  readonly plane: MediaPlane;
  /** STUN and TURN servers for this peer, with fresh credentials; none when left out. */
  readonly iceServersFor?: (peerId: string) => IceServer[];
}

export function createMediaHandlers({ plane, iceServersFor = () => [] }: MediaHandlersDeps): MediaHandlers {
  const handlers: MediaHandlers = {
    'media:join': (peer, { resume }) => plane.join(peer, { resume }),
    'media:transport.create': async (peer, request) => ({
      ...(await plane.createTransport(peer, request)),
      iceServers: iceServersFor(peer.peerId),
    }),
    'media:transport.connect': async (peer, { transportId, dtlsParameters }) => {
      await plane.connectTransport(peer, transportId, dtlsParameters);
      return {};
    },
    'media:transport.restart-ice': async (peer, { transportId }) => ({
      iceParameters: await plane.restartIce(peer, transportId),
      iceServers: iceServersFor(peer.peerId),
    }),
    'media:produce': (peer, { transportId, source, kind, rtpParameters }) =>
      plane.produce(peer, { transportId, source, kind, rtpParameters }),
    'media:producer.close': async (peer, { producerId }) => {
      await plane.closeProducer(peer, producerId);
      return {};
    },
    'media:producer.pause': async (peer, { producerId }) => {
      await plane.pauseProducer(peer, producerId);
      return {};
    },
    'media:producer.resume': async (peer, { producerId }) => {
      await plane.resumeProducer(peer, producerId);
      return {};
    },
    'media:consume': (peer, { producerId }) => plane.consume(peer, producerId),
    'media:consumer.resume': async (peer, { consumerId }) => {
      await plane.resumeConsumer(peer, consumerId);
      return {};
    },
    'media:consumer.layers': async (peer, { consumerId, spatialLayer, temporalLayer }) => {
      await plane.setPreferredLayers(peer, consumerId, { spatialLayer, temporalLayer });
      return {};
    },
    'media:leave': async (peer) => {
      await plane.leave(peer);
      return {};
    },
  };
  return translatingFaults(handlers);
}

/** What is told of an event, and to whom. Volatile ones may be dropped when a connection is slow. */
export type OutgoingNotification = {
  [N in MediaNotificationName]: {
    readonly name: N;
    readonly payload: MediaNotification<N>;
    readonly isVolatile: boolean;
    /** The one peer that it is for; null is everybody in the room. */
    readonly toPeerId: string | null;
  };
}[MediaNotificationName];

const toRoom = { isVolatile: false, toPeerId: null } as const;

export function toMediaNotification(event: MediaEvent): OutgoingNotification {
  switch (event.type) {
    case 'producer-added':
      return { name: 'media:producer-added', payload: event.producer, ...toRoom };
    case 'producer-paused': {
      const { producerId, isPaused } = event;
      return { name: 'media:producer-paused', payload: { producerId, isPaused }, ...toRoom };
    }
    case 'producer-closed': {
      const { producerId, peerId, source, reason } = event;
      return { name: 'media:producer-closed', payload: { producerId, peerId, source, reason }, ...toRoom };
    }
    case 'producer-layers': {
      const { producerId, maxSpatialLayer, peerId } = event;
      const payload = { producerId, maxSpatialLayer };
      return { name: 'media:producer-layers', payload, isVolatile: false, toPeerId: peerId };
    }
    case 'active-speaker': {
      const payload = { peerId: event.peerId };
      return { name: 'media:active-speaker', payload, isVolatile: true, toPeerId: null };
    }
    case 'room-reset':
      return { name: 'media:reset', payload: {}, ...toRoom };
  }
}

function translatingFaults(handlers: MediaHandlers): MediaHandlers {
  const translated = Object.entries(handlers).map(([name, handle]) => [
    name,
    async (peer: PeerRef, payload: never) => {
      try {
        return await handle(peer, payload);
      } catch (error) {
        throw isMediaFault(error) ? new DomainError(error.code, { cause: error }) : error;
      }
    },
  ]);
  return Object.fromEntries(translated) as MediaHandlers;
}

/** By its code and not by its class: the edges do not import the plane. */
function isMediaFault(error: unknown): error is MediaFault {
  return (
    error instanceof Error && 'code' in error && (mediaErrorCodes as readonly unknown[]).includes(error.code)
  );
}
