/** Sign-in (签到): who is present is decided by entries, one for each capacity. */
import type { NatureAmount } from '../../../domain/due.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { Capacity } from '../../../domain/master-data.ts';
import type { NewEntry } from '../../../protocol/entries.ts';
import { SIGN_IN_OPENS_BEFORE_MS } from '../../../protocol/room.ts';
import type { Role } from '../../../protocol/scalars.ts';
import { createSealer, type Command } from './command.ts';
import type { CreditorFacts } from '../conduct-data.ts';

export interface SigningIn {
  readonly personId: string;
  readonly personName: string;
  readonly capacities: readonly {
    readonly capacity: Capacity;
    readonly creditor: CreditorFacts;
    /** Voting amount, fen. */
    readonly amountFen: bigint;
    /** The same amount by nature of claim. */
    readonly byNature: readonly NatureAmount[];
  }[];
  readonly nowMs: number;
}

/** Signs in for all capacities named; those signed in already stay as they are. Answers with the time. */
export function signIn(who: SigningIn): Command<string> {
  const sealer = createSealer();
  const entries = who.capacities.map(({ capacity, creditor, amountFen, byNature }): [string, NewEntry] => [
    `${who.personId}/${capacity.capacityId}`,
    {
      t: 'presence',
      body: {
        event: 'sign-in',
        personId: who.personId,
        role: 'creditor',
        capacityId: capacity.capacityId,
        capacity: capacity.kind,
        creditorId: creditor.creditorId,
        natures: [...creditor.natures],
        amountFen: String(amountFen),
        byNature: [...byNature],
        channel: 'online',
        commitments: {
          personName: sealer.seal('personName', who.personName),
          creditorName: sealer.seal('creditorName', creditor.name),
        },
      },
    },
  ]);
  return {
    privates: sealer.privates,
    decide: (state) => {
      const opensAtMs = Date.parse(state.convened?.startsAt ?? '') - SIGN_IN_OPENS_BEFORE_MS;
      if (state.phase === 'closed' || (state.phase === 'published' && who.nowMs < opensAtMs)) {
        throw new DomainError('MEETING_STATE', { params: { phase: state.phase } });
      }
      const fresh = entries.filter(([key]) => !state.signIns.has(key));
      const [first] = entries;
      const earlier = (first && state.signIns.get(first[0])?.ts) ?? '';
      return { entries: fresh.map(([, entry]) => entry), reply: (appended) => appended[0]?.ts ?? earlier };
    },
  };
}

/** Staff and judges sign in by entering the room; it is recorded once. */
export function staffSignIn(personId: string, role: Role, personName: string): Command<void> {
  const sealer = createSealer();
  const commitments = { personName: sealer.seal('personName', personName) };
  return {
    privates: sealer.privates,
    decide: (state) => {
      const isRecorded = state.signIns.has(`${personId}/staff`) || state.phase === 'closed';
      const entry: NewEntry = {
        t: 'presence',
        body: { event: 'sign-in', personId, role, channel: 'online', commitments },
      };
      return { entries: isRecorded ? [] : [entry], reply: () => undefined };
    },
  };
}
