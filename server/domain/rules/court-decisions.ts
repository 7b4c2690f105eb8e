/**
 * What the court decides of a vote, and what is applied for: 企业破产法 art. 64(2) (revocation), art. 65 (ruling
 * where a plan was not passed), art. 66 (reconsideration of that ruling), arts. 86-88 (approval of a plan, with
 * or without the consent of all groups, or refusal), arts. 98, 99, 105 (recognition of a settlement), art. 115(3)
 * (recognition of a distribution plan), art. 67 (approval of committee members), art. 22, 28 (administrator and
 * fees), art. 58 (confirmation of claims). This lists which of them belong to an item as it stands. It decides
 * none, and does not keep a decision that is not listed from being recorded.
 */
import type { RulingKind } from '../../protocol/entry-bodies/vote.ts';
import type { MeetingState, ResolutionState } from '../meeting/state.ts';
import { countedRounds } from '../meeting/rounds.ts';

/** What is waited for, by the code of what follows from a verdict. */
const WAITED_FOR: Readonly<Record<string, readonly RulingKind[]>> = {
  COURT_RULING: ['COURT_RULING'],
  COURT_RULING_65_2: ['COURT_RULING'],
  COURT_RECOGNITION: ['COURT_RECOGNITION', 'COURT_REFUSAL'],
  COURT_RECOGNITION_98: ['COURT_RECOGNITION', 'COURT_REFUSAL'],
  COURT_RECOGNITION_105: ['COURT_RECOGNITION', 'COURT_REFUSAL'],
  COURT_CONFIRMATION_58: ['COURT_RECOGNITION'],
  COURT_APPROVAL: ['PLAN_APPROVAL_APPLICATION', 'COURT_APPROVAL', 'COURT_REFUSAL'],
  COURT_APPROVAL_67: ['COURT_APPROVAL', 'COURT_REFUSAL'],
  CRAM_DOWN_APPLICATION: ['CRAM_DOWN_APPLICATION', 'CRAM_DOWN_APPROVAL', 'COURT_REFUSAL'],
  NEGOTIATE_SECOND_VOTE: ['CRAM_DOWN_APPLICATION', 'CRAM_DOWN_APPROVAL', 'COURT_REFUSAL'],
  TERMINATE_DECLARE_88: ['COURT_REFUSAL'],
  TERMINATE_DECLARE_99: ['COURT_REFUSAL'],
  APPLY_TO_COURT_22: ['OTHER'],
  ATTACH_TO_REQUEST_28: ['OTHER'],
  ASK_COURT: ['OTHER'],
};

/** In the order in which a form offers them: what is waited for, then what may come at any time. */
export function decisionsOn(resolution: ResolutionState, { rulings }: MeetingState): RulingKind[] {
  if (countedRounds(resolution).length === 0) return ['OTHER'];
  const { resolutionId } = resolution.published;
  const recorded = rulings.filter(({ body }) => body.resolutionId === resolutionId);
  const isRuledOn = recorded.some(({ body }) => body.kind === 'COURT_RULING');
  const followUp = resolution.verdict?.body.followUp ?? [];
  const kinds: RulingKind[] = [
    ...followUp.flatMap((code) => WAITED_FOR[code] ?? []),
    ...(isRuledOn ? (['RECONSIDERATION_APPLICATION', 'RECONSIDERATION_DECISION'] as const) : []),
    'REVOKED',
    'REVOKED_IN_PART',
    'OTHER',
  ];
  return [...new Set(kinds)];
}
