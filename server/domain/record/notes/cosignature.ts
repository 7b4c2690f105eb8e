/**
 * C2SP tlog-cosignature, cosignature/v1: a witness says that at `time` this was the largest consistent tree it
 * had seen. The signature is 8 bytes of time, big-endian, and the Ed25519 signature over the message below.
 */
import { concatBytes } from '../base64.ts';

export interface Cosignature {
  /** Seconds since 1970. */
  readonly timeSeconds: number;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;

const encoder = new TextEncoder();

/** What a witness signs; `checkpointText` is the note's text with its last newline. */
export function cosignedMessage(checkpointText: string, timeSeconds: number): Uint8Array {
  return encoder.encode(`cosignature/v1\ntime ${timeSeconds}\n${checkpointText}`);
}

/** The bytes that follow the key id in the signature line. */
export function toCosignatureBytes({ timeSeconds, signature }: Cosignature): Uint8Array {
  if (!Number.isSafeInteger(timeSeconds) || timeSeconds < 0) throw new RangeError('a time is whole seconds');
  const time = new Uint8Array(TIME_BYTES);
  new DataView(time.buffer).setBigUint64(0, BigInt(timeSeconds));
  return concatBytes(time, signature);
}

/** Reads them, or undefined: another length, or a time beyond 2^53 - 1. */
export function cosignatureOf(bytes: Uint8Array): Cosignature | undefined {
  if (bytes.length !== TIME_BYTES + SIGNATURE_BYTES) return undefined;
  const time = new DataView(bytes.buffer, bytes.byteOffset, TIME_BYTES).getBigUint64(0);
  if (time > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return { timeSeconds: Number(time), signature: bytes.slice(TIME_BYTES) };
}
