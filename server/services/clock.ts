import { randomBytes } from 'node:crypto';

/** Time as the use cases see it; tests give their own. */
export interface Clock {
  /** Wall clock, milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Milliseconds that only ever grow; compared with the wall clock to notice jumps. */
  monotonic(): number;
}

/** Random identifiers; tests give reproducible ones. */
export interface Ids {
  /** URL-safe identifier of at least 96 random bits. */
  next(): string;
  bytes(length: number): Uint8Array;
}

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

export const systemIds: Ids = {
  next: () => randomBytes(12).toString('base64url'),
  bytes: (length) => randomBytes(length),
};
