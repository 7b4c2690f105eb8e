/** Reading and writing DER through asn1js without its surprises. */
import * as asn1js from 'asn1js';
import { TimeStampError } from './time-stamp.ts';

/** A buffer that holds these bytes and nothing else: asn1js reads whole buffers, not views into them. */
export function ownBytes(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

/** One value and nothing after it. @throws TimeStampError MALFORMED */
export function parseDer(bytes: Uint8Array): asn1js.AsnType {
  if (endOfValue(bytes, { start: 0, end: bytes.length, depth: 0 }) !== bytes.length) throw notDer();
  const { offset, result } = asn1js.fromBER(ownBytes(bytes));
  if (offset !== bytes.length) throw notDer();
  return result;
}

const CONSTRUCTED = 0x20;
const SEQUENCE = 0x30;
const SET = 0x31;
const FIRST_OF_OTHER_CLASS = 0x40;
const LONG_TAG = 0x1f;
const LONG_LENGTH = 0x80;
/** Structures of a token are at most 12 deep. */
const DEPTH_MAX = 32;

const notDer = () => new TimeStampError('MALFORMED', 'not one DER value');

interface Place {
  readonly start: number;
  /** Where what holds the value ends. */
  readonly end: number;
  readonly depth: number;
}

/**
 * Where the value ends that begins at `start`. Its lengths are definite, in their shortest form, and fill their
 * place exactly: asn1js reads more than that, so that a changed length could go unnoticed.
 */
function endOfValue(bytes: Uint8Array, { start, end, depth }: Place): number {
  const tag = bytes[start];
  if (tag === undefined || (tag & LONG_TAG) === LONG_TAG || depth > DEPTH_MAX) throw notDer();
  const { length, begin } = readLength(bytes, start + 1);
  const stop = begin + length;
  if (stop > end) throw notDer();
  const isConstructed = (tag & CONSTRUCTED) !== 0;
  // Of the universal types only these are made of others; BER also lets strings come in pieces.
  if (
    tag < FIRST_OF_OTHER_CLASS &&
    isConstructed !== ((tag | CONSTRUCTED) === SEQUENCE || (tag | CONSTRUCTED) === SET)
  )
    throw notDer();
  if (!isConstructed) return stop;
  for (let at = begin; at < stop;) at = endOfValue(bytes, { start: at, end: stop, depth: depth + 1 });
  return stop;
}

function readLength(bytes: Uint8Array, at: number): { length: number; begin: number } {
  const first = bytes[at];
  if (first === undefined) throw notDer();
  if (first < LONG_LENGTH) return { length: first, begin: at + 1 };
  const octets = first - LONG_LENGTH;
  if (octets === 0 || octets > 3 || bytes[at + 1] === 0) throw notDer();
  let length = 0;
  for (let index = 1; index <= octets; index++) length = length * 256 + (bytes[at + index] ?? 0);
  if (length < LONG_LENGTH) throw notDer();
  return { length, begin: at + 1 + octets };
}

export function isEqualBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
