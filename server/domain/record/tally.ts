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

/** One way of counting the same ballots. */
interface View {
  readonly basis: AttendanceBasis;
  readonly countsTemporary: boolean;
  readonly countsStaffPresence: boolean;
}

type Standing = Choice | 'silent' | 'absent';
type Counts = Record<Standing, { heads: bigint; fen: bigint }>;
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
  const ballots = indexBallots(input);
  const results = countViews(input, ballots);
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

function indexBallots(input: TallyInput): Map<string, CountedBallot> {
  const onRoll = new Set(input.units.map((unit) => unit.unitId));
  const ballots = new Map<string, CountedBallot>();
  for (const ballot of input.ballots) {
    if (!onRoll.has(ballot.unitId)) throw new RangeError('a ballot counted for a unit not on the roll');
    if (ballots.has(ballot.unitId)) throw new RangeError('two ballots counted for one unit');
    ballots.set(ballot.unitId, ballot);
  }
  return ballots;
}

function countViews(input: TallyInput, ballots: ReadonlyMap<string, CountedBallot>): Results {
  const count = (view: View): Result => countView(input, ballots, view);
  const asFrozen: View = {
    basis: input.rule.attendanceBasis,
    countsTemporary: true,
    countsStaffPresence: true,
  };
  const main = count(asFrozen);
  const hasTemporary = input.units.some((unit) => unit.temporaryFen > 0n);
  const hasStaffPresence = main.groups.some((group) => group.staffEnteredHeads !== '0');
  const hasSilent = main.groups.some((group) => group.silent.heads !== '0');
  return {
    main,
    withoutTemporary: hasTemporary ? count({ ...asFrozen, countsTemporary: false }) : null,
    withoutStaffPresence: hasStaffPresence ? count({ ...asFrozen, countsStaffPresence: false }) : null,
    votedOnly: hasSilent ? count({ ...asFrozen, basis: 'VOTED' }) : null,
  };
}

function countView(input: TallyInput, ballots: ReadonlyMap<string, CountedBallot>, view: View): Result {
  const groups = input.rule.groups.map((rule) => countGroup({ input, ballots, view, rule }));
  return { outcome: overall(groups.map((group) => group.outcome)), groups };
}

interface GroupCount {
  readonly input: TallyInput;
  readonly ballots: ReadonlyMap<string, CountedBallot>;
  readonly view: View;
  readonly rule: GroupRule;
}

function countGroup({ input, ballots, view, rule }: GroupCount): GroupResult {
  const counts = emptyCounts();
  let units = 0n;
  let staffEntered = 0n;
  for (const unit of input.units) {
    if (unit.group !== rule.group || !hasVote(unit, view)) continue;
    const ballot = ballots.get(unit.unitId);
    const signIn = input.signIns.get(unit.creditorId);
    const standing = standingOf(ballot, signIn, view);
    units += 1n;
    counts[standing].heads += 1n;
    counts[standing].fen += amountOf(unit, view, rule);
    if (signIn === 'staff' && standing !== 'absent' && !isPresentAnyway(ballot, view)) staffEntered += 1n;
  }
  const presentHeads = units - counts.absent.heads;
  const totalFen = Object.values(counts).reduce((sum, count) => sum + count.fen, 0n);
  const heads = rule.heads && testFigures(rule.heads, counts.for.heads, presentHeads);
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
  const zero = () => ({ heads: 0n, fen: 0n });
  return { for: zero(), against: zero(), abstain: zero(), silent: zero(), absent: zero() };
}

function printed(count: { heads: bigint; fen: bigint }): { heads: string; fen: string } {
  return { heads: String(count.heads), fen: String(count.fen) };
}

function channelTotals(ballots: readonly CountedBallot[]): Tally['ballotsByChannel'] {
  const heads = new Map<Channel, number>();
  for (const { channel } of ballots) heads.set(channel, (heads.get(channel) ?? 0) + 1);
  return [...heads].sort().map(([channel, count]) => ({ channel, heads: String(count) }));
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
