/** A ballot that two members of the staff have entered alike: recorded, or kept as void with its reason. */
import { DomainError } from '../../../domain/errors.ts';
import {
  judgeEntered,
  type EnteredQuestion,
  type EnteredVerdict,
} from '../../../domain/entered-ballots/judge-entered.ts';
import type { Actor, Channel } from '../../../protocol/entry-parts.ts';
import type { EntryBody, NewEntry } from '../../../protocol/entries.ts';
import { createSealer, requireAppended, type Command } from './command.ts';

export interface Entering {
  readonly question: EnteredQuestion;
  readonly channel: Channel;
  readonly statedReceivedAt: string;
  readonly enteredBy: Actor;
  readonly confirmedBy: Actor;
  readonly evidenceSha256: string;
}

export interface Settled {
  readonly kind: 'cast' | 'void';
  readonly seq: string;
  readonly ts: string;
}

/** Records it. @throws DomainError STALE_COMMAND when it has become void in the meantime */
export function recordEntered(entering: Entering): Command<Settled> {
  const { question, channel, enteredBy, confirmedBy, evidenceSha256, statedReceivedAt } = entering;
  return {
    privates: [],
    decide: (state) => {
      const verdict = judgeEntered(state, question);
      const settled = settledBefore(verdict);
      if (settled) return { entries: [], reply: () => settled };
      if (verdict.kind !== 'record') throw refusal(verdict);
      const entry: NewEntry = {
        t: 'ballot.cast',
        body: {
          ballot: verdict.ballot,
          auth: { method: 'entered', enteredBy, confirmedBy, evidenceSha256, statedReceivedAt },
          channel,
          receivedAt: question.confirmedAt,
        },
      };
      return { entries: [entry], reply: ([appended]) => toSettled('cast', appended) };
    },
  };
}

/** Keeps it as void. @throws DomainError STALE_COMMAND when it would count after all */
export function voidEntered(entering: Entering, reason: string): Command<Settled> {
  const { question, channel, enteredBy, confirmedBy, evidenceSha256, statedReceivedAt } = entering;
  const { resolutionId, round, unitId, choice, nonce, confirmedAt } = question;
  const sealer = createSealer();
  const commitments = { reason: sealer.seal('reason', reason) };
  return {
    privates: sealer.privates,
    decide: (state) => {
      const verdict = judgeEntered(state, question);
      const settled = settledBefore(verdict);
      if (settled) return { entries: [], reply: () => settled };
      if (verdict.kind !== 'void') throw refusal(verdict);
      const body: EntryBody<'ballot.void'> = {
        resolutionId,
        round,
        unitId,
        channel,
        ...(choice !== 'invalid' && { choice }),
        receivedAt: confirmedAt,
        cause: verdict.cause,
        actor: confirmedBy,
        nonce,
        enteredBy,
        evidenceSha256,
        statedReceivedAt,
        commitments,
      };
      return {
        entries: [{ t: 'ballot.void', body }],
        reply: ([appended]) => toSettled('void', appended),
      };
    },
  };
}

function settledBefore(verdict: EnteredVerdict): Settled | undefined {
  if (verdict.kind === 'recorded') return { kind: 'cast', seq: verdict.cast.seq, ts: verdict.cast.ts };
  if (verdict.kind === 'voided') return { kind: 'void', seq: verdict.void.seq, ts: verdict.void.ts };
  return undefined;
}

function refusal(verdict: EnteredVerdict): DomainError {
  if (verdict.kind !== 'refuse') return new DomainError('STALE_COMMAND', { params: { field: 'ballot' } });
  return new DomainError(verdict.code, verdict.params ? { params: verdict.params } : {});
}

function toSettled(
  kind: Settled['kind'],
  appended: { readonly seq: string; readonly ts: string } | undefined,
): Settled {
  const { seq, ts } = requireAppended(appended as Parameters<typeof requireAppended>[0]);
  return { kind, seq, ts };
}
