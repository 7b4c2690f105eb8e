/**
 * Entries: read strictly, one after the other, and hashed into the tree (record.md 1-4). What cannot be read
 * ends the check; what stands in the wrong place is found and the reading goes on.
 */
import { uniqueKeyOf, type Entry } from '../../../../protocol/entries.ts';
import { toHex } from '../../base64.ts';
import { MEMBERS } from '../../bundle/layout.ts';
import { linesOf } from '../../bundle/lines.ts';
import { RecordFormatError } from '../../canonical.ts';
import { parseEntry } from '../../entry.ts';
import { addToHistory, emptyHistory } from '../../history/meeting-history.ts';
import { leafHash } from '../../merkle.ts';
import { createMerkleTree } from '../../tree.ts';
import type { VerifyCode } from '../codes.ts';
import { PAUSE_EVERY, type StepRun } from '../context.ts';
import { createFindings, type Findings } from '../report.ts';

export const checkEntries: StepRun = async (context) => {
  const { archive, crypto, pause } = context;
  const findings = createFindings();
  const tree = createMerkleTree(crypto.sha256);
  const history = emptyHistory();
  const order = createOrder(findings);
  for (const line of linesOf(archive.pieces(MEMBERS.entries), MEMBERS.entries)) {
    const entry = readEntry(line, findings, history.size);
    if (!entry) return { findings, facts: {} };
    order.check(entry, history.size);
    const leaf = leafHash(crypto.sha256, line);
    tree.append(leaf);
    addToHistory(history, entry, toHex(leaf));
    if (history.size % PAUSE_EVERY === 0) await pause(history.size, history.size);
  }
  if (history.size === 0) findings.add('BUNDLE_MISSING', MEMBERS.entries);
  // A gap means that numbers no longer say where an entry stands; nothing after it could be told rightly.
  if (order.isWhole && history.size > 0) {
    context.record = { origin: order.origin, size: history.size, tree, history };
  }
  return { findings, facts: { entries: String(history.size) } };
};

function readEntry(line: Uint8Array, findings: Findings, seq: number): Entry | undefined {
  try {
    return parseEntry(line);
  } catch (error) {
    if (!(error instanceof RecordFormatError)) throw error;
    findings.add(codeOf(error), String(seq));
    return undefined;
  }
}

function codeOf({ code }: RecordFormatError): VerifyCode {
  if (code === 'TYPE_UNKNOWN') return code;
  return code === 'SCHEMA' ? 'ENTRY_SCHEMA' : 'ENTRY_FORMAT';
}

/** What must hold from one entry to the next. */
function createOrder(findings: Findings) {
  const keys = new Set<string>();
  let origin = '';
  let epoch = 1;
  let ts = '';
  let isWhole = true;

  function checkEpoch(entry: Entry): void {
    const stated = Number(entry.epoch);
    const isTakingOver = entry.t === 'writer.epoch';
    const expected = isTakingOver ? epoch + 1 : epoch;
    if (stated !== expected || (isTakingOver && entry.body.term !== entry.epoch)) {
      findings.add('ENTRY_EPOCH', entry.seq);
    }
    epoch = stated;
  }

  return {
    check(entry: Entry, seq: number): void {
      if (seq === 0) {
        origin = entry.origin;
        if (entry.t !== 'meeting.convene') findings.add('ENTRY_FIRST', entry.seq);
      }
      if (entry.seq !== String(seq)) {
        if (isWhole) findings.add('ENTRY_SEQUENCE', String(seq));
        isWhole = false;
      }
      if (entry.origin !== origin) findings.add('ENTRY_ORIGIN', entry.seq);
      if (entry.ts < ts) findings.add('ENTRY_TIME', entry.seq);
      checkEpoch(entry);
      const key = uniqueKeyOf(entry);
      if (key !== undefined && keys.has(key)) findings.add('ENTRY_KEY_TWICE', entry.seq);
      if (key !== undefined) keys.add(key);
      ts = entry.ts;
    },
    get isWhole() {
      return isWhole;
    },
    get origin() {
      return origin;
    },
  };
}
