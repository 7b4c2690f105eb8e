/**
 * The tally (计票): a pure function of roll, presence before the close, valid ballots and the frozen
 * rule (record.md 11; 企业破产法 art. 64; domain.md 2.1-2.3). Everybody gets the same canonical JSON.
 *
 * P = units present; F = those for; FA = their amount; the amount's base is the total of the roll,
 * present or not. Abstaining and silent units stay in the bases and so work like a vote against (E7).
 * It does not decide which ballots are valid: received in the window, one a unit, not void - the fold
 * over the ledger did that.
 */
import type { Channel, Group } from '../../protocol/entry-parts.ts';
import type { VotingRow } from '../../protocol/roll.ts';
import type { Choice } from '../../protocol/scalars.ts';
import type {
  AttendanceBasis,
  FrozenRule,
  GroupResult,
  Outcome,
  Result,
  Results,
  Tally,
} from '../../protocol/tally.ts';
import { testFigures } from './test-figures.ts';

/** A unit of the roll, amounts in fen. */
export interface TallyUnit {
  readonly unitId: string;
  readonly creditorId: string;
  readonly group: Group;
  readonly amountFen: bigint;
  readonly unsecuredFen: bigint;
  readonly temporaryFen: bigint;
  readonly temporaryUnsecuredFen: bigint;
}

/** A valid ballot: at most one a unit. */
export interface CountedBallot {
  readonly unitId: string;
  readonly choice: Choice;
  readonly channel: Channel;
  readonly isSigned: boolean;
}

export interface TallyInput {
  readonly resolutionId: string;
  readonly round: string;
  readonly rollRoot: string;
  readonly rule: FrozenRule;
  readonly units: readonly TallyUnit[];
  /** Creditors signed in before the close entry: `staff` where only staff entered it. */
  readonly signIns: ReadonlyMap<string, 'self' | 'staff'>;
  readonly ballots: readonly CountedBallot[];
  /** Numbers of `ballot.open` and `ballot.close`. */
  readonly firstSeq: string;
  readonly lastSeq: string;
}

/** A unit with what it did: looked up once for all ways of counting. */
interface UnitRecord {
  readonly unit: TallyUnit;
  readonly ballot: CountedBallot | undefined;
  readonly signIn: 'self' | 'staff' | undefined;
}

/** One way of counting the same ballots. */
interface View {
  readonly basis: AttendanceBasis;
  readonly countsTemporary: boolean;
  readonly countsStaffPresence: boolean;
}

type Standing = Choice | 'silent' | 'absent';
type Counts = Record<Standing, { heads: number; fen: bigint }>;
type GroupRule = FrozenRule['groups'][number];

export function toTallyUnit(row: VotingRow): TallyUnit {
  return {
    unitId: row.unitId,
    creditorId: row.creditorId,
    group: row.group,
    amountFen: BigInt(row.amountFen),
    unsecuredFen: BigInt(row.unsecuredFen),
    temporaryFen: BigInt(row.temporaryFen),
    temporaryUnsecuredFen: BigInt(row.temporaryUnsecuredFen),
  };
}

/** Counts a vote. Throws RangeError on two ballots for one unit or one for a unit that is not on the roll. */
export function countVote(input: TallyInput): Tally {
  const results = countViews(input.rule, unitRecords(input));
  return {
    v: '1',
    resolutionId: input.resolutionId,
    round: input.round,
    rollRoot: input.rollRoot,
    rule: input.rule,
    firstSeq: input.firstSeq,
    lastSeq: input.lastSeq,
    results,
    ballotsByChannel: channelTotals(input.ballots),
    unsignedBallots: String(input.ballots.filter((ballot) => !ballot.isSigned).length),
    warnings: warningsOf(input, results),
  };
}

/** What follows by law from an outcome; the court is asked where the amount test has no base. */
export function followUpOf(rule: FrozenRule, outcome: Outcome): string[] {
  if (outcome === 'NOT_APPLICABLE') return ['ASK_COURT'];
  return [...(outcome === 'PASSED' ? rule.onPass : rule.onFail)];
}

function unitRecords(input: TallyInput): UnitRecord[] {
  const ballots = new Map<string, CountedBallot>();
  for (const ballot of input.ballots) {
    if (ballots.has(ballot.unitId)) throw new RangeError('two ballots counted for one unit');
    ballots.set(ballot.unitId, ballot);
  }
  let onRoll = 0;
  const records = input.units.map((unit) => {
    const ballot = ballots.get(unit.unitId);
    if (ballot !== undefined) onRoll += 1;
    return { unit, ballot, signIn: input.signIns.get(unit.creditorId) };
  });
  if (onRoll !== ballots.size) throw new RangeError('a ballot counted for a unit not on the roll');
  return records;
}

function countViews(rule: FrozenRule, records: readonly UnitRecord[]): Results {
  const count = (view: View): Result => countView(rule, records, view);
  const asFrozen: View = { basis: rule.attendanceBasis, countsTemporary: true, countsStaffPresence: true };
  const main = count(asFrozen);
  const hasTemporary = records.some(({ unit }) => unit.temporaryFen > 0n);
  const hasStaffPresence = main.groups.some((group) => group.staffEnteredHeads !== '0');
  const hasSilent = main.groups.some((group) => group.silent.heads !== '0');
  return {
    main,
    withoutTemporary: hasTemporary ? count({ ...asFrozen, countsTemporary: false }) : null,
    withoutStaffPresence: hasStaffPresence ? count({ ...asFrozen, countsStaffPresence: false }) : null,
    votedOnly: hasSilent ? count({ ...asFrozen, basis: 'VOTED' }) : null,
  };
}

function countView(rule: FrozenRule, records: readonly UnitRecord[], view: View): Result {
  const groups = rule.groups.map((group) => countGroup(group, records, view));
  return { outcome: overall(groups.map((group) => group.outcome)), groups };
}

function countGroup(rule: GroupRule, records: readonly UnitRecord[], view: View): GroupResult {
  const counts = emptyCounts();
  let units = 0;
  let staffEntered = 0;
  for (const { unit, ballot, signIn } of records) {
    if (unit.group !== rule.group || !hasVote(unit, view)) continue;
    const standing = standingOf(ballot, signIn, view);
    const count = counts[standing];
    units += 1;
    count.heads += 1;
    count.fen += amountOf(unit, view, rule);
    if (signIn === 'staff' && standing !== 'absent' && !isPresentAnyway(ballot, view)) staffEntered += 1;
  }
  const presentHeads = units - counts.absent.heads;
  const totalFen = Object.values(counts).reduce((sum, count) => sum + count.fen, 0n);
  const heads = rule.heads && testFigures(rule.heads, BigInt(counts.for.heads), BigInt(presentHeads));
  const amount = rule.amount && testFigures(rule.amount, counts.for.fen, totalFen);
  return {
    group: rule.group,
    outcome: outcomeOf(
      heads?.passed ?? true,
      amount?.passed ?? true,
      rule.amount !== null && totalFen === 0n,
    ),
    units: String(units),
    presentHeads: String(presentHeads),
    staffEnteredHeads: String(staffEntered),
    for: printed(counts.for),
    against: printed(counts.against),
    abstain: printed(counts.abstain),
    silent: printed(counts.silent),
    absent: printed(counts.absent),
    heads,
    amount,
  };
}

/** A unit whose whole amount is temporary has no vote when temporary amounts are left out (E1). */
function hasVote(unit: TallyUnit, view: View): boolean {
  return view.countsTemporary || unit.amountFen > unit.temporaryFen;
}

function amountOf(unit: TallyUnit, view: View, rule: GroupRule): bigint {
  if (rule.amount?.base === 'unsecuredTotal') {
    return view.countsTemporary ? unit.unsecuredFen : unit.unsecuredFen - unit.temporaryUnsecuredFen;
  }
  return view.countsTemporary ? unit.amountFen : unit.amountFen - unit.temporaryFen;
}

/** Where only a sign-in makes present, a ballot without one is not counted; the tally warns of it. */
function standingOf(
  ballot: CountedBallot | undefined,
  signIn: 'self' | 'staff' | undefined,
  view: View,
): Standing {
  const isSignedIn = signIn === 'self' || (signIn === 'staff' && view.countsStaffPresence);
  if (view.basis === 'SIGN_IN') return isSignedIn ? (ballot?.choice ?? 'silent') : 'absent';
  if (ballot !== undefined) return ballot.choice;
  return view.basis === 'SIGN_IN_OR_VOTED' && isSignedIn ? 'silent' : 'absent';
}

/** A ballot makes present by itself, except where only the sign-in does. */
function isPresentAnyway(ballot: CountedBallot | undefined, view: View): boolean {
  return ballot !== undefined && view.basis !== 'SIGN_IN';
}

function outcomeOf(headsPassed: boolean, amountPassed: boolean, hasNoAmountBase: boolean): Outcome {
  if (hasNoAmountBase) return 'NOT_APPLICABLE';
  return headsPassed && amountPassed ? 'PASSED' : 'FAILED';
}

/** All groups must pass; one that failed decides over one that cannot be measured. */
function overall(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes('FAILED')) return 'FAILED';
  return outcomes.includes('NOT_APPLICABLE') ? 'NOT_APPLICABLE' : 'PASSED';
}

function emptyCounts(): Counts {
  const zero = () => ({ heads: 0, fen: 0n });
  return { for: zero(), against: zero(), abstain: zero(), silent: zero(), absent: zero() };
}

function printed(count: { heads: number; fen: bigint }): { heads: string; fen: string } {
  return { heads: String(count.heads), fen: String(count.fen) };
}

function channelTotals(ballots: readonly CountedBallot[]): Tally['ballotsByChannel'] {
  const heads = new Map<Channel, number>();
  for (const { channel } of ballots) heads.set(channel, (heads.get(channel) ?? 0) + 1);
  const inOrder = [...heads].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.map(([channel, count]) => ({ channel, heads: String(count) }));
}

/** Names of what the result hangs on, so that it is read with the verdict and not after it. */
function warningsOf(input: TallyInput, results: Results): string[] {
  const differs = (other: Result | null) => other !== null && other.outcome !== results.main.outcome;
  const warnings = [...input.rule.warnings];
  if (differs(results.withoutTemporary)) warnings.push('TEMPORARY_DECIDES');
  if (differs(results.withoutStaffPresence)) warnings.push('STAFF_PRESENCE_DECIDES');
  if (differs(results.votedOnly)) warnings.push('ATTENDANCE_BASIS_DECIDES');
  if (hasBallotWithoutSignIn(input)) warnings.push('BALLOT_WITHOUT_SIGN_IN');
  return warnings;
}

function hasBallotWithoutSignIn(input: TallyInput): boolean {
  if (input.rule.attendanceBasis !== 'SIGN_IN') return false;
  const creditorOf = new Map(input.units.map((unit) => [unit.unitId, unit.creditorId]));
  return input.ballots.some(({ unitId }) => !input.signIns.has(creditorOf.get(unitId) ?? ''));
}
