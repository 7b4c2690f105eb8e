/**
 * Between the protocol's shapes and mediasoup's. Fields are picked one by one, never spread: a
 * mediasoup call also understands `id`, `paused` and `appData`, which are not the client's to set.
 */
import type { types } from 'mediasoup';
import type {
  DtlsParameters,
  IceParameters,
  RtpCapabilities,
  RtpParameters,
  TransportInfo,
} from '../server/protocol/media.ts';

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Drops the keys whose value is undefined: mediasoup tells "absent" from "undefined" in places. */
function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}

const toFeedback = (feedback: { type: string; parameter?: string }) =>
  defined({ type: feedback.type, parameter: feedback.parameter });

export function toSfuCapabilities(capabilities: RtpCapabilities): types.RtpCapabilities {
  return {
    codecs: (capabilities.codecs ?? []).map((codec) =>
      defined({
        kind: codec.kind,
        mimeType: codec.mimeType,
        preferredPayloadType: codec.preferredPayloadType,
        clockRate: codec.clockRate,
        channels: codec.channels,
        parameters: codec.parameters,
        rtcpFeedback: codec.rtcpFeedback?.map(toFeedback),
      }),
    ) as types.RtpCodecCapability[],
    headerExtensions: (capabilities.headerExtensions ?? []).map((extension) =>
      defined({
        kind: extension.kind,
        uri: extension.uri as types.RtpHeaderExtensionUri,
        preferredId: extension.preferredId,
        preferredEncrypt: extension.preferredEncrypt,
        direction: extension.direction,
      }),
    ) as types.RtpHeaderExtension[],
  };
}

type Encodings = NonNullable<RtpParameters['encodings']>;

function toSfuEncodings(encodings: Encodings): types.RtpEncodingParameters[] {
  return encodings.map((encoding) =>
    defined({
      ssrc: encoding.ssrc,
      rid: encoding.rid,
      codecPayloadType: encoding.codecPayloadType,
      rtx: encoding.rtx && { ssrc: encoding.rtx.ssrc },
      dtx: encoding.dtx,
      scalabilityMode: encoding.scalabilityMode,
      maxBitrate: encoding.maxBitrate,
    }),
  ) as types.RtpEncodingParameters[];
}

export function toSfuRtpParameters(parameters: RtpParameters): types.RtpParameters {
  return defined({
    mid: parameters.mid,
    msid: parameters.msid,
    codecs: parameters.codecs.map((codec) =>
      defined({
        mimeType: codec.mimeType,
        payloadType: codec.payloadType,
        clockRate: codec.clockRate,
        channels: codec.channels,
        parameters: codec.parameters,
        rtcpFeedback: codec.rtcpFeedback?.map(toFeedback),
      }),
    ),
    headerExtensions: (parameters.headerExtensions ?? []).map((extension) =>
      defined({
        uri: extension.uri,
        id: extension.id,
        encrypt: extension.encrypt,
        parameters: extension.parameters,
      }),
    ),
    encodings: parameters.encodings && toSfuEncodings(parameters.encodings),
    rtcp:
      parameters.rtcp && defined({ cname: parameters.rtcp.cname, reducedSize: parameters.rtcp.reducedSize }),
  }) as types.RtpParameters;
}

export function toSfuDtls(parameters: DtlsParameters): types.DtlsParameters {
  return defined({
    role: parameters.role,
    fingerprints: parameters.fingerprints.map(({ algorithm, value }) => ({ algorithm, value })),
  }) as types.DtlsParameters;
}

/** mediasoup's own parameters are JSON; the two shapes differ in `unknown` against scalars only. */
export const fromSfuCapabilities = (capabilities: types.RtpCapabilities) => capabilities as RtpCapabilities;
export const fromSfuRtpParameters = (parameters: types.RtpParameters) => parameters as RtpParameters;

export const fromSfuIce = ({ usernameFragment, password, iceLite }: types.IceParameters): IceParameters => ({
  usernameFragment,
  password,
  ...(iceLite === undefined ? {} : { iceLite }),
});

export function toTransportInfo(transport: types.WebRtcTransport): TransportInfo {
  return {
    transportId: transport.id,
    iceParameters: fromSfuIce(transport.iceParameters),
    iceCandidates: transport.iceCandidates,
    dtlsParameters: transport.dtlsParameters,
  };
}
