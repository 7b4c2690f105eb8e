/**
 * The claim's part of a row: nature, security, amounts and review.
 * Enterprise Bankruptcy Law art. 57–59, 110. Amounts are exact to the fen; nothing is rounded and no sum is
 * believed without adding it up.
 */
import type { ClaimColumn } from '../../protocol/claims-import/columns.ts';
import { formatYuan } from '../money.ts';
import type { AmountsDraft, SecurityDraft } from './claim-draft.ts';
import type { RowCells } from './row-cells.ts';
import { quote } from './row-cells.ts';
import type { GroupCode, Nature, ReviewStatus } from './types.ts';
import { findNature, groupWords, listWords, natureWords, statusWords, yesNoWords } from './vocabulary.ts';
import { voteAmount } from './vote-amount.ts';

const COLLATERAL = { min: 1, max: 500 };
const NOTE = { min: 1, max: 500 };
const MAX_DECISION_CHARACTERS = 64;

/** `(2026)浙01破12号之三`. */
const COURT_DECISION = /^[（(]\d{4}[)）].{2,12}破.*号(之[一二三四五六七八九十]+)?$/;

export function readClaimNo(cells: RowCells): string | undefined {
  cells.require('claimNo');
  const text = cells.code('claimNo');
  if (text === undefined || /^[A-Z0-9-]{1,32}$/.test(text)) return text;
  cells.report('CLAIM_NO_FORMAT', { column: 'claimNo' }, 'claimNo');
  return undefined;
}

/** The claim that a recourse claim (art. 51(2)) stands behind; whether it is in the table is seen later. */
export function readRecourse(cells: RowCells): string | undefined {
  return cells.code('recourseFor');
}

export function readNote(cells: RowCells): string | undefined {
  return cells.limitedText('note', NOTE);
}

function readCourtDecision(cells: RowCells): string | undefined {
  const text = cells.text('courtDecisionNo');
  if (text === undefined) return undefined;
  if (text.length <= MAX_DECISION_CHARACTERS && COURT_DECISION.test(text)) return text;
  cells.report('COURT_DECISION_FORM', { column: 'courtDecisionNo' }, 'courtDecisionNo');
  return undefined;
}

/** Reads the amounts and the review, and holds them against each other. */
export function readAmounts(cells: RowCells): AmountsDraft {
  cells.require('filed');
  cells.require('status');
  const amounts: AmountsDraft = {
    principalFen: cells.amount('principal'),
    interestFen: cells.amount('interest'),
    otherFiledFen: cells.amount('otherFiled'),
    filedFen: cells.amount('filed'),
    status: cells.oneOf('status', statusWords),
    confirmedFen: cells.amount('confirmed'),
    rejectedFen: cells.amount('rejected'),
    deferredFen: cells.amount('deferred'),
    temporaryFen: cells.amount('temporary'),
    courtDecisionNo: readCourtDecision(cells),
  };
  checkFiledSum(cells, amounts);
  checkReview(cells, amounts);
  checkTemporary(cells, amounts);
  return amounts;
}

/** True when a filled amount could not be read: sums over it would only repeat the error. */
function isUnread(cells: RowCells, key: ClaimColumn, fen: bigint | undefined): boolean {
  return fen === undefined && cells.has(key);
}

function checkFiledSum(cells: RowCells, amounts: AmountsDraft): void {
  const { principalFen, interestFen, otherFiledFen, filedFen } = amounts;
  const parts = [principalFen, interestFen, otherFiledFen];
  const isAnyUnread =
    isUnread(cells, 'principal', principalFen) ||
    isUnread(cells, 'interest', interestFen) ||
    isUnread(cells, 'otherFiled', otherFiledFen);
  if (filedFen === undefined || isAnyUnread || parts.every((part) => part === undefined)) return;
  const sum = parts.reduce<bigint>((total, part) => total + (part ?? 0n), 0n);
  if (sum === filedFen) return;
  cells.report('FILED_SUM_DIFFERS', { expected: formatYuan(sum), found: formatYuan(filedFen) }, 'filed');
}

const isConfirming = (status: ReviewStatus): boolean => status === 'CONFIRMED' || status === 'PARTIAL';

function checkReview(cells: RowCells, amounts: AmountsDraft): void {
  const { status, filedFen, confirmedFen, rejectedFen, deferredFen } = amounts;
  if (status !== undefined && isConfirming(status) && !cells.has('confirmed')) {
    const params = { column: 'confirmed', whenColumn: 'status', whenValue: statusWords[status] };
    cells.report('REQUIRED_WHEN', params, 'confirmed');
  }
  if (status !== undefined && !isConfirming(status) && (confirmedFen ?? 0n) > 0n) {
    cells.report('CONFIRMED_AGAINST_STATUS', { status: statusWords[status] }, 'confirmed');
  }
  if (filedFen === undefined) return;
  if (confirmedFen !== undefined && confirmedFen > filedFen) {
    const params = { found: formatYuan(confirmedFen), expected: formatYuan(filedFen) };
    cells.report('CONFIRMED_ABOVE_FILED', params, 'confirmed');
  }
  if (rejectedFen === undefined && deferredFen === undefined) return;
  const sum = (confirmedFen ?? 0n) + (rejectedFen ?? 0n) + (deferredFen ?? 0n);
  if (sum !== filedFen) {
    const params = { found: formatYuan(sum), expected: formatYuan(filedFen) };
    cells.report('REVIEW_SUM_DIFFERS', params, 'filed');
  }
}

/** Art. 59(2): a temporary amount exists by the court's decision, and only for what is not yet determined. */
function checkTemporary(cells: RowCells, amounts: AmountsDraft): void {
  const { status, filedFen, confirmedFen, temporaryFen } = amounts;
  if (temporaryFen === undefined || temporaryFen === 0n) return;
  if (!cells.has('courtDecisionNo')) cells.report('COURT_DECISION_REQUIRED', {}, 'courtDecisionNo');
  if (status === 'CONFIRMED') cells.report('TEMPORARY_ON_CONFIRMED', {}, 'temporary');
  const sum = (confirmedFen ?? 0n) + temporaryFen;
  // A confirmed amount above the filed one has its own warning.
  if (filedFen !== undefined && sum > filedFen && (confirmedFen ?? 0n) <= filedFen) {
    cells.report('VOTE_ABOVE_FILED', { found: formatYuan(sum), expected: formatYuan(filedFen) }, 'temporary');
  }
}

/** Groups in which claims of a nature are found; a secured claim's shortfall votes with the ordinary (art. 110). */
const USUAL_GROUPS: Readonly<Record<Nature, readonly GroupCode[]>> = {
  SECURED: ['SECURED', 'ORDINARY', 'SMALL'],
  EMPLOYEE: ['EMPLOYEE'],
  TAX: ['TAX'],
  SOCIAL_INSURANCE_POOL: [],
  ORDINARY: ['ORDINARY', 'SMALL'],
  SUBORDINATED: ['ORDINARY', 'INVESTOR'],
};

function readNature(cells: RowCells): Pick<SecurityDraft, 'nature' | 'subtype'> {
  cells.require('nature');
  const text = cells.text('nature');
  const reading = text === undefined ? undefined : findNature(text);
  if (text !== undefined && reading === undefined) {
    const params = { column: 'nature', found: quote(text), allowed: listWords(natureWords) };
    cells.report('NOT_IN_LIST', params, 'nature');
  }
  return { nature: reading?.nature, subtype: reading?.subtype };
}

/** Reads nature, group and security. */
export function readSecurity(cells: RowCells, amounts: AmountsDraft): SecurityDraft {
  const { nature, subtype } = readNature(cells);
  const group = cells.oneOf('group', groupWords);
  if (nature !== undefined && group !== undefined && !USUAL_GROUPS[nature].includes(group)) {
    cells.report('GROUP_UNUSUAL', { nature: natureWords[nature], group: groupWords[group] }, 'group');
  }
  const security: SecurityDraft = {
    nature,
    subtype,
    group,
    collateral: cells.limitedText('collateral', COLLATERAL),
    securedPriorityFen: cells.amount('securedPriority'),
    isPriorityWaived: cells.oneOf('waived', yesNoWords) === 'YES',
  };
  if (nature === 'SECURED') checkSecured(cells, security, amounts);
  else if (nature !== undefined) checkUnsecured(cells, nature, security);
  return security;
}

function checkSecured(cells: RowCells, security: SecurityDraft, amounts: AmountsDraft): void {
  if (!cells.has('collateral')) {
    const params = { column: 'collateral', whenColumn: 'nature', whenValue: natureWords.SECURED };
    cells.report('REQUIRED_WHEN', params, 'collateral');
  }
  const { securedPriorityFen } = security;
  if (!cells.has('securedPriority')) {
    if (!security.isPriorityWaived) cells.report('PRIORITY_NOT_ASSESSED', {}, 'securedPriority');
    return;
  }
  // While nothing is confirmed, the priority can only be held against what was filed.
  const isDetermined = amounts.confirmedFen !== undefined || amounts.temporaryFen !== undefined;
  const limitFen = isDetermined
    ? (amounts.confirmedFen ?? 0n) + (amounts.temporaryFen ?? 0n)
    : (amounts.filedFen ?? 0n);
  const isLimitUnread =
    isUnread(cells, 'confirmed', amounts.confirmedFen) ||
    isUnread(cells, 'temporary', amounts.temporaryFen) ||
    amounts.filedFen === undefined;
  if (securedPriorityFen === undefined || isLimitUnread || securedPriorityFen <= limitFen) return;
  const params = { found: formatYuan(securedPriorityFen), expected: formatYuan(limitFen) };
  cells.report('PRIORITY_ABOVE_CONFIRMED', params, 'securedPriority');
}

function checkUnsecured(cells: RowCells, nature: Nature, security: SecurityDraft): void {
  const params = { nature: natureWords[nature] };
  if ((security.securedPriorityFen ?? 0n) > 0n) {
    cells.report('PRIORITY_WITHOUT_SECURITY', { ...params, column: 'securedPriority' }, 'securedPriority');
  }
  if (security.isPriorityWaived) {
    cells.report('PRIORITY_WITHOUT_SECURITY', { ...params, column: 'waived' }, 'waived');
  }
}

/** The voting amount is computed; one that stands in the table must be the same. */
export function checkVoteAmount(cells: RowCells, security: SecurityDraft, amounts: AmountsDraft): void {
  const given = cells.amount('vote');
  const isUncertain =
    isUnread(cells, 'confirmed', amounts.confirmedFen) || isUnread(cells, 'temporary', amounts.temporaryFen);
  if (given === undefined || isUncertain) return;
  const computed = voteAmount({
    nature: security.nature ?? 'ORDINARY',
    confirmedFen: amounts.confirmedFen,
    temporaryFen: amounts.temporaryFen,
    securedPriorityFen: undefined,
    isPriorityWaived: false,
  });
  if (given === computed) return;
  cells.report('VOTE_AMOUNT_DIFFERS', { found: formatYuan(given), expected: formatYuan(computed) }, 'vote');
}
