/**
 * Rolls (表决权名册): chunks, rows, root and totals are those that were frozen, and they were frozen before
 * the vote was opened on them (record.md 7). 企业破产法 art. 59: who votes is decided before, not after.
 */
import type { RollRow } from '../../../../protocol/roll.ts';
import { toBase64, toHex } from '../../base64.ts';
import { rollChunkHashOf, rollChunkName } from '../../bundle/layout.ts';
import { RecordFormatError } from '../../canonical.ts';
import { entriesOf } from '../../history/meeting-history.ts';
import { createMerkleAccumulator } from '../../merkle.ts';
import { PAUSE_EVERY, requireRecord, type StepRun, type VerifyContext } from '../context.ts';
import { createFindings, type Findings } from '../report.ts';
import { createRollBook, parseRollRow, rollLines, type RollBook, type RollFreeze } from '../roll-book.ts';
import { createRollTotals } from '../roll-totals.ts';

export const checkRolls: StepRun = async (context) => {
  const { history } = requireRecord(context);
  const findings = createFindings();
  const freezes = entriesOf(history, 'roll.freeze');
  const book = createRollBook(context.archive, freezes);
  checkVersions(freezes, findings);
  checkStray(context, freezes, findings);
  let rows = 0;
  for (const freeze of freezes) rows += await checkRoll(context, freeze, findings);
  checkOpenings(context, book, findings);
  context.rolls = book;
  return { findings, facts: { rolls: String(freezes.length), rows: String(rows) } };
};

/** Number of rows. */
async function checkRoll(context: VerifyContext, freeze: RollFreeze, findings: Findings): Promise<number> {
  const { archive, crypto, pause } = context;
  const { body, seq } = freeze;
  const tree = createMerkleAccumulator(crypto.sha256);
  const totals = createRollTotals();
  for (const chunk of body.chunks) {
    const name = rollChunkName(chunk.sha256);
    if (!archive.has(name)) {
      findings.add('ROLL_CHUNK_MISSING', name);
      return totals.rows;
    }
    if (toHex(crypto.sha256(archive.read(name))) !== chunk.sha256) findings.add('ROLL_CHUNK_HASH', name);
    const before = totals.rows;
    for (const line of rollLines(archive, chunk.sha256)) {
      tree.add(line);
      const row = findRow(line);
      if (!row) {
        findings.add('ROLL_ROW', `${seq}:${tree.size}`);
        return totals.rows;
      }
      if (!totals.add(row)) findings.add('ROLL_UNIT_TWICE', `${seq}:${row.unitId}`);
      if (totals.rows % PAUSE_EVERY === 0) await pause(totals.rows, Number(body.rows));
    }
    if (String(totals.rows - before) !== chunk.rows) findings.add('ROLL_TOTALS', name);
  }
  if (toBase64(tree.root()) !== body.root) findings.add('ROLL_ROOT', seq);
  if (body.rows !== String(totals.rows) || !totals.equal(body)) findings.add('ROLL_TOTALS', seq);
  return totals.rows;
}

function findRow(line: Uint8Array): RollRow | undefined {
  try {
    return parseRollRow(line);
  } catch (error) {
    if (error instanceof RecordFormatError) return undefined;
    throw error;
  }
}

/** Version 0 first; a correction is the next one and has a reason. */
function checkVersions(freezes: readonly RollFreeze[], findings: Findings): void {
  const next = new Map<string, number>();
  for (const { body, seq } of freezes) {
    const vote = `${body.resolutionId}/${body.round}`;
    const expected = next.get(vote) ?? 0;
    const isReasoned = expected === 0 || body.commitments?.reason !== undefined;
    if (body.version !== String(expected) || !isReasoned) findings.add('ROLL_VERSION', seq);
    next.set(vote, expected + 1);
  }
}

function checkStray({ archive }: VerifyContext, freezes: readonly RollFreeze[], findings: Findings): void {
  const known = new Set(freezes.flatMap(({ body }) => body.chunks.map(({ sha256 }) => sha256)));
  for (const name of archive.names) {
    const sha256 = rollChunkHashOf(name);
    if (sha256 !== undefined && !known.has(sha256)) findings.add('ROLL_CHUNK_STRAY', name);
  }
}

function checkOpenings(context: VerifyContext, book: RollBook, findings: Findings): void {
  for (const { body, seq } of entriesOf(requireRecord(context).history, 'ballot.open')) {
    const freeze = book.find(body, body.rollVersion);
    const isFrozenBefore = freeze !== undefined && Number(freeze.seq) < Number(seq);
    if (!isFrozenBefore || freeze.body.root !== body.rollRoot) findings.add('ROLL_NOT_FROZEN', seq);
  }
}
