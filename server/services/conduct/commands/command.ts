import { randomBytes } from 'node:crypto';
import type { MeetingState } from '../../../domain/meeting/state.ts';
import { commitmentTo, COMMITMENT_KEY_BYTES } from '../../../domain/record/commitments.ts';
import { toBase64 } from '../../../domain/record/base64.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { NewEntry } from '../../../protocol/entries.ts';
import type { Role } from '../../../protocol/scalars.ts';
import type { AppendedEntry, DecisionContext, LedgerCommand, PrivateValue } from '../../ledger-port.ts';
import { hmacSha256 } from '../../record-crypto.ts';

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
  return {
    seal(field, value) {
      const key = randomBytes(COMMITMENT_KEY_BYTES);
      const commitment = commitmentTo(hmacSha256, key, { field, value });
      privates.push({ commitment, key: toBase64(key), field, value: value.normalize('NFC') });
      return commitment;
    },
    privates,
  };
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
