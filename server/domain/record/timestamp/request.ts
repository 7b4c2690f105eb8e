/** Asking for a time stamp, and unpacking the answer (RFC 3161, 2.4). */
import * as asn1js from 'asn1js';
import { AlgorithmIdentifier, MessageImprint, TimeStampReq, TimeStampResp } from 'pkijs';
import { ownBytes, parseDer } from './der.ts';
import { SHA256_OID, TimeStampError } from './time-stamp.ts';

/** Bytes of a nonce: 64 bits, as RFC 3161 advises. */
export const NONCE_BYTES = 8;

export interface TimeStampQuery {
  /** SHA-256 of what is to be stamped. */
  readonly hash: Uint8Array;
  /** Random; makes an old answer unusable. The first bit is ignored, so that the number is positive. */
  readonly nonce: Uint8Array;
  /** Policy that the authority shall stamp under; its own by default. */
  readonly policy?: string | undefined;
}

/** DER of a request that also asks for the certificates, so that the token can be checked years later. */
export function encodeTimeStampRequest({ hash, nonce, policy }: TimeStampQuery): Uint8Array {
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256_OID, algorithmParams: new asn1js.Null() }),
      hashedMessage: new asn1js.OctetString({ valueHex: ownBytes(hash) }),
    }),
    ...(policy !== undefined && { reqPolicy: policy }),
    nonce: new asn1js.Integer({ valueHex: ownBytes(positive(nonce)) }),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER());
}

/** The number that a nonce is on the wire: positive, without a leading zero byte. */
export function positive(nonce: Uint8Array): Uint8Array {
  const number = Uint8Array.from(nonce);
  // Neither a sign nor a leading zero, whatever the random bits are: one spelling in DER.
  number[0] = ((number[0] ?? 0) & 0x3f) | 0x40;
  return number;
}

/** PKIStatus: granted, and granted with changes that `verifyTimeStamp` then judges. */
const GRANTED: ReadonlySet<number> = new Set([0, 1]);

/**
 * The token out of an authority's answer, its bytes as they came and not yet checked.
 * @throws TimeStampError MALFORMED, REFUSED with what the authority says
 */
export function tokenOfResponse(bytes: Uint8Array): Uint8Array {
  const response = parseDer(bytes);
  const { status, statusStrings = [] } = readStatus(response);
  if (!GRANTED.has(status)) {
    const words = statusStrings.map((text) => text.valueBlock.value).join('; ');
    throw new TimeStampError('REFUSED', `status ${status} ${words}`.trim());
  }
  const token = response instanceof asn1js.Sequence ? response.valueBlock.value[1] : undefined;
  if (!(token instanceof asn1js.Sequence)) throw new TimeStampError('MALFORMED', 'granted without a token');
  return Uint8Array.from(token.valueBeforeDecodeView);
}

function readStatus(response: asn1js.AsnType) {
  try {
    return new TimeStampResp({ schema: response }).status;
  } catch {
    throw new TimeStampError('MALFORMED', 'not a time-stamp response');
  }
}
