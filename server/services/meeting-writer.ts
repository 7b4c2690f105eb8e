/**
 * The one writer of a meeting's ledger (record.md 3).
 *
 * Two states are kept. `durable` holds what is known to be on disk and is what everybody reads; `ahead` holds
 * besides what was decided in the batch that is being written, and is what commands are decided against. The
 * queue goes: decide a batch → store its private values → one ordered insert with majority and journal → sign
 * the tree → store the checkpoint (`ledger/certifier.ts`) → only then the durable state, the listeners, and the
 * answers. One batch is in flight. While the signer is away nothing is answered and the writer keeps trying.
 *
 * Any error of the insert means that the outcome is unknown (`ledger/recovery.ts`): what is found is
 * acknowledged, what is cut off is refused, and `ahead` is folded anew from the ledger.
 */
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { fillBatch, FoldFailedError } from './ledger/batch.ts';
import type { Batch, PendingEntry, QueuedCommand } from './ledger/batch.ts';
import { privatesOf, refuse, refuseOverdue, settle } from './ledger/answers.ts';
import { createCertifier, SupersededError, type Certifier } from './ledger/certifier.ts';
import { requireLastEntry } from './ledger/last-entry.ts';
import { createLeaseKeeper, type LeaseKeeper } from './ledger/lease.ts';
import { settleUnknown, type Recovery, type RecoveryHost, type RecoveryOutcome } from './ledger/recovery.ts';
import {
  isFinal,
  retryDelayMs,
  unavailable,
  WRITER_LIMITS,
  type MeetingWriterOptions,
  type WriterEvent,
  type WriterLimits,
} from './ledger/writer-options.ts';
import { advance, encodeEpoch, record, type View } from './ledger/view.ts';
import { foldLedger } from './ledger-fold.ts';
import type { DurableEntry, LedgerCommand, MeetingLedger, StoredEntry } from './ledger-port.ts';

type DurableListener = (entries: readonly DurableEntry[]) => void;
export function createMeetingWriter<S>(options: MeetingWriterOptions<S>): MeetingLedger<S> {
  return new MeetingWriter(options);
}

class MeetingWriter<S> implements MeetingLedger<S> {
  readonly meetingId: string;
  readonly #options: MeetingWriterOptions<S>;
  readonly #limits: WriterLimits;
  readonly #lease: LeaseKeeper;
  readonly #certifier: Certifier;
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
    this.#certifier = createCertifier({ ...options, ledgerId: options.meetingId });
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
    this.#queue.push({ command, queuedAtMs: this.#options.clock.monotonic(), resolve: resolve, reject });
    this.#running ??= this.#run();
    return promise;
  }

  async compare(note: string): Promise<void> {
    const view = this.#view;
    if (view === undefined) return;
    try {
      await this.#certifier.compare(note, view.tree);
    } catch (error) {
      if (isFinal(error)) this.#stepDown('rollback', error);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#isEnding = true;
    await this.#opening?.catch(() => undefined);
    await this.#running;
    this.#view = undefined;
    await this.#lease.release();
  }

  /**
   * Repeats {read, check, append `writer.epoch`} until it lands; an empty ledger needs none. Before that the
   * ledger is compared with what was signed, and after it one checkpoint covers all that was not.
   */
  async #takeOver(): Promise<void> {
    const deadline = this.#options.clock.monotonic() + this.#limits.openWaitMs;
    for (let attempt = 0; this.#view === undefined; attempt++) {
      try {
        if (!(await this.#lease.claim())) throw unavailable('another-writer');
        const view = await this.#foldStored();
        await this.#certifier.checkHistory(view.tree);
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

  async #foldStored(): Promise<View<S>> {
    const { ledger, fold, origin } = this.#options;
    const folded = await foldLedger(ledger.read(this.meetingId, 0), fold, origin);
    return { ...folded, unsigned: [], checkpoint: undefined };
  }

  async #landEpoch(view: View<S>): Promise<void> {
    const epoch = encodeEpoch(view, this.#options, this.#nextTs(view));
    await this.#append([epoch.stored]);
    this.#options.fold.apply(view.durable, epoch.entry, epoch.leafHash);
    this.#options.fold.apply(view.ahead, epoch.entry, epoch.leafHash);
    advance(view, epoch);
    view.checkpoint = await this.#certifier.certify(view.tree);
  }

  async #run(): Promise<void> {
    try {
      for (let attempt = 0; this.#queue.length > 0;) {
        const view = this.#view;
        if (view === undefined) return;
        if (await this.#isReady(view)) {
          attempt = 0;
          await this.#runBatch(view);
        } else {
          await this.#pause(attempt++);
          refuseOverdue(this.#queue, this.#options.clock.monotonic() - this.#limits.queueWaitMs);
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
      refuse(batch, 'outcome-unknown');
      this.#stepDown('fold-failed', error);
    }
  }

  #requireLast({ tree }: View<S>): Promise<void> {
    const asked = { tree, timeoutMs: this.#limits.appendTimeoutMs };
    return requireLastEntry(this.#options.ledger, this.meetingId, asked);
  }

  /** Lease in hand, nothing gone, `ahead` up to date. False: try again later; a lost lease ends everything. */
  async #isReady(view: View<S>): Promise<boolean> {
    try {
      // What arrives in this turn of the event loop belongs into this batch: an insert costs the same for many.
      await Promise.all([this.#requireLast(view), nextTurn()]);
      if (this.#lease.remainingMs() < this.#limits.leaseReserveMs && !(await this.#lease.claim())) {
        this.#stepDown('lease-lost');
      }
      if (this.#isAheadStale) await this.#rebuildAhead(view);
      return this.#view === view;
    } catch (error) {
      this.#stepDownFor(error);
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
    if (batch.entries.length === 0) return settle(batch, 0, view);
    try {
      await this.#putPrivates(batch);
    } catch {
      this.#isAheadStale = true;
      refuse(batch, 'nothing-recorded');
      return;
    }
    try {
      await this.#append(batch.entries.map(({ stored }) => stored));
    } catch (error) {
      this.#log('outcome-unknown', error);
      await this.#recover(batch, view);
      return;
    }
    record(batch.entries, view);
    await this.#certify(batch, view);
    settle(batch, batch.entries.length, view);
    // Every answer that is not needed is an error with its stack: only where the signing was given up.
    if (view.unsigned.length > 0) refuse(batch, 'outcome-unknown');
  }

  /** Keeps trying until what is durable is under a stored checkpoint, and only then shows it to anybody. */
  async #certify(batch: Batch<S>, view: View<S>): Promise<void> {
    const overdueAt = this.#options.clock.monotonic() + this.#limits.outcomeWaitMs;
    for (let attempt = 0; view.unsigned.length > 0 && this.#view === view; attempt++) {
      try {
        view.checkpoint = await this.#certifier.certify(view.tree);
      } catch (error) {
        // Another writer went on, or the ledger is not what was signed: opening it again will tell.
        if (error instanceof SupersededError) return this.#stepDown('fenced', error);
        if (attempt === 0) this.#log('unsigned', error);
        await this.#stillTrying(batch, { attempt, overdueAt });
        continue;
      }
      if (attempt > 0) this.#log('signed-again');
      return this.#publish(view.unsigned.splice(0), view);
    }
  }

  /** Between two attempts: who has waited too long is told that the outcome is unknown. */
  async #stillTrying(
    batch: Batch<S>,
    { attempt, overdueAt }: { attempt: number; overdueAt: number },
  ): Promise<void> {
    if (this.#options.clock.monotonic() > overdueAt) {
      refuse(batch, 'outcome-unknown');
      if (this.#isEnding) this.#stepDown('lease-lost');
    }
    refuseOverdue(this.#queue, this.#options.clock.monotonic() - this.#limits.queueWaitMs);
    await this.#pause(attempt);
  }

  async #putPrivates(batch: Batch<S>): Promise<void> {
    const values = privatesOf(batch);
    if (values.length > 0) await this.#options.ledger.putPrivates(this.meetingId, values);
  }

  #append(entries: readonly StoredEntry[]): Promise<void> {
    const left = this.#lease.remainingMs() - this.#limits.leaseReserveMs / 2;
    const timeoutMs = Math.max(1, Math.min(this.#limits.appendTimeoutMs, Math.floor(left)));
    return this.#options.ledger.append(this.meetingId, entries, timeoutMs);
  }

  /** Entries are durable and signed: only now the state that others read moves. */
  #publish(entries: readonly PendingEntry[], view: View<S>): void {
    for (const { entry, leafHash } of entries) this.#options.fold.apply(view.durable, entry, leafHash);
    const durable = entries.map(({ entry, leafHash }) => ({ seq: entry.seq, ts: entry.ts, leafHash, entry }));
    for (const listener of this.#durableListeners) {
      try {
        listener(durable);
      } catch (error) {
        this.#log('listener-failed', error);
      }
    }
  }

  async #recover(batch: Batch<S>, view: View<S>): Promise<void> {
    const overdueAt = this.#options.clock.monotonic() + this.#limits.outcomeWaitMs;
    const recovery: Recovery = { missing: batch.entries, fence: undefined };
    const { ledger } = this.#options;
    const host: RecoveryHost = {
      size: () => view.size,
      read: (fromSeq) => ledger.read(this.meetingId, fromSeq),
      append: (entries) => ledger.append(this.meetingId, entries, this.#limits.appendTimeoutMs),
      encodeEpoch: () => encodeEpoch(view, this.#options, this.#nextTs(view)),
      accept: (entries) => record(entries, view),
    };
    for (let attempt = 0; this.#view === view; attempt++) {
      try {
        await this.#requireLast(view);
        const outcome = await settleUnknown(recovery, host);
        await this.#certify(batch, view);
        await this.#finishRecovery(batch, { outcome, view, missing: recovery.missing.length });
        break;
      } catch (error) {
        this.#stepDownFor(error);
      }
      await this.#stillTrying(batch, { attempt, overdueAt });
    }
    refuse(batch, 'outcome-unknown');
  }

  async #finishRecovery(
    batch: Batch<S>,
    { outcome, view, missing }: { outcome: RecoveryOutcome; view: View<S>; missing: number },
  ): Promise<void> {
    const confirmed = batch.entries.length - missing;
    settle(batch, confirmed, view);
    if (outcome !== 'complete') {
      this.#isAheadStale = true;
      await this.#dropUnrecorded(batch, confirmed);
    }
    if (outcome === 'foreign') this.#stepDown('fenced');
    else this.#log('recovered');
  }

  /** What was certainly not recorded is refused, and leaves no personal data behind. */
  async #dropUnrecorded(batch: Batch<S>, confirmed: number): Promise<void> {
    const commitments = privatesOf(batch, confirmed).map(({ commitment }) => commitment);
    if (commitments.length > 0) {
      await this.#options.ledger.erasePrivates(this.meetingId, commitments).catch(() => undefined);
    }
    refuse(batch, 'nothing-recorded', confirmed);
  }

  /** Some errors end this writer's term; after any other it tries again. */
  #stepDownFor(error: unknown): void {
    if (error instanceof SupersededError) this.#stepDown('fenced', error);
    else if (isFinal(error)) this.#stepDown('damaged', error);
  }

  #stepDown(event: WriterEvent, error?: unknown): void {
    if (this.#view === undefined) return;
    this.#view = undefined;
    this.#lease.drop();
    this.#log(event, error);
    for (const queued of this.#queue.splice(0)) queued.reject(unavailable('nothing-recorded'));
    for (const listener of this.#stepDownListeners) listener();
  }

  #nextTs(view: View<S>): number {
    return Math.max(this.#options.clock.now(), view.lastTsMs);
  }

  #pause(attempt: number): Promise<void> {
    return delay(retryDelayMs(attempt, this.#limits));
  }

  #log(event: WriterEvent, error?: unknown): void {
    this.#options.log?.(event, { meetingId: this.meetingId, ...(error === undefined ? {} : { error }) });
  }
}
