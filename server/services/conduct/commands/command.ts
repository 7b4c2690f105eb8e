import { randomBytes } from 'node:crypto';
import type { MeetingState } from '../../../domain/meeting/state.ts';
import { COMMITMENT_KEY_BYTES } from '../../../domain/record/commitments.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { NewEntry } from '../../../protocol/entries.ts';
import type { Role } from '../../../protocol/scalars.ts';
import type { AppendedEntry, DecisionContext, LedgerCommand, PrivateValue } from '../../ledger-port.ts';
import { commitmentOf } from '../../record-crypto.ts';

/** Who acts on the meeting: a person in one role, as access has just established. */
export interface MeetingActor {
  readonly personId: string;
  readonly role: Role;
}

/** A command on the meeting's ledger, decided against the folded meeting. */
export type Command<R> = LedgerCommand<MeetingState, R>;

/** Takes texts and names out of an entry: the entry keeps the commitment, the private part the value. */
export interface Sealer {
  seal(field: string, value: string): string;
  readonly privates: readonly PrivateValue[];
}

export function createSealer(): Sealer {
  const privates: PrivateValue[] = [];
  return { seal: sealInto((value) => void privates.push(value)), privates };
}

/** Commits to values under keys of their own, and hands over what opens each commitment. */
export function sealInto(keep: (value: PrivateValue) => void): Sealer['seal'] {
  return (field, typed) => {
    const key = nextKey();
    const value = typed.normalize('NFC');
    const commitment = commitmentOf(key, field, value);
    keep({ commitment, key: key.toString('base64'), field, value });
    return commitment;
  };
}

/** Keys drawn at once: a call for each would be most of the time of a roll. */
const KEYS_DRAWN = 1024;
let drawn = Buffer.alloc(0);

function nextKey(): Buffer {
  if (drawn.length < COMMITMENT_KEY_BYTES) drawn = randomBytes(COMMITMENT_KEY_BYTES * KEYS_DRAWN);
  const key = drawn.subarray(0, COMMITMENT_KEY_BYTES);
  drawn = drawn.subarray(COMMITMENT_KEY_BYTES);
  return key;
}

/** A command of one entry that needs nothing back. */
export function appendOne(
  decide: (state: MeetingState, context: DecisionContext) => NewEntry,
  sealer?: Sealer,
): Command<AppendedEntry> {
  return {
    privates: sealer?.privates ?? [],
    decide: (state, context) => ({
      entries: [decide(state, context)],
      reply: ([appended]) => requireAppended(appended),
    }),
  };
}

export function requireAppended(appended: AppendedEntry | undefined): AppendedEntry {
  if (!appended) throw new Error('the writer answered a command without its entry');
  return appended;
}

/** @throws DomainError NOT_HOST unless the actor is the host in ledger order */
export function requireHost(state: MeetingState, actor: MeetingActor): void {
  if (state.host?.personId !== actor.personId) throw new DomainError('NOT_HOST');
}

/** What the actor saw must still hold. @throws DomainError STALE_COMMAND with what is true instead */
export function requireExpected<T extends string | null>(field: string, expected: T, actual: T): void {
  if (expected !== actual) {
    throw new DomainError('STALE_COMMAND', { params: { field, actual: actual ?? '' } });
  }
}
