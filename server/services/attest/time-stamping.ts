/**
 * Time stamps on the checkpoints at freezing, closing and sealing (record.md 13). What is wanted is stored first,
 * and asked for beside everything else: an authority that is away delays nothing, is asked again at growing
 * intervals, also after a restart, and people see what is still missing.
 */
import type { Clock } from '../clock.ts';
import type { StampReason, TimeStampPort, TimeStampStore } from './ports.ts';
import type { StoredCheckpoint } from '../ledger-port.ts';

export interface TimeStampingDeps {
  readonly port: TimeStampPort;
  readonly store: TimeStampStore;
  /** The first stored checkpoint that covers an entry. */
  readonly covering: (meetingId: string, seq: number) => Promise<StoredCheckpoint | undefined>;
  readonly clock: Clock;
  readonly log: { warn(details: object, message: string): void };
  readonly onChange: (meetingId: string) => void;
  readonly retry?: { readonly minMs: number; readonly maxMs: number };
}

export interface TimeStamping {
  /** The entry is under a stored checkpoint. Does not wait, does not throw. Repeatable. */
  want(meetingId: string, event: { readonly seq: number; readonly reason: StampReason }): void;
  /** At start: goes on with what is still wanted. */
  takeUp(): Promise<void>;
  close(): void;
}

const RETRY = { minMs: 2_000, maxMs: 300_000 } as const;

export function createTimeStamping(deps: TimeStampingDeps): TimeStamping {
  const { port, store, clock, log } = deps;
  const retry = deps.retry ?? RETRY;
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Map<string, Promise<void>>();
  let isClosed = false;

  const warn = (meetingId: string) => (error: unknown) =>
    log.warn({ err: error, meetingId }, 'time stamps could not be asked for');

  /** One run a meeting at a time; an order that comes meanwhile gets another run. */
  function start(meetingId: string): void {
    clearTimeout(timers.get(meetingId));
    timers.delete(meetingId);
    if (isClosed) return;
    const before = running.get(meetingId) ?? Promise.resolve();
    const run = before.then(() => stampPending(meetingId)).catch(warn(meetingId));
    running.set(meetingId, run);
    void run.then(() => running.get(meetingId) === run && running.delete(meetingId));
  }

  async function stampPending(meetingId: string): Promise<void> {
    const pending = (await store.all(meetingId)).filter(({ stamped }) => stamped === null);
    let waitMs = Number.POSITIVE_INFINITY;
    for (const { seq, note, attempts } of pending) {
      if (isClosed) return;
      try {
        await store.stamped(meetingId, seq, await port.stamp(new TextEncoder().encode(note)));
      } catch (error) {
        const failure = error instanceof Error ? error.message : String(error);
        log.warn({ err: error, meetingId, seq }, 'the time-stamp authority did not stamp');
        await store.failed(meetingId, seq, failure);
        waitMs = Math.min(waitMs, retry.minMs * 2 ** Math.min(attempts, 20), retry.maxMs);
      }
      deps.onChange(meetingId);
    }
    if (!Number.isFinite(waitMs) || isClosed) return;
    timers.set(meetingId, setTimeout(() => start(meetingId), waitMs).unref());
  }

  async function order(meetingId: string, seq: number, reason: StampReason): Promise<void> {
    const checkpoint = await deps.covering(meetingId, seq);
    if (!checkpoint) throw new Error('no checkpoint over the entry');
    const wantedAt = new Date(clock.now()).toISOString();
    await store.want(meetingId, { seq, reason, size: checkpoint.size, note: checkpoint.note, wantedAt });
    start(meetingId);
  }

  return {
    want(meetingId, { seq, reason }) {
      order(meetingId, seq, reason).catch(warn(meetingId));
    },
    async takeUp() {
      for (const meetingId of await store.meetingsWithPending()) start(meetingId);
    },
    close() {
      isClosed = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
