/**
 * Freezing a roll (record.md 7): rows as canonical lines in immutable chunks, stored before `roll.freeze`
 * names their root. Done in slices, for 50 000 rows must not hold the event loop, and each chunk is on its
 * way to the database while the next ones are made, a few at a time, so that a slow database does not fill the
 * memory. The names behind the commitments lie beside the chunks: a document for each of 150 000 values would
 * take ten seconds.
 */
import { createHash } from 'node:crypto';
import { toBase64 } from '../../../domain/record/base64.ts';
import { createMerkleAccumulator } from '../../../domain/record/merkle.ts';
import { rollRowText } from '../../../domain/record/roll-row-text.ts';
import type { ExcludedCreditor, Roll, RollUnit } from '../../../domain/roll.ts';
import type { EntryBody } from '../../../protocol/entries.ts';
import type { RollRow } from '../../../protocol/roll.ts';
import { sha256 } from '../../record-crypto.ts';
import { createPacer } from '../../run-slices.ts';
import { createSealer, type MeetingActor, type Sealer } from '../commands/command.ts';
import type { PrivateValue, RollStore } from '../../ledger-port.ts';
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
    for (const row of rowsOf(roll, book, () => chunks.sealer())) {
      const line = Buffer.from(rollRowText(row));
      tree.add(line);
      chunks.add(line);
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

function* rowsOf(roll: Roll, book: ClaimsBook, sealer: () => Sealer): Generator<RollRow> {
  for (const unit of roll.units) yield toVotingRow(unit, commit(book, unit.creditorId, sealer()));
  for (const row of roll.excluded) yield toExcludedRow(row, commit(book, row.creditorId, sealer()));
}

function commit(book: ClaimsBook, creditorId: string, { seal }: Sealer): RollRow['commitments'] {
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

/** Collects lines and the private values behind them; a full chunk goes to the database at once. */
function createChunks(store: RollStore, meetingId: string) {
  const entries: EntryBody<'roll.freeze'>['chunks'] = [];
  /** Not yet durable, the oldest first. */
  const writing: Promise<void>[] = [];
  let lines: Uint8Array[] = [];
  let bytes = 0;
  let sealer = createSealer();

  async function write(chunk: Uint8Array, name: string, values: readonly PrivateValue[]): Promise<void> {
    await store.putPrivates(meetingId, { sha256: name, values });
    await store.putChunk(meetingId, { sha256: name, bytes: chunk });
  }

  function flush(): void {
    if (lines.length === 0) return;
    const chunk = Buffer.concat(lines.flatMap((line) => [line, NEW_LINE]));
    const name = createHash('sha256').update(chunk).digest('hex');
    entries.push({ sha256: name, rows: String(lines.length) });
    const written = write(chunk, name, sealer.privates);
    // Looked at in `finish`; until then a failure must not end the process.
    written.catch(() => undefined);
    writing.push(written);
    lines = [];
    bytes = 0;
    sealer = createSealer();
  }

  return {
    entries,
    /** Seals the next row's values, which belong to the chunk that its line will stand in. */
    sealer: () => {
      if (bytes + LINE_MAX_BYTES > CHUNK_MAX_BYTES) flush();
      return sealer;
    },
    add(line: Uint8Array): void {
      if (line.length > LINE_MAX_BYTES) throw new RangeError('a row of the roll over its limit');
      lines.push(line);
      bytes += line.length + 1;
    },
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
const NEW_LINE = new Uint8Array([0x0a]);
