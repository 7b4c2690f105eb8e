import { DomainError } from '../../../domain/errors.ts';
import type { Clock } from '../../clock.ts';
import type { ThrottleStore } from '../ports.ts';
import type { Secrets } from './secrets.ts';

/** So many events in a window; windows begin at multiples of their length. */
export interface Limit {
  readonly name: string;
  readonly max: number;
  readonly windowMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Limits count a number or account together with its requester, so that nobody can lock somebody else out.
 * Budgets count everything; beyond them a challenge is asked and nothing is refused.
 */
export const limits = {
  codesToNumber: { name: 'codes-to-number', max: 6, windowMs: HOUR_MS },
  codeFailures: { name: 'code-failures', max: 20, windowMs: HOUR_MS },
  staffFailures: { name: 'staff-failures', max: 5, windowMs: 15 * MINUTE_MS },
  setupFailures: { name: 'setup-failures', max: 5, windowMs: 15 * MINUTE_MS },
} as const satisfies Record<string, Limit>;

export const budgets = {
  codesToOneNumber: { name: 'budget-codes-to-number', max: 10, windowMs: HOUR_MS },
  /** A meeting of 10 000 signing in within an hour stays below it. */
  codes: { name: 'budget-codes', max: 3_000, windowMs: 10 * MINUTE_MS },
  failures: { name: 'budget-failures', max: 300, windowMs: 10 * MINUTE_MS },
  staffFailures: { name: 'budget-staff-failures', max: 100, windowMs: 10 * MINUTE_MS },
} as const satisfies Record<string, Limit>;

export interface Throttle {
  /** Counts one event. @throws DomainError RATE_LIMITED with `retryAfterS` beyond the limit */
  count(limit: Limit, ...who: readonly string[]): Promise<void>;
  /** Refuses when the limit is already used up, without counting. @throws DomainError RATE_LIMITED */
  requireRoom(limit: Limit, ...who: readonly string[]): Promise<void>;
  /** Counts one event; true while within the budget. */
  spend(budget: Limit, ...who: readonly string[]): Promise<boolean>;
  hasRoom(limit: Limit, ...who: readonly string[]): Promise<boolean>;
}

export function createThrottle(deps: { store: ThrottleStore; clock: Clock; secrets: Secrets }): Throttle {
  const { store, clock, secrets } = deps;

  function windowOf(limit: Limit, who: readonly string[]) {
    const index = Math.floor(clock.now() / limit.windowMs);
    const endsAt = (index + 1) * limit.windowMs;
    return { key: secrets.hash('throttle', limit.name, String(index), ...who), endsAt };
  }
  function refuse(endsAt: number): never {
    const retryAfterS = Math.max(1, Math.ceil((endsAt - clock.now()) / 1000));
    throw new DomainError('RATE_LIMITED', { params: { retryAfterS } });
  }
  async function add(limit: Limit, who: readonly string[]) {
    const { key, endsAt } = windowOf(limit, who);
    const count = await store.hit(key, new Date(endsAt));
    return { endsAt, isWithin: count <= limit.max };
  }
  async function look(limit: Limit, who: readonly string[]) {
    const { key, endsAt } = windowOf(limit, who);
    return { endsAt, isWithin: (await store.peek(key)) < limit.max };
  }
  return {
    count: async (limit, ...who) => {
      const { endsAt, isWithin } = await add(limit, who);
      if (!isWithin) refuse(endsAt);
    },
    requireRoom: async (limit, ...who) => {
      const { endsAt, isWithin } = await look(limit, who);
      if (!isWithin) refuse(endsAt);
    },
    spend: async (budget, ...who) => (await add(budget, who)).isWithin,
    hasRoom: async (limit, ...who) => (await look(limit, who)).isWithin,
  };
}
