/**
 * Counts a case given from outside with the functions of the meeting: the roll of `roll.ts`, the frozen rule
 * of `freeze-rule.ts`, the count of `record/tally.ts`. What is done here is only to bring the case into their
 * form. 企业破产法 arts. 59, 64, 84, 85, 97, 105; nothing is decided here that is not decided there.
 */
import type { Group, Nature } from '../../protocol/entry-parts.ts';
import type { NoVoteReason } from '../../protocol/roll.ts';
import type { GroupNotFormed, Tally } from '../../protocol/tally.ts';
import { countVote, type TallyUnit } from '../record/tally.ts';
import { buildRoll, type RollClaim } from '../roll.ts';
import { votingAmounts, type RollAmounts } from '../roll/voting-amounts.ts';
import { EBL_2006_V1 } from '../rules/ebl-2006-v1.ts';
import { freezeRuleOf } from '../rules/freeze-rule.ts';
import { resolutionTypes } from '../rules/registry.ts';
import type { CaseUnit, CountCase } from './read-case.ts';

export interface WithoutVote {
  readonly unitId: string;
  readonly reason: NoVoteReason;
}

export interface CountedCase {
  readonly tally: Tally;
  /** On the roll without a vote, in the order of the roll. */
  readonly withoutVote: readonly WithoutVote[];
  /** Of those, who cast a ballot all the same: not counted. */
  readonly ballotsNotCounted: readonly WithoutVote[];
  readonly warnings: readonly string[];
}

interface CaseRoll {
  readonly units: readonly TallyUnit[];
  readonly reasons: ReadonlyMap<string, NoVoteReason>;
  readonly totals: readonly { readonly group: Group }[];
  readonly notFormed: readonly GroupNotFormed[];
}

/** There is no ledger: entry numbers and the root of the roll are those of nothing. */
const NO_ROOT = `${'A'.repeat(43)}=`;

export function countCase(input: CountCase): CountedCase {
  const roll = input.rule.voters === 'GROUPS' ? rollOfGroups(input) : rollOfCreditors(input);
  const { rule, settings, round } = input;
  const withoutVote = input.roll.flatMap(({ unitId }) => {
    const reason = roll.reasons.get(unitId);
    return reason === undefined ? [] : [{ unitId, reason }];
  });
  const frozen = freezeRuleOf(
    {
      rule,
      ruleSet: EBL_2006_V1,
      excludesSilence: input.type !== null && resolutionTypes[input.type].excludesSilence,
    },
    settings,
    { round, roll: { ...roll, excludedTotals: withoutVote } },
  );
  const ballots = input.ballots.filter(({ unitId }) => !roll.reasons.has(unitId));
  const tally = countVote({
    resolutionId: 'case',
    round: String(round),
    rollRoot: NO_ROOT,
    rule: frozen,
    units: roll.units,
    signIns: new Map(
      input.roll.flatMap(({ unitId, signedIn }) => (signedIn ? [[unitId, 'self'] as const] : [])),
    ),
    ballots: ballots.flatMap(({ choice, ...ballot }) =>
      choice === 'invalid' ? [] : [{ ...ballot, choice, isSigned: false }],
    ),
    invalidUnits: new Set(ballots.filter(({ choice }) => choice === 'invalid').map(({ unitId }) => unitId)),
    firstSeq: '0',
    lastSeq: '0',
  });
  const voted = new Set(input.ballots.map(({ unitId }) => unitId));
  const ballotsNotCounted = withoutVote.filter(({ unitId }) => voted.has(unitId));
  return {
    tally,
    withoutVote,
    ballotsNotCounted,
    warnings: [...tally.warnings, ...caseWarnings(input, ballotsNotCounted.length > 0)],
  };
}

/** A vote that is not by groups: the roll of the meeting from the claims as they were given. */
function rollOfCreditors({ roll, rule, settings }: CountCase): CaseRoll {
  const built = buildRoll({
    claims: roll.flatMap(claimsOf),
    rule,
    // The employees' one vote is one row already.
    settings:
      settings.employeeMode === 'COLLECTIVE_ONE' ? { ...settings, employeeMode: 'INDIVIDUAL' } : settings,
    decisions: { members: roll.map(({ unitId }) => unitId) },
  });
  return {
    units: built.units,
    reasons: new Map(built.excluded.map(({ unitId, reason }) => [unitId, reason])),
    totals: built.totals,
    notFormed: [],
  };
}

function claimsOf(unit: CaseUnit): RollClaim[] {
  const { unitId: creditorId, group } = unit;
  return amountsOf(unit).map((amounts) => ({ creditorId, nature: natureOf[group], ...amounts }));
}

/** Outside a plan only employees and investors are treated apart (art. 59(5), 85). */
const natureOf: Readonly<Record<Group, Nature>> = {
  ALL: 'ORDINARY',
  SECURED: 'SECURED',
  EMPLOYEE: 'EMPLOYEE',
  TAX: 'TAX',
  ORDINARY: 'ORDINARY',
  SMALL: 'ORDINARY',
  INVESTOR: 'INVESTOR',
};

function amountsOf({ amounts }: CaseUnit): readonly RollAmounts[] {
  if ('amountFen' in amounts) {
    const { amountFen, unsecuredFen } = amounts;
    return [
      {
        confirmedFen: amountFen,
        temporaryFen: null,
        securedFen: amountFen - unsecuredFen,
        priorityWaived: false,
      },
    ];
  }
  return amounts.claims ?? [];
}

/** A plan: every row is a unit of its group with the whole amount that it is given there. */
function rollOfGroups({ roll, rule }: CountCase): CaseRoll {
  const isByGroups = rule.groupRules.length > 0;
  const units: TallyUnit[] = [];
  const reasons = new Map<string, NoVoteReason>();
  for (const row of roll) {
    const reason = reasonInGroup(row);
    if (reason === undefined) units.push(unitOf(row, isByGroups ? row.group : 'ALL'));
    else reasons.set(row.unitId, reason);
  }
  const named = new Set(roll.map(({ group }) => group));
  const formed = new Set(units.map(({ group }) => group));
  const groups: readonly Group[] = isByGroups
    ? rule.groupRules.map(({ group }) => group).filter((group) => named.has(group))
    : ['ALL'];
  return {
    units,
    reasons,
    totals: groups.filter((group) => !isByGroups || formed.has(group)).map((group) => ({ group })),
    notFormed: groups.flatMap((group) =>
      isByGroups && !formed.has(group) ? [{ group, reason: 'EMPTY' as const }] : [],
    ),
  };
}

function reasonInGroup(row: CaseUnit): NoVoteReason | undefined {
  const claims = amountsOf(row);
  if (claims.every(({ confirmedFen, temporaryFen }) => confirmedFen === null && temporaryFen === null)) {
    return 'NOT_DETERMINED';
  }
  return claims.every((claim) => votingAmounts(claim).amountFen === 0n) ? 'ZERO_AMOUNT' : undefined;
}

function unitOf(row: CaseUnit, group: Group): TallyUnit {
  const sums = { amountFen: 0n, unsecuredFen: 0n, confirmedFen: 0n, confirmedUnsecuredFen: 0n };
  for (const claim of amountsOf(row)) {
    const whole = votingAmounts(claim);
    const confirmed = votingAmounts({ ...claim, temporaryFen: null });
    sums.amountFen += whole.amountFen;
    sums.unsecuredFen += whole.unsecuredFen;
    sums.confirmedFen += confirmed.amountFen;
    sums.confirmedUnsecuredFen += confirmed.unsecuredFen;
  }
  return {
    unitId: row.unitId,
    creditorId: row.unitId,
    group,
    amountFen: sums.amountFen,
    unsecuredFen: sums.unsecuredFen,
    temporaryFen: sums.amountFen - sums.confirmedFen,
    temporaryUnsecuredFen: sums.unsecuredFen - sums.confirmedUnsecuredFen,
  };
}

/** What an outsider may have meant otherwise. */
function caseWarnings(input: CountCase, hasBallotWithoutVote: boolean): string[] {
  const { rule, round, settings, ballots, roll } = input;
  const warnings: string[] = [];
  if (hasBallotWithoutVote) warnings.push('BALLOT_WITHOUT_VOTE');
  if (round > rule.rounds) warnings.push('ROUND_BEYOND_LAW');
  const has = (wanted: string) => ballots.some(({ channel }) => channel === wanted);
  if (has('deemed') && settings.silence === 'NONE') warnings.push('DEEMED_WITHOUT_SETTING');
  if (has('carried') && !settings.carryOver) warnings.push('CARRIED_WITHOUT_SETTING');
  if (rule.groupRules.length > 0 && roll.some(isSplitByArticle110)) warnings.push('CLAIM_NOT_SPLIT');
  return warnings;
}

/** Another part of the claim, or a waived one whole, stands in another group (art. 110); this row has all of it. */
function isSplitByArticle110(row: CaseUnit): boolean {
  return amountsOf(row).some((claim) => {
    const { amountFen, unsecuredFen } = votingAmounts(claim);
    const hasSecuredPart = unsecuredFen < amountFen;
    if (row.group !== 'SECURED') return hasSecuredPart;
    return claim.priorityWaived || (hasSecuredPart && unsecuredFen > 0n);
  });
}
