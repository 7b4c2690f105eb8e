/** A real plane with real workers on the loopback, and RTP parameters as a browser would send them. */
import type { MediaSource, RtpCapabilities, RtpParameters } from '../../server/protocol/media.ts';
import type { MediaEvent, MediaPlane, PeerRef } from '../../server/services/ports/media-port.ts';
import { createMediaPlane } from '../../media/plane.ts';

export const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

export function startPlane(numWorkers = 1): Promise<MediaPlane> {
  const workerBin = process.env['MEDIASOUP_WORKER_BIN'];
  return createMediaPlane({ workerBin, numWorkers, listenIp: '127.0.0.1', log: silentLog });
}

export const dtlsParameters = {
  role: 'client' as const,
  fingerprints: [
    {
      algorithm: 'sha-256' as const,
      value:
        '82:5A:68:3D:36:C3:0A:DE:AF:E7:32:43:D2:88:83:57:AC:2D:65:E5:80:C4:B6:FB:AF:1A:A0:21:9F:6D:0C:AD',
    },
  ],
};

let nextSsrc = 10_000;

export function opusParameters(): RtpParameters {
  return {
    mid: 'a',
    codecs: [
      { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: { usedtx: 1 } },
    ],
    encodings: [{ ssrc: nextSsrc++, dtx: true }],
    rtcp: { cname: 'c' },
  };
}

export function vp8Parameters(encodings = 3): RtpParameters {
  return {
    mid: 'v',
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 96,
        clockRate: 90_000,
        rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
      },
    ],
    headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 2 }],
    encodings: Array.from({ length: encodings }, (_, index) => ({
      ssrc: nextSsrc++,
      rid: `r${index}`,
      scalabilityMode: 'L1T3',
    })),
    rtcp: { cname: 'c' },
  };
}

/** Joins with a transport in each direction. */
export async function joinFully(plane: MediaPlane, peer: PeerRef) {
  const joined = await plane.join(peer);
  const rtpCapabilities: RtpCapabilities = joined.routerRtpCapabilities;
  const send = await plane.createTransport(peer, { direction: 'send' });
  const recv = await plane.createTransport(peer, { direction: 'recv', rtpCapabilities });
  return { joined, send, recv };
}

export function allow(plane: MediaPlane, peer: PeerRef, ...sources: MediaSource[]): void {
  plane.setProduceRights(peer.roomId, peer.peerId, new Set(sources));
}

/** The next event of a type; register before causing it. */
export function nextEvent<T extends MediaEvent['type']>(
  plane: MediaPlane,
  type: T,
): Promise<Extract<MediaEvent, { type: T }>> {
  return new Promise((resolve) => {
    const stop = plane.onEvent((event) => {
      if (event.type !== type) return;
      stop();
      resolve(event as Extract<MediaEvent, { type: T }>);
    });
  });
}
