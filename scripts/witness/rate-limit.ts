/** How often one address may ask: a bucket of requests that fills up again with time. */

export interface RateLimit {
  /** False when the address has asked too often. */
  take(address: string): boolean;
}

/** Buckets that are kept; beyond it the oldest are forgotten, which only ever makes the limit milder. */
const ADDRESSES_MAX = 10_000;

export function createRateLimit(options: {
  readonly perSecond: number;
  readonly burst: number;
  readonly now: () => number;
}): RateLimit {
  const { perSecond, burst, now } = options;
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return {
    take(address) {
      const nowMs = now();
      const { tokens, atMs } = buckets.get(address) ?? { tokens: burst, atMs: nowMs };
      const filled = Math.min(burst, tokens + (Math.max(0, nowMs - atMs) / 1000) * perSecond);
      buckets.delete(address);
      buckets.set(address, { tokens: Math.max(0, filled - 1), atMs: nowMs });
      for (const oldest of buckets.keys()) {
        if (buckets.size <= ADDRESSES_MAX) break;
        buckets.delete(oldest);
      }
      return filled >= 1;
    },
  };
}
