/**
 * One group counted in one way: who stood how, the bases and both tests (企业破产法 arts. 64, 84, 85, 97,
 * 105; 司法解释三 art. 14; domain.md 2.1). P = units present, F = those for, FA = their amount; abstaining
 * and silent units and those with a 无效票 stay in the bases and so work like a vote against (E7). It decides nothing beyond the
 * group: what the groups make of the resolution is `../tally.ts`.
 */
import type { ChoiceRead } from '../../../protocol/scalars.ts';
import type { AttendanceBasis } from '../../../protocol/case-settings.ts';
import type { FrozenRule, GroupResult, Outcome } from '../../../protocol/tally.ts';
import { testFigures } from '../test-figures.ts';
import type { CountedBallot, TallyUnit } from '../tally.ts';

/** A unit with what it did: looked up once for all ways of counting. */
export interface UnitRecord {
  readonly unit: TallyUnit;
  readonly ballot: CountedBallot | undefined;
  /** Its only ballot is a 无效票. */
  readonly isInvalid: boolean;
  readonly signIn: 'self' | 'staff' | undefined;
}

/** One way of counting the same ballots. */
export interface View {
  readonly basis: AttendanceBasis;
  readonly countsTemporary: boolean;
  readonly countsStaffPresence: boolean;
  readonly countsDeemed: boolean;
  readonly countsAffiliates: boolean;
}

export type GroupRule = FrozenRule['groups'][number];

type Standing = ChoiceRead | 'silent' | 'absent';
type Counts = Record<Standing, { heads: number; fen: bigint }>;

/** Units counted between two pauses; about a millisecond. */
const SLICE_UNITS = 2_000;

/** Counts the records of one group; yields after every slice of units. */
export function* countGroup(
  rule: GroupRule,
  records: readonly UnitRecord[],
  view: View,
): Generator<void, GroupResult> {
  const counts = emptyCounts();
  const basis = basisOf(rule, view);
  let units = 0;
  let staffEntered = 0;
  let seen = 0;
  for (const record of records) {
    if (++seen % SLICE_UNITS === 0) yield;
    const { unit, signIn, isInvalid } = record;
    if (!hasVote(unit, view)) continue;
    const ballot = countedBallot(record, view);
    const given = ballot?.choice ?? (isInvalid ? 'invalid' : undefined);
    const standing = standingOf(given, isSignedIn(signIn, view), basis);
    const count = counts[standing];
    units += 1;
    count.heads += 1;
    count.fen += amountOf(unit, view, rule);
    if (signIn === 'staff' && standing !== 'absent' && !isPresentAnyway(given, basis)) staffEntered += 1;
  }
  return resultOf(rule, counts, { units, staffEntered });
}

function resultOf(
  rule: GroupRule,
  counts: Counts,
  { units, staffEntered }: { readonly units: number; readonly staffEntered: number },
): GroupResult {
  const presentHeads = units - counts.absent.heads;
  const headsBase = rule.heads?.base === 'allUnits' ? units : presentHeads;
  const amountBase = amountBaseOf(rule, counts);
  const heads = rule.heads && testFigures(rule.heads, BigInt(counts.for.heads), BigInt(headsBase));
  const amount = rule.amount && testFigures(rule.amount, counts.for.fen, amountBase);
  // Where nobody took part there is something to measure against, and it was not met (E25).
  const hasNoAmountBase = rule.amount !== null && rule.amount.base !== 'participating' && amountBase === 0n;
  return {
    group: rule.group,
    outcome: outcomeOf(heads?.passed ?? true, amount?.passed ?? true, hasNoAmountBase),
    units: String(units),
    presentHeads: String(presentHeads),
    staffEnteredHeads: String(staffEntered),
    for: printed(counts.for),
    against: printed(counts.against),
    abstain: printed(counts.abstain),
    silent: printed(counts.silent),
    ...(counts.invalid.heads > 0 && { invalid: printed(counts.invalid) }),
    absent: printed(counts.absent),
    heads,
    amount,
  };
}

/** Total of the roll, present or not; of those who cast a ballot where the rule says so. */
function amountBaseOf(rule: GroupRule, counts: Counts): bigint {
  const voted = counts.for.fen + counts.against.fen + counts.abstain.fen + counts.invalid.fen;
  return rule.amount?.base === 'participating' ? voted : voted + counts.silent.fen + counts.absent.fen;
}

/** Where the heads of the present are not counted, a ballot counts without a sign-in. */
function basisOf(rule: GroupRule, view: View): AttendanceBasis {
  return view.basis === 'SIGN_IN' && rule.heads?.base !== 'present' ? 'SIGN_IN_OR_VOTED' : view.basis;
}

/**
 * A unit whose whole amount is temporary has no vote when temporary amounts are left out (E1); an
 * affiliate none when affiliates are (E13).
 */
export function hasVote(unit: TallyUnit, view: View): boolean {
  if (unit.isAffiliate === true && !view.countsAffiliates) return false;
  return view.countsTemporary || unit.temporaryFen === 0n || unit.amountFen > unit.temporaryFen;
}

function countedBallot({ ballot }: UnitRecord, view: View): CountedBallot | undefined {
  return ballot?.channel === 'deemed' && !view.countsDeemed ? undefined : ballot;
}

function amountOf(unit: TallyUnit, view: View, rule: GroupRule): bigint {
  if (rule.amount?.base === 'unsecuredTotal') {
    return view.countsTemporary ? unit.unsecuredFen : unit.unsecuredFen - unit.temporaryUnsecuredFen;
  }
  return view.countsTemporary ? unit.amountFen : unit.amountFen - unit.temporaryFen;
}

function isSignedIn(signIn: UnitRecord['signIn'], view: View): boolean {
  return signIn === 'self' || (signIn === 'staff' && view.countsStaffPresence);
}

/** Where only a sign-in makes present, a ballot without one is not counted; the tally warns of it. */
function standingOf(given: ChoiceRead | undefined, isHere: boolean, basis: AttendanceBasis): Standing {
  if (basis === 'SIGN_IN') return isHere ? (given ?? 'silent') : 'absent';
  if (given !== undefined) return given;
  return basis === 'SIGN_IN_OR_VOTED' && isHere ? 'silent' : 'absent';
}

/** A ballot makes present by itself, except where only the sign-in does. */
function isPresentAnyway(given: ChoiceRead | undefined, basis: AttendanceBasis): boolean {
  return given !== undefined && basis !== 'SIGN_IN';
}

function outcomeOf(headsPassed: boolean, amountPassed: boolean, hasNoAmountBase: boolean): Outcome {
  if (hasNoAmountBase) return 'NOT_APPLICABLE';
  return headsPassed && amountPassed ? 'PASSED' : 'FAILED';
}

function emptyCounts(): Counts {
  const zero = () => ({ heads: 0, fen: 0n });
  return { for: zero(), against: zero(), abstain: zero(), invalid: zero(), silent: zero(), absent: zero() };
}

function printed(count: { heads: number; fen: bigint }): { heads: string; fen: string } {
  return { heads: String(count.heads), fen: String(count.fen) };
}
