/**
 * The same ballots counted in several ways (record.md 8; domain.md E2, E6, E8, E13, E25): as the rule was frozen, and
 * otherwise wherever that changes what goes in, so that a reader sees what the verdict hangs on. Nothing here
 * decides: the verdict is the main count.
 *
 * A plan is counted by groups (企业破产法 arts. 82, 84, 86). In a view that leaves units out, a group with nobody
 * left would not have been formed, and a creditor whose remaining claim is a small one would vote with the small
 * claims. Votes that were opened by the first builds are counted as those did: their tallies are hashed.
 */
import type { Group } from '../../../protocol/entry-parts.ts';
import type {
  FrozenRule,
  GroupNotFormed,
  GroupResult,
  Outcome,
  Result,
  Results,
} from '../../../protocol/tally.ts';
import { isMandatoryGroupMissing } from '../../rules/mandatory-groups.ts';
import { countGroup, hasVote, type GroupRule, type UnitRecord, type View } from './group-count.ts';

export type Records = ReadonlyMap<Group, readonly UnitRecord[]>;

/** What there is on the roll and among the ballots that a view could leave out or see otherwise. */
interface Present {
  temporary: boolean;
  deemed: boolean;
  affiliates: boolean;
  staffPresence: boolean;
  /** Where the present are counted: somebody signed in and cast no ballot. */
  signedInOnly: boolean;
  /** Where the present are counted: somebody cast a ballot and did not sign in. */
  votedWithoutSignIn: boolean;
}

export function* countViews(rule: FrozenRule, records: Records): Generator<void, Results> {
  if (rule.mode === 'OBJECTION') return OBJECTIONS_RECORDED;
  const asFrozen: View = {
    basis: rule.attendanceBasis,
    countsTemporary: true,
    countsStaffPresence: true,
    countsDeemed: true,
    countsAffiliates: true,
  };
  const main = yield* countView(rule, records, asFrozen);
  const present = yield* whatIsThere(rule, records, main);
  const otherwise = (change: Partial<View>) => countView(rule, records, { ...asFrozen, ...change });
  const bases = otherBases(rule, present, hasSilentHeads(rule, main));
  return {
    main,
    withoutTemporary: present.temporary ? yield* otherwise({ countsTemporary: false }) : null,
    withoutStaffPresence: present.staffPresence ? yield* otherwise({ countsStaffPresence: false }) : null,
    votedOnly: bases.votedOnly ? yield* otherwise({ basis: 'VOTED' }) : null,
    ...(bases.signInOrVoted && { signInOrVoted: yield* otherwise({ basis: 'SIGN_IN_OR_VOTED' }) }),
    ...(present.deemed && { withoutDeemed: yield* otherwise({ countsDeemed: false }) }),
    ...(present.affiliates && { withoutAffiliates: yield* otherwise({ countsAffiliates: false }) }),
  };
}

/** Art. 58: nothing is passed or failed. */
const OBJECTIONS_RECORDED: Results = {
  main: { outcome: 'RECORDED', groups: [] },
  withoutTemporary: null,
  withoutStaffPresence: null,
  votedOnly: null,
};

/** E6: which bases of presence other than the vote's own would find others present. */
function otherBases({ viewsVersion, attendanceBasis }: FrozenRule, present: Present, hasSilent: boolean) {
  if (viewsVersion === undefined) return { votedOnly: hasSilent, signInOrVoted: false };
  const missesVoters = attendanceBasis === 'SIGN_IN' && present.votedWithoutSignIn;
  return {
    votedOnly: hasSilent || missesVoters,
    signInOrVoted: missesVoters || (attendanceBasis === 'VOTED' && present.signedInOnly),
  };
}

/** Whether somebody present without a ballot weighs on a test of heads. */
function hasSilentHeads(rule: FrozenRule, { groups }: Result): boolean {
  return groups.some(
    ({ silent }, index) => silent.heads !== '0' && rule.groups[index]?.heads?.base === 'present',
  );
}

function* whatIsThere(rule: FrozenRule, records: Records, main: Result): Generator<void, Present> {
  const countsPresent = new Set(
    rule.groups.filter(({ heads }) => heads?.base === 'present').map(({ group }) => group),
  );
  const present: Present = {
    temporary: false,
    deemed: false,
    affiliates: false,
    staffPresence: main.groups.some(({ staffEnteredHeads }) => staffEnteredHeads !== '0'),
    signedInOnly: false,
    votedWithoutSignIn: false,
  };
  for (const [group, own] of records) {
    for (const { unit, ballot, isInvalid, signIn } of own) {
      if (unit.temporaryFen > 0n) present.temporary = true;
      if (unit.isAffiliate === true) present.affiliates = true;
      if (ballot?.channel === 'deemed') present.deemed = true;
      if (!countsPresent.has(group)) continue;
      const hasVoted = ballot !== undefined || isInvalid;
      if (!hasVoted && signIn !== undefined) present.signedInOnly = true;
      if (hasVoted && signIn === undefined) present.votedWithoutSignIn = true;
    }
    yield;
  }
  return present;
}

function* countView(rule: FrozenRule, records: Records, view: View): Generator<void, Result> {
  const voting = yield* votingGroups(rule, records, view);
  const groups: GroupResult[] = [];
  for (const group of voting.groups) {
    groups.push(yield* countGroup(group, voting.records.get(group.group) ?? [], view));
  }
  const outcomes = groups.map((group) => group.outcome);
  return {
    outcome: overall(isMandatoryGroupMissing(voting.notFormed) ? [...outcomes, 'NOT_APPLICABLE'] : outcomes),
    groups,
  };
}

/** All groups must pass; one that failed decides over one that cannot be measured. No group: nothing to measure. */
function overall(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes('FAILED')) return 'FAILED';
  return outcomes.length === 0 || outcomes.includes('NOT_APPLICABLE') ? 'NOT_APPLICABLE' : 'PASSED';
}

interface VotingGroups {
  readonly groups: readonly GroupRule[];
  readonly records: Records;
  readonly notFormed: readonly GroupNotFormed[];
}

/** The groups that would have been formed if what the view leaves out had not been on the roll (E25). */
function* votingGroups(rule: FrozenRule, records: Records, view: View): Generator<void, VotingGroups> {
  const notFormed = rule.groupsNotFormed ?? [];
  const leavesUnitsOut = !view.countsTemporary || !view.countsAffiliates;
  if (rule.viewsVersion === undefined || rule.aggregate === undefined || !leavesUnitsOut) {
    return { groups: rule.groups, records, notFormed };
  }
  const remaining = new Map<Group, UnitRecord[]>();
  const add = (group: Group, record: UnitRecord) => {
    const own = remaining.get(group);
    if (own === undefined) remaining.set(group, [record]);
    else own.push(record);
  };
  const groupOf = groupsByRemainingAmount(rule, records, view);
  for (const [group, own] of records) {
    for (const record of own) {
      if (hasVote(record.unit, view)) add(groupOf(group, record), record);
    }
    yield;
  }
  const emptied = rule.groups.filter(({ group }) => !remaining.has(group));
  return {
    groups: withSmallClaims(rule).filter(({ group }) => remaining.has(group)),
    records: remaining,
    notFormed: [...notFormed, ...emptied.map(({ group }) => ({ group, reason: 'EMPTY' as const }))],
  };
}

/**
 * Art. 82(2): who stands among the small claims is told by the creditor's amount, without its temporary part where
 * the view leaves that out. A creditor that has a small claim by the claims table keeps both, as on the roll.
 */
function groupsByRemainingAmount(rule: FrozenRule, records: Records, view: View) {
  const max = rule.settings?.smallClaimsMaxFen ?? null;
  if (view.countsTemporary || max === null) return (group: Group) => group;
  const maxFen = BigInt(max);
  const small = (records.get('SMALL') ?? []).filter(({ unit }) => hasVote(unit, view));
  const hasSmall = new Set(small.map(({ unit }) => unit.creditorId));
  return (group: Group, { unit }: UnitRecord): Group =>
    group === 'ORDINARY' && unit.amountFen - unit.temporaryFen <= maxFen && !hasSmall.has(unit.creditorId)
      ? 'SMALL'
      : group;
}

/**
 * The rule's groups with one of small claims where the view can set it up: it is formed among the ordinary ones
 * and decides by the same tests. Where it has passed before or is not touched it does not vote.
 */
function withSmallClaims({ groups, groupsNotFormed = [] }: FrozenRule): readonly GroupRule[] {
  const isVoting = groups.some(({ group }) => group === 'SMALL');
  const isLeftOut = groupsNotFormed.some(({ group, reason }) => group === 'SMALL' && reason !== 'EMPTY');
  if (isVoting || isLeftOut) return groups;
  return groups.flatMap((group) =>
    group.group === 'ORDINARY' ? [group, { ...group, group: 'SMALL' as const }] : [group],
  );
}
