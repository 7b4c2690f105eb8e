/**
 * The media socket: joining the live room of a meeting, sending and receiving picture and sound.
 *
 * `mediaRequests` are answered by an ack (`Ack<reply>`), `mediaNotifications` come unasked. Closed at
 * the top level: an unknown field is refused. RTP and DTLS parameters are checked for shape and size
 * only; what they mean is for the SFU to judge, and what it refuses is MEDIA_UNSUPPORTED.
 */
import { Type, type Static, type TSchema } from 'typebox';
import { closed } from './scalars.ts';

/** Refusals of the media plane; a subset of the codes in `errors.ts`. */
export const mediaErrorCodes = [
  'MEDIA_NOT_JOINED',
  'MEDIA_FORBIDDEN',
  'MEDIA_TRANSPORT_UNKNOWN',
  'MEDIA_PRODUCER_UNKNOWN',
  'MEDIA_CONSUMER_UNKNOWN',
  'MEDIA_LIMIT',
  'MEDIA_UNSUPPORTED',
  'MEDIA_UNAVAILABLE',
] as const;
export type MediaErrorCode = (typeof mediaErrorCodes)[number];

/** Simulcast layers of a camera: 0 is 180p, 1 is 360p, 2 is 720p. */
export const CAMERA_LAYERS = 3;
/** Encodings that one producer may have. */
export const ENCODINGS_MAX = 3;
/** Longest list of codecs or header extensions that is read; a browser sends fewer than 50. */
const RTP_LIST_MAX = 64;

const MediaId = Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' });
const PayloadType = Type.Integer({ minimum: 0, maximum: 127 });
const Ssrc = Type.Integer({ minimum: 0, maximum: 0xffff_ffff });
const MimeType = Type.String({ pattern: '^(audio|video)/[A-Za-z0-9.-]{1,40}$' });
const ClockRate = Type.Integer({ minimum: 1, maximum: 1_000_000 });
const Channels = Type.Integer({ minimum: 1, maximum: 8 });
const ExtensionUri = Type.String({ minLength: 1, maxLength: 160 });
const ExtensionId = Type.Integer({ minimum: 0, maximum: 255 });

/** What is sent: one producer a source for each peer. */
export const MediaSource = Type.Union([
  Type.Literal('camera'),
  Type.Literal('microphone'),
  Type.Literal('screen'),
]);
export type MediaSource = Static<typeof MediaSource>;
export const mediaSources = ['camera', 'microphone', 'screen'] as const satisfies readonly MediaSource[];

export const MediaKind = Type.Union([Type.Literal('audio'), Type.Literal('video')]);
export type MediaKind = Static<typeof MediaKind>;

const CodecParameters = Type.Record(
  Type.String({ maxLength: 64 }),
  Type.Union([Type.String({ maxLength: 512 }), Type.Number(), Type.Boolean(), Type.Null()]),
  { maxProperties: 32 },
);
const RtcpFeedback = Type.Object({
  type: Type.String({ maxLength: 64 }),
  parameter: Type.Optional(Type.String({ maxLength: 64 })),
});

export const RtpCapabilities = Type.Object({
  codecs: Type.Optional(
    Type.Array(
      Type.Object({
        kind: MediaKind,
        mimeType: MimeType,
        preferredPayloadType: PayloadType,
        clockRate: ClockRate,
        channels: Type.Optional(Channels),
        parameters: Type.Optional(CodecParameters),
        rtcpFeedback: Type.Optional(Type.Array(RtcpFeedback, { maxItems: 16 })),
      }),
      { maxItems: RTP_LIST_MAX },
    ),
  ),
  headerExtensions: Type.Optional(
    Type.Array(
      Type.Object({
        kind: MediaKind,
        uri: ExtensionUri,
        preferredId: ExtensionId,
        preferredEncrypt: Type.Optional(Type.Boolean()),
        direction: Type.Optional(
          Type.Union([
            Type.Literal('sendrecv'),
            Type.Literal('sendonly'),
            Type.Literal('recvonly'),
            Type.Literal('inactive'),
          ]),
        ),
      }),
      { maxItems: RTP_LIST_MAX },
    ),
  ),
});
export type RtpCapabilities = Static<typeof RtpCapabilities>;

export const RtpParameters = Type.Object({
  mid: Type.Optional(Type.String({ maxLength: 64 })),
  msid: Type.Optional(Type.String({ maxLength: 160 })),
  codecs: Type.Array(
    Type.Object({
      mimeType: MimeType,
      payloadType: PayloadType,
      clockRate: ClockRate,
      channels: Type.Optional(Channels),
      parameters: Type.Optional(CodecParameters),
      rtcpFeedback: Type.Optional(Type.Array(RtcpFeedback, { maxItems: 16 })),
    }),
    { minItems: 1, maxItems: RTP_LIST_MAX },
  ),
  headerExtensions: Type.Optional(
    Type.Array(
      Type.Object({
        uri: ExtensionUri,
        id: ExtensionId,
        encrypt: Type.Optional(Type.Boolean()),
        parameters: Type.Optional(CodecParameters),
      }),
      { maxItems: RTP_LIST_MAX },
    ),
  ),
  // At most ENCODINGS_MAX are accepted: the plane refuses more with MEDIA_LIMIT, which says why.
  encodings: Type.Optional(
    Type.Array(
      Type.Object({
        ssrc: Type.Optional(Ssrc),
        rid: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,32}$' })),
        codecPayloadType: Type.Optional(PayloadType),
        rtx: Type.Optional(Type.Object({ ssrc: Ssrc })),
        dtx: Type.Optional(Type.Boolean()),
        scalabilityMode: Type.Optional(Type.String({ pattern: '^[LS][1-9]T[1-9](h|_KEY(_SHIFT)?)?$' })),
        maxBitrate: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
      }),
      { maxItems: 16 },
    ),
  ),
  rtcp: Type.Optional(
    Type.Object({
      cname: Type.Optional(Type.String({ maxLength: 160 })),
      reducedSize: Type.Optional(Type.Boolean()),
    }),
  ),
});
export type RtpParameters = Static<typeof RtpParameters>;

const FingerprintAlgorithm = Type.Union([
  Type.Literal('sha-1'),
  Type.Literal('sha-224'),
  Type.Literal('sha-256'),
  Type.Literal('sha-384'),
  Type.Literal('sha-512'),
]);
export const DtlsParameters = Type.Object({
  role: Type.Optional(Type.Union([Type.Literal('auto'), Type.Literal('client'), Type.Literal('server')])),
  fingerprints: Type.Array(
    Type.Object({
      algorithm: FingerprintAlgorithm,
      value: Type.String({ pattern: '^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){15,63}$' }),
    }),
    { minItems: 1, maxItems: 8 },
  ),
});
export type DtlsParameters = Static<typeof DtlsParameters>;

export const IceParameters = Type.Object({
  usernameFragment: Type.String(),
  password: Type.String(),
  iceLite: Type.Optional(Type.Boolean()),
});
export type IceParameters = Static<typeof IceParameters>;

const IceCandidate = Type.Object({
  foundation: Type.String(),
  priority: Type.Integer(),
  ip: Type.String(),
  address: Type.String(),
  protocol: Type.Union([Type.Literal('udp'), Type.Literal('tcp')]),
  port: Type.Integer(),
  type: Type.Literal('host'),
  tcpType: Type.Optional(Type.Literal('passive')),
});
/** STUN or TURN server with credentials that expire; renewed with every ICE restart. */
export const IceServer = Type.Object({
  urls: Type.Array(Type.String()),
  username: Type.Optional(Type.String()),
  credential: Type.Optional(Type.String()),
});
export type IceServer = Static<typeof IceServer>;

export const TransportInfo = Type.Object({
  transportId: MediaId,
  iceParameters: IceParameters,
  iceCandidates: Type.Array(IceCandidate),
  dtlsParameters: DtlsParameters,
});
export type TransportInfo = Static<typeof TransportInfo>;

/** A producer as everybody in the room sees it. `peerId` names a connected device. */
export const ProducerInfo = Type.Object({
  producerId: MediaId,
  peerId: Type.String(),
  source: MediaSource,
  kind: MediaKind,
  isPaused: Type.Boolean(),
});
export type ProducerInfo = Static<typeof ProducerInfo>;

export const ConsumerInfo = Type.Object({
  consumerId: MediaId,
  producerId: MediaId,
  peerId: Type.String({ description: 'who sends' }),
  source: MediaSource,
  kind: MediaKind,
  rtpParameters: RtpParameters,
  /** The producer is paused: nothing will come until it is resumed. */
  isProducerPaused: Type.Boolean(),
});
export type ConsumerInfo = Static<typeof ConsumerInfo>;

export const JoinReply = Type.Object({
  /** Own id in the room: producers that carry it are one's own and are not consumed. */
  peerId: Type.String(),
  routerRtpCapabilities: RtpCapabilities,
  producers: Type.Array(ProducerInfo),
  /** The place was still held: transports, producers and consumers of before are alive. */
  isResumed: Type.Boolean(),
  /** Consumers of before, when resumed. */
  consumerIds: Type.Array(MediaId),
  /** What this peer may send now. */
  mayProduce: Type.Array(MediaSource),
});
export type JoinReply = Static<typeof JoinReply>;

const Nothing = Type.Object({}, closed);
const OwnTransport = Type.Object({ transportId: MediaId }, closed);
const OwnProducer = Type.Object({ producerId: MediaId }, closed);
const OwnConsumer = Type.Object({ consumerId: MediaId }, closed);
const IceServers = Type.Array(IceServer);

/**
 * Requests of a peer. Ids are always one's own: somebody else's is answered like one that does not
 * exist. All but `media:join` need a join before (MEDIA_NOT_JOINED).
 */
export const mediaRequests = {
  /** `resume`: take up the place held after a lost socket (30 s), if it is still there. */
  'media:join': { request: Type.Object({ resume: Type.Optional(Type.Boolean()) }, closed), reply: JoinReply },
  /** One transport for each direction (MEDIA_LIMIT). Receiving needs the device's capabilities. */
  'media:transport.create': {
    request: Type.Union([
      Type.Object({ direction: Type.Literal('send') }, closed),
      Type.Object({ direction: Type.Literal('recv'), rtpCapabilities: RtpCapabilities }, closed),
    ]),
    reply: Type.Object({ ...TransportInfo.properties, iceServers: IceServers }),
  },
  'media:transport.connect': {
    request: Type.Object({ transportId: MediaId, dtlsParameters: DtlsParameters }, closed),
    reply: Nothing,
  },
  'media:transport.restart-ice': {
    request: OwnTransport,
    reply: Type.Object({ iceParameters: IceParameters, iceServers: IceServers }),
  },
  /** Needs the right to this source: the floor, or a role on the stage (MEDIA_FORBIDDEN). */
  'media:produce': {
    request: Type.Object(
      { transportId: MediaId, source: MediaSource, kind: MediaKind, rtpParameters: RtpParameters },
      closed,
    ),
    reply: Type.Object({ producerId: MediaId }),
  },
  'media:producer.close': { request: OwnProducer, reply: Nothing },
  'media:producer.pause': { request: OwnProducer, reply: Nothing },
  'media:producer.resume': { request: OwnProducer, reply: Nothing },
  /** The consumer is made paused; `media:consumer.resume` follows once the device has made its own. */
  'media:consume': { request: Type.Object({ producerId: MediaId }, closed), reply: ConsumerInfo },
  'media:consumer.resume': { request: OwnConsumer, reply: Nothing },
  'media:consumer.layers': {
    request: Type.Object(
      {
        consumerId: MediaId,
        spatialLayer: Type.Integer({ minimum: 0, maximum: CAMERA_LAYERS - 1 }),
        temporalLayer: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 })),
      },
      closed,
    ),
    reply: Nothing,
  },
  'media:leave': { request: Nothing, reply: Nothing },
} as const satisfies Record<string, { request: TSchema; reply: TSchema }>;

export type MediaRequestName = keyof typeof mediaRequests;
export type MediaRequest<N extends MediaRequestName> = Static<(typeof mediaRequests)[N]['request']>;
export type MediaReply<N extends MediaRequestName> = Static<(typeof mediaRequests)[N]['reply']>;

/** Why a producer is gone. `right-withdrawn`: the floor was taken back. */
export const ProducerClosedReason = Type.Union([
  Type.Literal('closed'),
  Type.Literal('right-withdrawn'),
  Type.Literal('left'),
]);
export type ProducerClosedReason = Static<typeof ProducerClosedReason>;

/**
 * To all in the room. There is no notice for each consumer: a consumer ends with its producer, and
 * telling both would double the cost of a room-wide event.
 */
export const mediaNotifications = {
  'media:producer-added': ProducerInfo,
  'media:producer-paused': Type.Object({ producerId: MediaId, isPaused: Type.Boolean() }),
  'media:producer-closed': Type.Object({
    producerId: MediaId,
    peerId: Type.String(),
    source: MediaSource,
    reason: ProducerClosedReason,
  }),
  /** To the sender: layers above this one need not be sent, nobody looks at them. Others ignore it. */
  'media:producer-layers': Type.Object({
    producerId: MediaId,
    maxSpatialLayer: Type.Integer({ minimum: 0, maximum: CAMERA_LAYERS - 1 }),
  }),
  /** At most twice a second; null is silence. */
  'media:active-speaker': Type.Object({ peerId: Type.Union([Type.String(), Type.Null()]) }),
  /** The SFU lost the room: join again, media only. The meeting goes on. */
  'media:reset': Type.Object({}),
} as const satisfies Record<string, TSchema>;

export type MediaNotificationName = keyof typeof mediaNotifications;
export type MediaNotification<N extends MediaNotificationName> = Static<(typeof mediaNotifications)[N]>;
