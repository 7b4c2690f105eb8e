/** What a check of the record in the browser says, step by step. */

export type CheckStep = 'entry' | 'statement' | 'signature' | 'inclusion' | 'checkpoint' | 'consistency';

/** Words: `check.unchecked.<reason>`. */
export type UncheckedReason =
  'UNSIGNED' | 'ENTERED_BY_STAFF' | 'OTHER_DEVICE' | 'CHANGED_ELSEWHERE' | 'FIRST_SIGHT' | 'NO_ANSWER';

/** Words: `check.failed.<reason>`. */
export type FailureReason =
  | 'PROOF_UNREADABLE'
  | 'OTHER_ENTRY'
  | 'OTHER_THAN_RECEIVED'
  | 'OTHER_BALLOT'
  | 'SIGNATURE_WRONG'
  | 'SIGNATURE_MISSING'
  | 'NOT_INCLUDED'
  | 'KEY_CHANGED'
  | 'CHECKPOINT_WRONG'
  | 'INCONSISTENT'
  | 'REFUSED';

export type Finding =
  | { readonly step: CheckStep; readonly outcome: 'ok' }
  | { readonly step: CheckStep; readonly outcome: 'unchecked'; readonly reason: UncheckedReason }
  | { readonly step: CheckStep; readonly outcome: 'failed'; readonly reason: FailureReason };

export const ok = (step: CheckStep): Finding => ({ step, outcome: 'ok' });
export const unchecked = (step: CheckStep, reason: UncheckedReason): Finding => ({
  step,
  outcome: 'unchecked',
  reason,
});
export const failed = (step: CheckStep, reason: FailureReason): Finding => ({
  step,
  outcome: 'failed',
  reason,
});

export const hasFailed = (findings: readonly Finding[]): boolean =>
  findings.some(({ outcome }) => outcome === 'failed');
