/** A small fold and writers for tests of the ledger: the ballots of one vote by unit. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from '../../server/domain/errors.ts';
import { toHex } from '../../server/domain/record/base64.ts';
import { parseEntry } from '../../server/domain/record/entry.ts';
import { leafHash } from '../../server/domain/record/merkle.ts';
import type { Entry } from '../../server/protocol/entries.ts';
import type {
  AppendedEntry,
  CheckpointStore,
  LedgerCommand,
  LedgerFold,
  LedgerStore,
  MeetingLedger,
} from '../../server/services/ledger-port.ts';
import type { WriterEvent, WriterLimits } from '../../server/services/ledger/writer-options.ts';
import { createMeetingWriter } from '../../server/services/meeting-writer.ts';
import { sha256 } from '../../server/services/record-crypto.ts';
import type { Signer } from '../../server/services/ports/signer-port.ts';
import { startSigner, type RunningSigner } from '../../server/signer/signer.ts';
import { createCheckpointStore } from '../../server/storage/checkpoint-store.ts';
import { connectDatabase, type DatabaseConnection } from '../../server/storage/connect.ts';
import { createLeaseStore, createLedgerStore, prepareLedger } from '../../server/storage/ledger-store.ts';
import { ballotCast, meetingConvene, SAMPLE_ORIGIN } from './entry-samples.ts';

export const MEETING = 'meeting-1';

/** What a ballot's command answers. */
export type Recorded = Omit<AppendedEntry, 'proof'> & { readonly proof?: () => string };

export interface VoteState {
  readonly types: string[];
  readonly ballots: Map<string, Recorded & { readonly nonce: string }>;
}

/** Takes an incident `UNFOLDABLE` as something that it cannot fold. */
export const voteFold: LedgerFold<VoteState> = {
  initial: () => ({ types: [], ballots: new Map() }),
  apply(state, entry, hash) {
    if (entry.t === 'incident' && entry.body.code === 'UNFOLDABLE') throw new Error('cannot be folded');
    state.types.push(entry.t);
    if (entry.t !== 'ballot.cast') return;
    const { unitId, nonce } = entry.body.ballot;
    state.ballots.set(unitId, { seq: entry.seq, ts: entry.ts, leafHash: hash, nonce });
  },
};

export type VoteCommand<R> = LedgerCommand<VoteState, R>;

export const convene: VoteCommand<AppendedEntry> = {
  privates: [],
  decide: () => ({ entries: [meetingConvene(MEETING)], reply: ([appended]) => appended! }),
};

export const newNonce = () => randomBytes(16).toString('base64url');

/** A ballot as the use case casts it: once a unit, and the same receipt for the same nonce. */
export function cast(unitId: string, nonce = newNonce()): VoteCommand<Recorded> {
  return {
    privates: [],
    decide(state) {
      const before = state.ballots.get(unitId);
      if (before?.nonce === nonce) {
        const { seq, ts, leafHash: hash } = before;
        return { entries: [], reply: () => ({ seq, ts, leafHash: hash }) };
      }
      if (before !== undefined) throw new DomainError('ALREADY_CAST');
      return { entries: [ballotCast(unitId, { nonce })], reply: ([appended]) => appended! };
    },
  };
}

export interface TestLedger {
  readonly connection: DatabaseConnection;
  readonly store: LedgerStore;
  readonly checkpoints: CheckpointStore;
  readonly signer: RunningSigner;
  /** Not yet open. */
  writer(settings?: WriterSettings): MeetingLedger<VoteState>;
  openWriter(settings?: WriterSettings): Promise<MeetingLedger<VoteState>>;
  /** Open, with entry 0. */
  conveneWith(settings?: WriterSettings): Promise<MeetingLedger<VoteState>>;
  /** What each writer told the log. */
  readonly events: WriterEvent[];
  close(): Promise<void>;
}

export interface WriterSettings {
  readonly nodeId?: string;
  readonly limits?: Partial<WriterLimits>;
  readonly store?: Partial<LedgerStore>;
  readonly now?: () => number;
  readonly checkpoints?: Partial<CheckpointStore>;
  readonly signer?: Signer;
}

export interface TestLedgerOptions {
  /** Key and memory of an earlier signer; new ones by default. */
  readonly signerDirectory?: string;
}

export async function openTestLedger(uri: string, options: TestLedgerOptions = {}): Promise<TestLedger> {
  const ownDirectory = await mkdtemp(join(tmpdir(), 'ledger-signer-'));
  const signer = await startSigner({ directory: options.signerDirectory ?? ownDirectory });
  const connection = await connectDatabase(uri);
  await prepareLedger(connection.db);
  const store = createLedgerStore(connection.db);
  const leases = createLeaseStore(connection.db);
  const checkpoints = createCheckpointStore(connection.db);
  const writers: MeetingLedger<VoteState>[] = [];
  const events: WriterEvent[] = [];
  const test: TestLedger = {
    connection,
    store,
    checkpoints,
    signer,
    events,
    writer(settings = {}) {
      const writer = createMeetingWriter({
        meetingId: MEETING,
        origin: SAMPLE_ORIGIN,
        nodeId: settings.nodeId ?? 'node-1',
        ledger: { ...store, ...settings.store },
        leases,
        checkpoints: { ...checkpoints, ...settings.checkpoints },
        signer: settings.signer ?? signer,
        fold: voteFold,
        clock: { now: settings.now ?? Date.now, monotonic: () => performance.now() },
        ids: { bytes: (length) => randomBytes(length) },
        log: (event) => void events.push(event),
        limits: settings.limits ?? {},
      });
      writers.push(writer);
      return writer;
    },
    async openWriter(settings) {
      const writer = test.writer(settings);
      await writer.open();
      return writer;
    },
    async conveneWith(settings) {
      const writer = await test.openWriter(settings);
      await writer.submit(convene);
      return writer;
    },
    async close() {
      await Promise.all(writers.map((writer) => writer.close()));
      await connection.close();
      await signer.close();
      await rm(ownDirectory, { recursive: true });
    },
  };
  return test;
}

/** Unit ids `unit-0`, `unit-1`, … */
export const units = (count: number) => Array.from({ length: count }, (_, index) => `unit-${index}`);

/** `accepted`, or what the refusal says. */
export function outcomeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof DomainError ? (error.detail ?? error.code) : String(error)),
  );
}

/** Reads the whole ledger strictly; throws on a gap or a time that runs back. */
export async function readLedger(store: LedgerStore): Promise<{ entry: Entry; leafHash: string }[]> {
  const entries: { entry: Entry; leafHash: string }[] = [];
  for await (const portion of store.read(MEETING, 0)) {
    for (const { seq, bytes } of portion) {
      const entry = parseEntry(bytes);
      const previous = entries.at(-1)?.entry.ts ?? '';
      if (seq !== entries.length || entry.seq !== String(seq)) throw new Error(`gap at ${entries.length}`);
      if (entry.ts < previous) throw new Error(`the time runs back at ${seq}`);
      entries.push({ entry, leafHash: toHex(leafHash(sha256, bytes)) });
    }
  }
  return entries;
}

/** Ballots of the ledger by unit; throws when one unit has two. */
export async function readBallots(
  store: LedgerStore,
): Promise<Map<string, { seq: string; leafHash: string }>> {
  const ballots = new Map<string, { seq: string; leafHash: string }>();
  for (const { entry, leafHash: hash } of await readLedger(store)) {
    if (entry.t !== 'ballot.cast') continue;
    const { unitId } = entry.body.ballot;
    if (ballots.has(unitId)) throw new Error(`two ballots of ${unitId}`);
    ballots.set(unitId, { seq: entry.seq, leafHash: hash });
  }
  return ballots;
}

/** Repeats one request, as a client does, until it has an answer; an answer is a receipt or a refusal. */
export async function castUntilAnswered(
  writer: MeetingLedger<VoteState>,
  unitId: string,
  onUnavailable: () => unknown = () => undefined,
): Promise<Recorded> {
  const nonce = newNonce();
  for (;;) {
    try {
      if (!writer.isOpen) await writer.open();
      return await writer.submit(cast(unitId, nonce));
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'UNAVAILABLE') throw error;
      onUnavailable();
      await delay(20);
    }
  }
}
