/**
 * The tally (计票): a pure function of roll, presence before the close, valid ballots and the frozen
 * rule (record.md 11; 企业破产法 arts. 64, 84-86, 97, 105; domain.md 2.1-2.3). Everybody gets the same
 * canonical JSON. A resolution voted on by groups passes when every group that votes passes (art. 86).
 *
 * How one group is counted is in `counting/group-count.ts`, the same ballots counted otherwise in
 * `counting/count-views.ts`. The tally does not decide which ballots are valid: received in the window, one a
 * unit, not void - the fold over the ledger did that.
 */
import type { Channel, Group } from '../../protocol/entry-parts.ts';
import type { VotingRow } from '../../protocol/roll.ts';
import type { Choice } from '../../protocol/scalars.ts';
import type { FrozenRule, Outcome, Result, Results, Tally } from '../../protocol/tally.ts';
import { countViews } from './counting/count-views.ts';
import type { UnitRecord } from './counting/group-count.ts';

/** A unit of the roll, amounts in fen. */
export interface TallyUnit {
  readonly unitId: string;
  readonly creditorId: string;
  readonly group: Group;
  readonly amountFen: bigint;
  readonly unsecuredFen: bigint;
  readonly temporaryFen: bigint;
  readonly temporaryUnsecuredFen: bigint;
  /** 关联方 of the debtor. */
  readonly isAffiliate?: boolean;
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
  /** Units with a 无效票; one with a valid ballot besides is counted by that (E7). */
  readonly invalidUnits?: ReadonlySet<string>;
  /** Numbers of `ballot.open` and `ballot.close`. */
  readonly firstSeq: string;
  readonly lastSeq: string;
}

export function toTallyUnit(row: VotingRow): TallyUnit {
  return {
    unitId: row.unitId,
    creditorId: row.creditorId,
    group: row.group,
    amountFen: BigInt(row.amountFen),
    unsecuredFen: BigInt(row.unsecuredFen),
    temporaryFen: BigInt(row.temporaryFen),
    temporaryUnsecuredFen: BigInt(row.temporaryUnsecuredFen),
    ...(row.isAffiliate === true && { isAffiliate: true }),
  };
}

/** Counts a vote. Throws RangeError on two ballots for one unit or one for a unit that is not on the roll. */
export function countVote(input: TallyInput): Tally {
  const slices = countVoteSlices(input);
  for (;;) {
    const step = slices.next();
    if (step.done === true) return step.value;
  }
}

/**
 * The same count in slices of about a millisecond: the caller lets other work have its turn at every step.
 * Returns what `countVote` returns, and throws what it throws.
 */
export function* countVoteSlices(input: TallyInput): Generator<void, Tally> {
  const results = yield* countViews(input.rule, yield* unitRecords(input));
  yield;
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

/** Units or ballots worked on between two pauses; about a millisecond. */
const SLICE = 2_000;

/** What follows by law from an outcome; the court is asked where the amount test has no base. */
export function followUpOf(rule: FrozenRule, outcome: Outcome): string[] {
  if (outcome === 'NOT_APPLICABLE') return ['ASK_COURT'];
  return [...(outcome === 'FAILED' ? rule.onFail : rule.onPass)];
}

/** Units by group with what each did. */
function* unitRecords(input: TallyInput): Generator<void, Map<Group, UnitRecord[]>> {
  const ballots = new Map<string, CountedBallot>();
  for (const ballot of input.ballots) {
    if (ballots.has(ballot.unitId)) throw new RangeError('two ballots counted for one unit');
    ballots.set(ballot.unitId, ballot);
    if (ballots.size % SLICE === 0) yield;
  }
  const byGroup = new Map<Group, UnitRecord[]>();
  let onRoll = 0;
  let seen = 0;
  for (const unit of input.units) {
    const ballot = ballots.get(unit.unitId);
    if (ballot !== undefined) onRoll += 1;
    const isInvalid = ballot === undefined && input.invalidUnits?.has(unit.unitId) === true;
    const record = { unit, ballot, isInvalid, signIn: input.signIns.get(unit.creditorId) };
    const own = byGroup.get(unit.group);
    if (own === undefined) byGroup.set(unit.group, [record]);
    else own.push(record);
    if (++seen % SLICE === 0) yield;
  }
  if (onRoll !== ballots.size) throw new RangeError('a ballot counted for a unit not on the roll');
  return byGroup;
}

function channelTotals(ballots: readonly CountedBallot[]): Tally['ballotsByChannel'] {
  const heads = new Map<Channel, number>();
  for (const { channel } of ballots) heads.set(channel, (heads.get(channel) ?? 0) + 1);
  const inOrder = [...heads].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.map(([channel, count]) => ({ channel, heads: String(count) }));
}

/** Names of what the result hangs on, so that it is read with the verdict and not after it. */
function warningsOf(input: TallyInput, results: Results): string[] {
  const differs = (other: Result | null | undefined) =>
    other !== null && other !== undefined && other.outcome !== results.main.outcome;
  const warnings = [...input.rule.warnings];
  if (differs(results.withoutTemporary)) warnings.push('TEMPORARY_DECIDES');
  if (differs(results.withoutStaffPresence)) warnings.push('STAFF_PRESENCE_DECIDES');
  if (differs(results.votedOnly) || differs(results.signInOrVoted)) warnings.push('ATTENDANCE_BASIS_DECIDES');
  if (differs(results.withoutDeemed)) warnings.push('SILENCE_DECIDES');
  if (differs(results.withoutAffiliates)) warnings.push('AFFILIATES_DECIDE');
  if (hasBallotWithoutSignIn(input)) warnings.push('BALLOT_WITHOUT_SIGN_IN');
  return warnings;
}

/** A ballot that is not counted because its creditor did not sign in. Elsewhere than among the present it counts. */
function hasBallotWithoutSignIn({ rule, units, ballots, signIns }: TallyInput): boolean {
  if (rule.attendanceBasis !== 'SIGN_IN') return false;
  const goesByPresence = new Set(
    rule.groups.filter(({ heads }) => heads?.base === 'present').map(({ group }) => group),
  );
  const unitOf = new Map(units.map((unit) => [unit.unitId, unit]));
  return ballots.some(({ unitId }) => {
    const unit = unitOf.get(unitId);
    // The first builds said it of every ballot, and their tallies are hashed.
    const isConcerned = rule.viewsVersion === undefined || (unit && goesByPresence.has(unit.group));
    return isConcerned === true && !signIns.has(unit?.creditorId ?? '');
  });
}
