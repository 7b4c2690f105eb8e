/** Objections to claims in ledger order: filed, answered, withdrawn. Texts and names stay out of the bytes. */
import { DomainError } from '../../../domain/errors.ts';
import type { Capacity } from '../../../domain/master-data.ts';
import type { ObjectionState } from '../../../domain/meeting/state.ts';
import {
  judgeAnswer,
  judgeDebtorsFiling,
  judgeDebtorsWithdrawal,
  judgeFiling,
  judgeNone,
  judgeWithdrawal,
  type Filing,
  type Refusal,
  type Speaking,
} from '../../../domain/verification/objection-rules.ts';
import type { ObjectionDecision, ObjectionPoint } from '../../../protocol/entry-bodies/meeting.ts';
import type { EntryBody } from '../../../protocol/entries.ts';
import { appendOne, createSealer, type Command, type MeetingActor } from './command.ts';
import type { AppendedEntry } from '../../ledger-port.ts';

export interface FilingTexts {
  readonly text: string;
  readonly claimName: string;
  readonly objectorName: string;
}

export interface FiledObjection extends Omit<Filing, 'capacity'> {
  /** The creditor's capacity, or who enters the debtor's objection. */
  readonly by: { readonly capacity: Capacity } | { readonly actor: MeetingActor };
  readonly claimNo: string;
  readonly point: ObjectionPoint;
  readonly amountFen: string | undefined;
  readonly attachmentSha256: string | undefined;
  readonly texts: FilingTexts;
}

/** Answers with the objection's id once it is recorded, now or by the same request before. */
export function fileObjection(filing: FiledObjection): Command<string> {
  const { objectionId, resolutionId, personId, claimNo, point, texts, amountFen, attachmentSha256 } = filing;
  const { by } = filing;
  const sealer = createSealer();
  const commitments = {
    text: sealer.seal('text', texts.text),
    claimName: sealer.seal('claimName', texts.claimName),
    objectorName: sealer.seal('objectorName', texts.objectorName),
  };
  return {
    privates: sealer.privates,
    decide: (state) => {
      const verdict =
        'capacity' in by
          ? judgeFiling(state, { ...filing, capacity: by.capacity })
          : judgeDebtorsFiling(state, filing);
      if (verdict.kind === 'refuse') throw toError(verdict);
      if (verdict.kind === 'repeat') return { entries: [], reply: () => objectionId };
      const body: EntryBody<'objection'> = {
        objectionId,
        event: 'file',
        personId,
        ...('capacity' in by ? partyOf(by.capacity) : { actor: by.actor }),
        resolutionId,
        round: verdict.round,
        claimNo,
        point,
        ...(amountFen !== undefined && { amountFen }),
        ...(attachmentSha256 !== undefined && { attachmentSha256 }),
        commitments,
      };
      return { entries: [{ t: 'objection', body }], reply: () => objectionId };
    },
  };
}

const partyOf = ({ creditorId, capacityId }: Capacity) => ({ creditorId, capacityId });

/** What a creditor without objections says; it goes into the record as it is read on the page. */
const NONE_STATEMENT = '已阅读管理人编制的债权表，没有异议。';

/** Nothing more is recorded when it was said before. */
export function haveNoObjection(
  none: Speaking & {
    readonly objectionId: string;
    readonly personId: string;
    readonly capacity: Capacity;
    readonly objectorName: string;
  },
): Command<null> {
  const { objectionId, personId, resolutionId } = none;
  const { creditorId, capacityId } = none.capacity;
  const sealer = createSealer();
  const commitments = {
    text: sealer.seal('text', NONE_STATEMENT),
    objectorName: sealer.seal('objectorName', none.objectorName),
  };
  return {
    privates: sealer.privates,
    decide: (state) => {
      const verdict = judgeNone(state, none);
      if (verdict.kind === 'refuse') throw toError(verdict);
      if (verdict.kind === 'repeat') return { entries: [], reply: () => null };
      const said = { objectionId, personId, creditorId, capacityId, resolutionId, round: verdict.round };
      const body: EntryBody<'objection'> = { ...said, event: 'none', commitments };
      return { entries: [{ t: 'objection', body }], reply: () => null };
    },
  };
}

export function answerObjection(answer: {
  readonly actor: MeetingActor;
  readonly objectionId: string;
  readonly decision: ObjectionDecision;
  readonly text: string;
}): Command<AppendedEntry> {
  const { actor, objectionId, decision, text } = answer;
  const sealer = createSealer();
  const commitments = { text: sealer.seal('text', text) };
  return appendOne((state) => {
    const known = requireAllowed(state.objections.get(objectionId), judgeAnswer);
    const { personId } = actor;
    const body = { ...about(known), event: 'answer', personId, actor, decision, commitments } as const;
    return { t: 'objection', body };
  }, sealer);
}

export function withdrawObjection(withdrawal: {
  readonly personId: string;
  readonly creditorIds: readonly string[];
  readonly objectionId: string;
  readonly reason: string;
}): Command<AppendedEntry> {
  const { personId, creditorIds, objectionId, reason } = withdrawal;
  const sealer = createSealer();
  const commitments = { text: sealer.seal('text', reason) };
  return appendOne((state) => {
    const known = requireAllowed(state.objections.get(objectionId), (found) =>
      judgeWithdrawal(found, creditorIds),
    );
    return { t: 'objection', body: { ...about(known), event: 'withdraw', personId, commitments } };
  }, sealer);
}

/** The debtor's own words come through the administrator: the entry says who entered them, and for whom. */
export function withdrawDebtorsObjection(withdrawal: {
  readonly actor: MeetingActor;
  readonly objectionId: string;
  readonly objectorName: string;
  readonly reason: string;
}): Command<AppendedEntry> {
  const { actor, objectionId, objectorName, reason } = withdrawal;
  const sealer = createSealer();
  const commitments = {
    text: sealer.seal('text', reason),
    objectorName: sealer.seal('objectorName', objectorName),
  };
  return appendOne((state) => {
    const known = requireAllowed(state.objections.get(objectionId), judgeDebtorsWithdrawal);
    const { personId } = actor;
    return { t: 'objection', body: { ...about(known), event: 'withdraw', personId, actor, commitments } };
  }, sealer);
}

/** What answer and withdrawal repeat of the objection, so that each entry can be read alone. */
function about({ filed: { body } }: ObjectionState) {
  const { objectionId, creditorId, resolutionId, round, claimNo } = body;
  return {
    objectionId,
    ...(creditorId !== undefined && { creditorId }),
    ...(resolutionId !== undefined && { resolutionId }),
    ...(round !== undefined && { round }),
    ...(claimNo !== undefined && { claimNo }),
  };
}

function requireAllowed(
  known: ObjectionState | undefined,
  judge: (known: ObjectionState | undefined) => Refusal | undefined,
): ObjectionState {
  const refusal = judge(known);
  if (refusal) throw toError(refusal);
  if (!known) throw new DomainError('NOT_FOUND');
  return known;
}

function toError({ code, params }: Refusal): DomainError {
  return new DomainError(code, params ? { params } : {});
}
