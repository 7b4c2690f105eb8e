/**
 * Freezing a roll (record.md 7): rows as canonical lines in immutable chunks, stored before `roll.freeze`
 * names their root. Done in slices, for 50 000 rows must not hold the event loop, and each chunk is on its
 * way to the database while the next ones are made, a few at a time, so that a slow database does not fill the
 * memory. The names behind the commitments lie beside the chunks: a document for each of 150 000 values would
 * take ten seconds.
 */
import { hash } from 'node:crypto';
import { toBase64 } from '../../../domain/record/base64.ts';
import { createMerkleAccumulator } from '../../../domain/record/merkle.ts';
import { rollRowText } from '../../../domain/record/roll-row-text.ts';
import type { ExcludedCreditor, Roll, RollUnit } from '../../../domain/roll.ts';
import type { EntryBody } from '../../../protocol/entries.ts';
import type { RollRow } from '../../../protocol/roll.ts';
import { sha256 } from '../../record-crypto.ts';
import { createPacer } from '../../run-slices.ts';
import type { RollStore } from '../../ledger-port.ts';
import { createPrivateLines } from '../../private-lines.ts';
import { sealInto, type MeetingActor, type Sealer } from '../commands/command.ts';
import type { ClaimsBook, CreditorFacts } from '../conduct-data.ts';

/** A chunk is one document of the database; well below 1 MB. */
const CHUNK_MAX_BYTES = 900 * 1024;
/** Rows made before the clock is asked whether others have their turn. */
const PACE_ROWS = 20;
/** Chunks on their way to the database while the next one is made; each is about 3 MB with the values beside it. */
const WRITING_MAX = 2;

export interface RollToFreeze {
  readonly meetingId: string;
  readonly resolutionId: string;
  readonly round: string;
  readonly version: string;
  readonly roll: Roll;
  readonly book: ClaimsBook;
  /** SHA-256 of the claims file in force. */
  readonly sourceSha256: string | null;
  /** Head of the master data's audit trail, so that a change just before freezing shows. */
  readonly auditHead: string;
  readonly actor: MeetingActor;
}

export interface StoredRoll {
  readonly freeze: EntryBody<'roll.freeze'>;
  /** Takes back what was stored of people, when nothing came of the freezing. */
  discard(): Promise<void>;
}

/**
 * Stores the roll and says how `roll.freeze` names it. Resolves once all of it is durable; where that fails, what
 * was stored of people is taken back as far as the database can be reached.
 */
export async function storeRoll(store: RollStore, input: RollToFreeze): Promise<StoredRoll> {
  const { meetingId, resolutionId, round, version, roll, book } = input;
  const tree = createMerkleAccumulator(sha256);
  const chunks = createChunks(store, meetingId);
  const pause = createPacer();
  const names = () => chunks.entries.map((entry) => entry.sha256);
  let made = 0;
  try {
    for (const row of rowsOf(roll, book, chunks.seal)) {
      tree.add(chunks.add(rollRowText(row)));
      if (++made % PACE_ROWS !== 0) continue;
      await pause();
      await chunks.hasRoom();
    }
    await chunks.finish();
  } catch (error) {
    await chunks.settled();
    await store.dropPrivates(meetingId, names()).catch(() => undefined);
    throw error;
  }
  const { sourceSha256, auditHead, actor } = input;
  return {
    freeze: {
      resolutionId,
      round,
      version,
      rows: String(made),
      root: toBase64(tree.root()),
      chunks: chunks.entries,
      totals: [...roll.totals],
      excluded: [...roll.excludedTotals],
      ...(sourceSha256 !== null && { sourceSha256 }),
      auditHead,
      actor,
    },
    discard: () => store.dropPrivates(meetingId, names()),
  };
}

function* rowsOf(roll: Roll, book: ClaimsBook, seal: Sealer['seal']): Generator<RollRow> {
  for (const unit of roll.units) yield toVotingRow(unit, commit(book, unit.creditorId, seal));
  for (const row of roll.excluded) yield toExcludedRow(row, commit(book, row.creditorId, seal));
}

function commit(book: ClaimsBook, creditorId: string, seal: Sealer['seal']): RollRow['commitments'] {
  const creditor: CreditorFacts | undefined = book.creditors.get(creditorId);
  if (!creditor) throw new Error('roll names a creditor that the claims table does not have');
  return {
    name: seal('name', creditor.name),
    idNumber: seal('idNumber', creditor.idNumber),
    contact: seal('contact', creditor.mobile),
  };
}

type VotingRow = Exclude<RollRow, { status: 'excluded' }>;

function toVotingRow(unit: RollUnit, commitments: RollRow['commitments']): VotingRow {
  const { unitId, creditorId, group, status } = unit;
  const row: VotingRow = {
    unitId,
    creditorId,
    group,
    natures: [...unit.natures],
    commitments,
    heads: '1',
    amountFen: String(unit.amountFen),
    unsecuredFen: String(unit.unsecuredFen),
    temporaryFen: String(unit.temporaryFen),
    temporaryUnsecuredFen: String(unit.temporaryUnsecuredFen),
    status,
  };
  if (unit.isAffiliate === true) row.isAffiliate = true;
  return row;
}

function toExcludedRow(row: ExcludedCreditor, commitments: RollRow['commitments']): RollRow {
  const { unitId, creditorId, group, natures, reason } = row;
  const nothing = { heads: '0', amountFen: '0', unsecuredFen: '0' } as const;
  return {
    unitId,
    creditorId,
    group,
    natures: [...natures],
    commitments,
    ...nothing,
    status: 'excluded',
    reason,
  };
}

/**
 * Collects lines and the private values behind them, both as the bytes that are stored; what is full goes to the
 * database. A row's values are sealed before its line is added.
 */
function createChunks(store: RollStore, meetingId: string) {
  const entries: EntryBody<'roll.freeze'>['chunks'] = [];
  /** Not yet durable, the oldest first. */
  const writing: Promise<void>[] = [];
  let chunk = createChunk();

  async function write(name: string, { bytes, privates }: Chunk): Promise<void> {
    await store.putPrivates(meetingId, { sha256: name, lines: privates.bytes() });
    await store.putChunk(meetingId, { sha256: name, bytes: bytes() });
  }

  function flush(): void {
    const full = chunk;
    if (full.rows() === 0) return;
    const name = hash('sha256', full.bytes(), 'hex');
    entries.push({ sha256: name, rows: String(full.rows()) });
    const written = write(name, full);
    // Looked at in `finish`; until then a failure must not end the process.
    written.catch(() => undefined);
    writing.push(written);
    chunk = createChunk();
  }

  return {
    entries,
    /** Seals a value of the next row, which belongs to the chunk that its line will stand in. */
    seal: sealInto((value) => {
      if (chunk.isFull()) flush();
      chunk.privates.add(value);
    }),
    /** @returns the line's bytes. @throws RangeError for a row over its limit */
    add: (line: string): Uint8Array => chunk.add(line),
    /** Resolves once not too many are on their way. Rejects when one could not be written. */
    async hasRoom(): Promise<void> {
      while (writing.length > WRITING_MAX) {
        await writing[0];
        void writing.shift();
      }
    },
    async finish(): Promise<void> {
      flush();
      await Promise.all(writing);
    },
    /** Nothing is on its way any more. */
    settled: () => Promise.allSettled(writing),
  };
}

/** A row is about 400 bytes; ids and natures are bounded by its schema. */
const LINE_MAX_BYTES = 4 * 1024;
/** Values of a chunk's rows; room for half as much again as names and numbers usually take. */
const PRIVATES_BYTES = 1536 * 1024;

type Chunk = ReturnType<typeof createChunk>;

/** Lines are ASCII (`rollRowText`), and written where they are hashed and stored from. */
function createChunk() {
  const room = Buffer.allocUnsafeSlow(CHUNK_MAX_BYTES);
  let length = 0;
  let rows = 0;
  return {
    privates: createPrivateLines(PRIVATES_BYTES),
    isFull: () => length + LINE_MAX_BYTES > CHUNK_MAX_BYTES,
    add(line: string): Uint8Array {
      if (line.length >= LINE_MAX_BYTES) throw new RangeError('a row of the roll over its limit');
      const start = length;
      length += room.write(line, length, 'latin1');
      const bytes = room.subarray(start, length);
      room[length++] = NEW_LINE;
      rows += 1;
      return bytes;
    },
    rows: () => rows,
    bytes: () => room.subarray(0, length),
  };
}

const NEW_LINE = 0x0a;
