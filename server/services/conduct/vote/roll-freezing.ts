/**
 * Freezing a roll (record.md 7): rows as canonical lines in immutable chunks, stored before `roll.freeze`
 * names their root. Done in slices, for 50 000 rows must not hold the event loop.
 */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { canonicalText } from '../../../domain/record/canonical.ts';
import { toBase64 } from '../../../domain/record/base64.ts';
import { createMerkleAccumulator } from '../../../domain/record/merkle.ts';
import type { ExcludedCreditor, Roll, RollUnit } from '../../../domain/roll.ts';
import type { EntryBody } from '../../../protocol/entries.ts';
import type { RollRow } from '../../../protocol/roll.ts';
import { sha256 } from '../../record-crypto.ts';
import { createSealer, type MeetingActor } from '../commands/command.ts';
import type { PrivateValue } from '../../ledger-port.ts';
import type { ClaimsBook, CreditorFacts } from '../conduct-data.ts';

/** Rows worked on before other work gets its turn; about 10 ms. */
const SLICE_ROWS = 250;
/** A chunk is one document of the database; well below 1 MB. */
const CHUNK_MAX_BYTES = 900 * 1024;

export interface RollToFreeze {
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

export interface PreparedRoll {
  readonly freeze: EntryBody<'roll.freeze'>;
  /** JCS lines joined by line feeds, each chunk at most 1 MB. */
  readonly chunks: readonly Uint8Array[];
  readonly privates: readonly PrivateValue[];
  readonly rows: readonly RollRow[];
}

export async function prepareRoll(input: RollToFreeze): Promise<PreparedRoll> {
  const { resolutionId, round, version, roll, book, sourceSha256, auditHead, actor } = input;
  const sealer = createSealer();
  const tree = createMerkleAccumulator(sha256);
  const rows: RollRow[] = [];
  const chunks = createChunks();
  const encoder = new TextEncoder();
  let inSlice = 0;
  for (const row of rowsOf(roll, book, sealer.seal)) {
    const line = encoder.encode(canonicalText(row));
    tree.add(line);
    chunks.add(line);
    rows.push(row);
    if (++inSlice % SLICE_ROWS === 0) await nextTurn();
  }
  const { list, entries } = chunks.finish();
  const freeze: EntryBody<'roll.freeze'> = {
    resolutionId,
    round,
    version,
    rows: String(rows.length),
    root: toBase64(tree.root()),
    chunks: entries,
    totals: [...roll.totals],
    excluded: [...roll.excludedTotals],
    ...(sourceSha256 !== null && { sourceSha256 }),
    auditHead,
    actor,
  };
  return { freeze, chunks: list, privates: sealer.privates, rows };
}

type Seal = (field: string, value: string) => string;

function* rowsOf(roll: Roll, book: ClaimsBook, seal: Seal): Generator<RollRow> {
  for (const unit of roll.units) yield votingRow(unit, commit(book.creditors.get(unit.creditorId), seal));
  for (const row of roll.excluded) yield excludedRow(row, commit(book.creditors.get(row.creditorId), seal));
}

function commit(creditor: CreditorFacts | undefined, seal: Seal): RollRow['commitments'] {
  if (!creditor) throw new Error('roll names a creditor that the claims table does not have');
  return {
    name: seal('name', creditor.name),
    idNumber: seal('idNumber', creditor.idNumber),
    contact: seal('contact', creditor.mobile),
  };
}

function votingRow(unit: RollUnit, commitments: RollRow['commitments']): RollRow {
  const { unitId, creditorId, group, natures, status } = unit;
  return {
    unitId,
    creditorId,
    group,
    natures: [...natures],
    commitments,
    heads: '1',
    amountFen: String(unit.amountFen),
    unsecuredFen: String(unit.unsecuredFen),
    temporaryFen: String(unit.temporaryFen),
    temporaryUnsecuredFen: String(unit.temporaryUnsecuredFen),
    status,
  };
}

function excludedRow(row: ExcludedCreditor, commitments: RollRow['commitments']): RollRow {
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

function createChunks() {
  const list: Uint8Array[] = [];
  const entries: EntryBody<'roll.freeze'>['chunks'] = [];
  let lines: Uint8Array[] = [];
  let bytes = 0;

  function flush(): void {
    if (lines.length === 0) return;
    const chunk = Buffer.concat(lines.flatMap((line) => [line, NEW_LINE]));
    list.push(chunk);
    entries.push({ sha256: createHash('sha256').update(chunk).digest('hex'), rows: String(lines.length) });
    lines = [];
    bytes = 0;
  }

  return {
    add(line: Uint8Array): void {
      if (bytes + line.length + 1 > CHUNK_MAX_BYTES) flush();
      lines.push(line);
      bytes += line.length + 1;
    },
    finish() {
      flush();
      return { list, entries };
    },
  };
}

const NEW_LINE = new Uint8Array([0x0a]);
