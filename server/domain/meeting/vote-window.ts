/**
 * When a vote closes, and what an outage does to it (record.md 11; 司法解释三 art. 11(1) leaves the time
 * of online voting to the notice, so the deadline told to the creditors is kept to the letter).
 * Times are milliseconds since 1970 UTC.
 */

/** The last part of a window in which an outage interrupts the vote: 10 minutes or a tenth, the smaller. */
const CRITICAL_PART_MAX_MS = 10 * 60_000;
/** Shorter gaps between signs of life are not an outage: heartbeats come one a minute. */
export const OUTAGE_MIN_MS = 90_000;

export interface VoteWindow {
  readonly openedAtMs: number;
  readonly closesAtMs: number;
}

export function criticalPartMs({ openedAtMs, closesAtMs }: VoteWindow): number {
  return Math.min(CRITICAL_PART_MAX_MS, Math.floor((closesAtMs - openedAtMs) / 10));
}

export type AfterDowntime = 'continue' | 'interrupt' | 'incident';

/**
 * What a server that comes back does with an open vote. It was down from `downFromMs` (its last sign of
 * life) to `upAtMs`.
 */
export function afterDowntime(window: VoteWindow, downFromMs: number, upAtMs: number): AfterDowntime {
  const wasDownAtDeadline = upAtMs >= window.closesAtMs;
  if (wasDownAtDeadline) return 'interrupt';
  const criticalFromMs = window.closesAtMs - criticalPartMs(window);
  const isLong = upAtMs - downFromMs >= OUTAGE_MIN_MS;
  if (isLong && upAtMs > criticalFromMs) return 'interrupt';
  return isLong ? 'incident' : 'continue';
}

/** Wall clock against monotonic clock: a difference over 2 s stops automatic closing. */
export const CLOCK_JUMP_MAX_MS = 2_000;
