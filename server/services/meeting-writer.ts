/**
 * The one writer of a meeting's ledger (record.md 3).
 *
 * Two states are kept. `durable` holds what is known to be on disk and is what everybody reads; `ahead` holds
 * besides what was decided in the batch that is being written, and is what commands are decided against. The
 * queue goes: decide a batch → store its private values → one ordered insert with majority and journal →
 * only then the durable state, the listeners, and the answers. One batch is in flight.
 *
 * Any error of the insert means that the outcome is unknown (`ledger/recovery.ts`): what is found is
 * acknowledged, what is cut off is refused, and `ahead` is folded anew from the ledger.
 */
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import {
  encodePending,
  fillBatch,
  FoldFailedError,
  toAppended,
  type Batch,
  type PendingEntry,
  type QueuedCommand,
} from './ledger/batch.ts';
import { createLeaseKeeper, type LeaseKeeper } from './ledger/lease.ts';
import { settleUnknown, type Recovery, type RecoveryOutcome } from './ledger/recovery.ts';
import {
  isFinal,
  unavailable,
  WRITER_LIMITS,
  type MeetingWriterOptions,
  type RefusalDetail,
  type WriterEvent,
  type WriterLimits,
} from './ledger/writer-options.ts';
import { foldLedger, LedgerDamagedError, type FoldedLedger } from './ledger-fold.ts';
import type { DurableEntry, LedgerCommand, MeetingLedger, StoredEntry } from './ledger-port.ts';

type DurableListener = (entries: readonly DurableEntry[]) => void;
/** The writer's own view of the ledger; it moves with every durable batch. */
type View<S> = { -readonly [K in keyof FoldedLedger<S>]: FoldedLedger<S>[K] };

export function createMeetingWriter<S>(options: MeetingWriterOptions<S>): MeetingLedger<S> {
  return new MeetingWriter(options);
}

class MeetingWriter<S> implements MeetingLedger<S> {
  readonly meetingId: string;
  readonly #options: MeetingWriterOptions<S>;
  readonly #limits: WriterLimits;
  readonly #lease: LeaseKeeper;
  readonly #queue: QueuedCommand<S>[] = [];
  readonly #durableListeners = new Set<DurableListener>();
  readonly #stepDownListeners = new Set<() => void>();
  /** Set while this process is the writer. */
  #view: View<S> | undefined;
  #isAheadStale = false;
  #isEnding = false;
  #opening: Promise<void> | undefined;
  #running: Promise<void> | undefined;

  constructor(options: MeetingWriterOptions<S>) {
    this.meetingId = options.meetingId;
    this.#options = options;
    this.#limits = { ...WRITER_LIMITS, ...options.limits };
    this.#lease = createLeaseKeeper({
      leases: options.leases,
      meetingId: options.meetingId,
      holder: options.nodeId,
      clock: options.clock,
      leaseMs: this.#limits.leaseMs,
    });
  }

  get isOpen(): boolean {
    return this.#view !== undefined;
  }

  get state(): S {
    if (this.#view === undefined) throw unavailable('not-open');
    return this.#view.durable;
  }

  onDurable(listener: DurableListener): () => void {
    this.#durableListeners.add(listener);
    return () => void this.#durableListeners.delete(listener);
  }

  onStepDown(listener: () => void): () => void {
    this.#stepDownListeners.add(listener);
    return () => void this.#stepDownListeners.delete(listener);
  }

  async open(): Promise<void> {
    if (this.#isEnding) throw unavailable('not-open');
    if (this.#view !== undefined) return;
    this.#opening ??= this.#takeOver().finally(() => (this.#opening = undefined));
    await this.#opening;
  }

  submit<R>(command: LedgerCommand<S, R>): Promise<R> {
    const isFull = this.#queue.length >= this.#limits.queue;
    if (this.#view === undefined || this.#isEnding || isFull) {
      return Promise.reject(unavailable('nothing-recorded'));
    }
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    this.#queue.push({
      command,
      queuedAtMs: this.#options.clock.monotonic(),
      resolve: resolve,
      reject,
    });
    this.#running ??= this.#run();
    return promise;
  }

  async close(): Promise<void> {
    this.#isEnding = true;
    await this.#opening?.catch(() => undefined);
    await this.#running;
    this.#view = undefined;
    await this.#lease.release();
  }

  /** Repeats {read, check, append `writer.epoch`} until it lands; an empty ledger needs none. */
  async #takeOver(): Promise<void> {
    const deadline = this.#options.clock.monotonic() + this.#limits.openWaitMs;
    for (let attempt = 0; this.#view === undefined; attempt++) {
      try {
        if (!(await this.#lease.claim())) throw unavailable('another-writer');
        const view = await this.#foldStored();
        if (view.size === 0) view.epoch = 1;
        else await this.#landEpoch(view);
        this.#view = view;
      } catch (error) {
        if (isFinal(error)) throw error;
        if (this.#options.clock.monotonic() > deadline) throw unavailable('not-open', error);
        await this.#pause(attempt);
      }
    }
    this.#isAheadStale = false;
    this.#lease.keep(() => this.#stepDown('lease-lost'));
    this.#log('opened');
  }

  #foldStored(): Promise<View<S>> {
    const { ledger, fold, origin } = this.#options;
    return foldLedger(ledger.read(this.meetingId, 0), fold, origin);
  }

  async #landEpoch(view: View<S>): Promise<void> {
    const epoch = this.#encodeEpoch(view);
    await this.#append([epoch.stored]);
    this.#options.fold.apply(view.durable, epoch.entry, epoch.leafHash);
    this.#options.fold.apply(view.ahead, epoch.entry, epoch.leafHash);
    advance(view, epoch);
  }

  #encodeEpoch(view: View<S>): PendingEntry {
    const { origin, nodeId, ids } = this.#options;
    const epoch = view.epoch + 1;
    return encodePending({ t: 'writer.epoch', body: { term: String(epoch), nodeId } }, view.size, {
      origin,
      epoch,
      tsMs: this.#nextTs(view),
      randomBytes: (length) => ids.bytes(length),
    });
  }

  async #run(): Promise<void> {
    try {
      for (let attempt = 0; this.#queue.length > 0;) {
        // What arrives in this turn of the event loop belongs into this batch: an insert costs the same for many.
        await nextTurn();
        const view = this.#view;
        if (view === undefined) return;
        if (await this.#isReady(view)) {
          attempt = 0;
          await this.#runBatch(view);
        } else {
          await this.#pause(attempt++);
          this.#refuseOverdue();
        }
      }
    } finally {
      // In the same turn in which the queue was seen empty: a command put in between would wait for ever.
      this.#running = undefined;
    }
  }

  async #runBatch(view: View<S>): Promise<void> {
    const batch = this.#decide(view);
    try {
      await this.#write(batch, view);
    } catch (error) {
      // Only a mistake in this program gets here; what is durable is folded anew at the next opening.
      this.#refuse(batch, 'outcome-unknown');
      this.#stepDown('fold-failed', error);
    }
  }

  /** Lease in hand and `ahead` up to date. False: try again later; a lost lease ends everything. */
  async #isReady(view: View<S>): Promise<boolean> {
    try {
      if (this.#lease.remainingMs() < this.#limits.leaseReserveMs && !(await this.#lease.claim())) {
        this.#stepDown('lease-lost');
      }
      if (this.#isAheadStale) await this.#rebuildAhead(view);
      return this.#view === view;
    } catch (error) {
      if (isFinal(error)) this.#stepDown('damaged', error);
      return false;
    }
  }

  async #rebuildAhead(view: View<S>): Promise<void> {
    const stored = await this.#foldStored();
    if (stored.size !== view.size) return this.#stepDown('fenced');
    view.ahead = stored.ahead;
    view.keys = stored.keys;
    this.#isAheadStale = false;
  }

  #decide(view: View<S>): Batch<S> {
    const { origin, fold, ids } = this.#options;
    const batch: Batch<S> = { entries: [], decided: [] };
    try {
      fillBatch(batch, this.#queue, {
        origin,
        epoch: view.epoch,
        firstSeq: view.size,
        tsMs: this.#nextTs(view),
        ahead: view.ahead,
        fold,
        keys: view.keys,
        randomBytes: (length) => ids.bytes(length),
      });
    } catch (error) {
      if (!(error instanceof FoldFailedError)) throw error;
      this.#isAheadStale = true;
      this.#log('fold-failed', error.cause);
    }
    return batch;
  }

  async #write(batch: Batch<S>, view: View<S>): Promise<void> {
    if (batch.entries.length === 0) return this.#settle(batch, 0);
    try {
      await this.#putPrivates(batch);
    } catch {
      this.#isAheadStale = true;
      this.#refuse(batch, 'nothing-recorded');
      return;
    }
    try {
      await this.#append(batch.entries.map(({ stored }) => stored));
    } catch (error) {
      this.#log('outcome-unknown', error);
      await this.#recover(batch, view);
      return;
    }
    this.#accept(batch.entries, view);
    this.#settle(batch, batch.entries.length);
  }

  async #putPrivates(batch: Batch<S>): Promise<void> {
    const values = batch.decided.flatMap(({ queued, count }) => (count > 0 ? queued.command.privates : []));
    if (values.length > 0) await this.#options.ledger.putPrivates(this.meetingId, values);
  }

  #append(entries: readonly StoredEntry[]): Promise<void> {
    const left = this.#lease.remainingMs() - this.#limits.leaseReserveMs / 2;
    const timeoutMs = Math.max(1, Math.min(this.#limits.appendTimeoutMs, Math.floor(left)));
    return this.#options.ledger.append(this.meetingId, entries, timeoutMs);
  }

  /** Entries are durable: only now the state that others read moves. */
  #accept(entries: readonly PendingEntry[], view: View<S>): void {
    if (entries.length === 0) return;
    for (const pending of entries) {
      this.#options.fold.apply(view.durable, pending.entry, pending.leafHash);
      advance(view, pending);
    }
    const durable = entries.map((pending) => ({ ...toAppended(pending), entry: pending.entry }));
    for (const listener of this.#durableListeners) {
      try {
        listener(durable);
      } catch (error) {
        this.#log('listener-failed', error);
      }
    }
  }

  /** Answers the commands whose entries are all among the first `confirmed` of the batch. */
  #settle(batch: Batch<S>, confirmed: number): void {
    for (const { queued, plan, first, count } of batch.decided) {
      if (first + count > confirmed) continue;
      try {
        queued.resolve(plan.reply(batch.entries.slice(first, first + count).map(toAppended)));
      } catch (error) {
        queued.reject(error);
      }
    }
  }

  async #recover(batch: Batch<S>, view: View<S>): Promise<void> {
    const overdueAt = this.#options.clock.monotonic() + this.#limits.outcomeWaitMs;
    const recovery: Recovery = { missing: batch.entries, fence: undefined };
    for (let attempt = 0; this.#view === view; attempt++) {
      try {
        const outcome = await this.#settleUnknown(recovery, view);
        await this.#finishRecovery(batch, outcome, batch.entries.length - recovery.missing.length);
        return;
      } catch (error) {
        if (error instanceof LedgerDamagedError) this.#stepDown('damaged', error);
      }
      if (this.#options.clock.monotonic() > overdueAt) {
        this.#refuse(batch, 'outcome-unknown');
        if (this.#isEnding) this.#stepDown('lease-lost');
      }
      this.#refuseOverdue();
      await this.#pause(attempt);
    }
    this.#refuse(batch, 'outcome-unknown');
  }

  #settleUnknown(recovery: Recovery, view: View<S>): Promise<RecoveryOutcome> {
    const { ledger } = this.#options;
    return settleUnknown(recovery, {
      size: () => view.size,
      read: (fromSeq) => ledger.read(this.meetingId, fromSeq),
      append: (entries) => ledger.append(this.meetingId, entries, this.#limits.appendTimeoutMs),
      encodeEpoch: () => this.#encodeEpoch(view),
      accept: (entries) => this.#accept(entries, view),
    });
  }

  async #finishRecovery(batch: Batch<S>, outcome: RecoveryOutcome, confirmed: number): Promise<void> {
    this.#settle(batch, confirmed);
    if (outcome !== 'complete') {
      this.#isAheadStale = true;
      await this.#dropUnrecorded(batch, confirmed);
    }
    if (outcome === 'foreign') this.#stepDown('fenced');
    else this.#log('recovered');
  }

  /** What was certainly not recorded is refused, and leaves no personal data behind. */
  async #dropUnrecorded(batch: Batch<S>, confirmed: number): Promise<void> {
    const commitments = batch.decided
      .filter(({ first, count }) => count > 0 && first >= confirmed)
      .flatMap(({ queued }) => queued.command.privates.map(({ commitment }) => commitment));
    if (commitments.length > 0) {
      await this.#options.ledger.erasePrivates(this.meetingId, commitments).catch(() => undefined);
    }
    this.#refuse(batch, 'nothing-recorded', confirmed);
  }

  #stepDown(event: WriterEvent, error?: unknown): void {
    if (this.#view === undefined) return;
    this.#view = undefined;
    this.#lease.drop();
    this.#log(event, error);
    for (const queued of this.#queue.splice(0)) queued.reject(unavailable('nothing-recorded'));
    for (const listener of this.#stepDownListeners) listener();
  }

  /** Rejects what has no answer yet. A command of which a part is recorded is never told that nothing was. */
  #refuse(batch: Batch<S>, detail: RefusalDetail, confirmed = 0): void {
    for (const { queued, first, count } of batch.decided) {
      const isPartial = count > 0 && first < confirmed;
      queued.reject(unavailable(isPartial ? 'outcome-unknown' : detail));
    }
  }

  #refuseOverdue(): void {
    const oldest = this.#options.clock.monotonic() - this.#limits.queueWaitMs;
    while ((this.#queue[0]?.queuedAtMs ?? Infinity) < oldest) {
      this.#queue.shift()?.reject(unavailable('nothing-recorded'));
    }
  }

  #nextTs(view: View<S>): number {
    return Math.max(this.#options.clock.now(), view.lastTsMs);
  }

  #pause(attempt: number): Promise<void> {
    const { retryMinMs, retryMaxMs } = this.#limits;
    return delay(Math.min(retryMaxMs, retryMinMs * 2 ** Math.min(attempt, 10)));
  }

  #log(event: WriterEvent, error?: unknown): void {
    this.#options.log?.(event, { meetingId: this.meetingId, ...(error === undefined ? {} : { error }) });
  }
}

/** Moves the view behind an entry that is durable. */
function advance<S>(view: View<S>, { entry, stored }: PendingEntry): void {
  view.size = stored.seq + 1;
  view.epoch = Number(entry.epoch);
  view.lastTsMs = Date.parse(entry.ts);
  if (stored.key !== undefined) view.keys.add(stored.key);
}
