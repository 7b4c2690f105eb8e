/** How the host names a deadline: so many minutes from the moment the vote starts, or a date and time. */
import { findInstant } from '../../parts/china-time.ts';

export type DeadlineChoice =
  { readonly kind: 'minutes'; readonly minutes: number } | { readonly kind: 'at'; readonly wallTime: string };

const MS_PER_MINUTE = 60_000;

/** The instant that a choice means at `fromMs`; undefined while the date is incomplete or not after it. */
export function findDeadline(choice: DeadlineChoice, fromMs: number): string | undefined {
  if (choice.kind === 'minutes') return new Date(fromMs + choice.minutes * MS_PER_MINUTE).toISOString();
  const instant = findInstant(choice.wallTime);
  return instant === undefined || Date.parse(instant) <= fromMs ? undefined : instant;
}
