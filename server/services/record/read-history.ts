/** Reads a meeting's ledger from its first entry into the history that minutes and review are made from. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  addToHistory,
  emptyHistory,
  type MeetingHistory,
} from '../../domain/record/history/meeting-history.ts';
import { ERASED, type OpenPrivate } from '../../domain/history/names.ts';
import { toHex } from '../../domain/record/base64.ts';
import { opensCommitment } from '../../domain/record/commitments.ts';
import { parseEntry } from '../../domain/record/entry.ts';
import { leafHash } from '../../domain/record/merkle.ts';
import { LedgerDamagedError } from '../ledger-fold.ts';
import type { LedgerStore, PrivateValue } from '../ledger-port.ts';
import { hmacSha256, sha256 } from '../record-crypto.ts';
import { createPacer } from '../run-slices.ts';

/** Commitments asked for at once. */
const PRIVATES_PORTION = 5_000;

/** Stands for a private value that does not open its commitment: it was changed after the fact. */
const NOT_OPENING = '〔与存证不符〕';

/** @throws LedgerDamagedError when a number is missing or the time runs back */
export async function readHistory(ledgers: LedgerStore, meetingId: string): Promise<MeetingHistory> {
  const history = emptyHistory();
  const pause = createPacer();
  for await (const portion of ledgers.read(meetingId, 0)) {
    for (const stored of portion) {
      const entry = parseEntry(stored.bytes);
      if (entry.seq !== String(history.size)) {
        throw new LedgerDamagedError(`entry ${history.size} is missing`);
      }
      if (entry.ts < (history.last?.ts ?? '')) {
        throw new LedgerDamagedError(`the time runs back at entry ${entry.seq}`);
      }
      addToHistory(history, entry, toHex(leafHash(sha256, stored.bytes)));
      await pause();
    }
  }
  return history;
}

/** Opens the commitments of the history's entries; those of rolls and ballots are not among them. */
export async function openPrivates(
  ledgers: LedgerStore,
  meetingId: string,
  history: MeetingHistory,
): Promise<OpenPrivate> {
  const wanted = [...commitmentsIn(history)];
  const texts = new Map<string, string>();
  for (let at = 0; at < wanted.length; at += PRIVATES_PORTION) {
    const found = await ledgers.readPrivates(meetingId, wanted.slice(at, at + PRIVATES_PORTION));
    for (const [commitment, value] of found) texts.set(commitment, textOf(commitment, value));
    await nextTurn();
  }
  return (commitment) => (commitment === undefined ? '' : (texts.get(commitment) ?? ERASED));
}

function textOf(commitment: string, value: PrivateValue): string {
  return opensCommitment(hmacSha256, commitment, value) ? value.value : NOT_OPENING;
}

/** A commitment is a text of its own length; everything of that form is asked for, roots included. */
function* commitmentsIn({ entries }: MeetingHistory): Generator<string> {
  const form = /^[A-Za-z0-9+/]{43}=$/;
  for (const { body } of entries) {
    const waiting: unknown[] = [body];
    for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
      if (typeof value === 'string') {
        if (form.test(value)) yield value;
      } else if (typeof value === 'object' && value !== null) waiting.push(...Object.values(value));
    }
  }
}
