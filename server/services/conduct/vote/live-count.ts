import { carriedRoundOf } from '../../../domain/meeting/rounds.ts';
import type { MeetingState, ResolutionState } from '../../../domain/meeting/state.ts';
import type { TallyUnit } from '../../../domain/record/tally.ts';
import { stillMissing, testFigures } from '../../../domain/record/test-figures.ts';
import type { LiveTallySlice } from '../../../protocol/room-slices.ts';
import type { Choice } from '../../../protocol/scalars.ts';
import type { AmountTest, FrozenRule, HeadsTest, TestFigures } from '../../../protocol/tally.ts';
import type { FrozenRoll, RollSums } from './frozen-roll.ts';

/**
 * The count as it stands while a vote is open, for the host alone, group by group. It is kept up to date
 * ballot by ballot, since counting 50 000 units anew twice a second would hold the event loop. The verdict does
 * not come from here: it is counted afresh from the ledger at closing (`countVoteSlices`).
 */
export interface LiveCount {
  /** Takes in what was there before; what arrives meanwhile may come first or twice. */
  fill(): Generator<void, void>;
  /** A first ballot, or one in the place of the unit's last. */
  addBallot(unitId: string, choice: Choice): void;
  dropBallot(unitId: string): void;
  /** A 无效票: present by it, and free to cast a valid one. */
  addInvalid(unitId: string): void;
  addSignIn(creditorId: string): void;
  slice(): LiveTallySlice;
}

type Sums = Record<Choice, { heads: number; fen: bigint }>;
type GroupRule = FrozenRule['groups'][number];

/** One group while it is counted. */
interface Group {
  readonly rule: GroupRule;
  readonly roll: RollSums;
  readonly countsUnsecured: boolean;
  /** A ballot counts only where the creditor has signed in. */
  readonly needsSignIn: boolean;
  /** A sign-in without a ballot makes present. */
  readonly countsSignIn: boolean;
  present: number;
  /** Ballots of this round. */
  readonly cast: { heads: number; fen: bigint };
  /** What counts, consent of an earlier round included. */
  readonly sums: Sums;
  /** 无效票: in the base of those who take part (E7). */
  readonly invalid: { heads: number; fen: bigint };
}

/** What a unit adds to its group now. */
interface Standing {
  choice: Choice | undefined;
  /** Cast in this round; otherwise carried over. */
  isOwn: boolean;
  isSignedIn: boolean;
  /** Its only ballot so far is a 无效票. */
  isInvalid: boolean;
}

const NOTHING_YET: Standing = { choice: undefined, isOwn: false, isSignedIn: false, isInvalid: false };

/** Steps between two pauses; about a millisecond. */
const SLICE_STEPS = 1_000;

export function createLiveCount(
  resolution: ResolutionState,
  roll: FrozenRoll,
  state: MeetingState,
): LiveCount {
  const rule = resolution.opened?.body.rule;
  if (!rule) throw new Error('live count of a vote that was not opened');
  const groups = new Map(rule.groups.map((own) => [own.group, toGroup(own, rule, roll)]));
  const standings = new Map<string, Standing>();

  function change(unitId: string, next: Partial<Standing>): void {
    const unit = roll.units.get(unitId);
    const group = unit && groups.get(unit.group);
    if (!unit || !group) return;
    const before = standings.get(unitId) ?? NOTHING_YET;
    const after = { ...before, ...next };
    move(group, unit, { standing: before, sign: -1 });
    move(group, unit, { standing: after, sign: 1 });
    standings.set(unitId, after);
  }

  return {
    *fill() {
      let steps = 0;
      for (const creditorId of state.presentCreditors.keys()) {
        for (const unitId of roll.unitsOf(creditorId)) change(unitId, { isSignedIn: true });
        if (++steps % SLICE_STEPS === 0) yield;
      }
      for (const unitId of resolution.invalid.keys()) change(unitId, { isInvalid: true });
      for (const [unitId, { choice }] of carriedRoundOf(resolution)?.ballots ?? []) {
        const isFree =
          standings.get(unitId)?.isOwn !== true &&
          !resolution.ballots.has(unitId) &&
          !resolution.invalid.has(unitId);
        if (choice === 'for' && isFree) change(unitId, { choice });
        if (++steps % SLICE_STEPS === 0) yield;
      }
      for (const [unitId, { choice }] of resolution.ballots) {
        change(unitId, { choice, isOwn: true });
        if (++steps % SLICE_STEPS === 0) yield;
      }
    },
    addBallot: (unitId, choice) => change(unitId, { choice, isOwn: true }),
    addInvalid(unitId) {
      // What it consented to before is not carried over.
      const isOwn = standings.get(unitId)?.isOwn === true;
      change(unitId, isOwn ? { isInvalid: true } : { isInvalid: true, choice: undefined });
    },
    dropBallot: (unitId) => change(unitId, { choice: undefined, isOwn: false }),
    addSignIn(creditorId) {
      for (const unitId of roll.unitsOf(creditorId)) change(unitId, { isSignedIn: true });
    },
    slice: () => toSlice(resolution.published.resolutionId, [...groups.values()]),
  };
}

function toGroup(own: GroupRule, rule: FrozenRule, roll: FrozenRoll): Group {
  const zero = () => ({ heads: 0, fen: 0n });
  return {
    rule: own,
    roll: roll.groups.get(own.group) ?? { heads: 0, amountFen: 0n, unsecuredFen: 0n },
    countsUnsecured: own.amount?.base === 'unsecuredTotal',
    needsSignIn: rule.attendanceBasis === 'SIGN_IN' && own.heads?.base === 'present',
    countsSignIn: rule.attendanceBasis !== 'VOTED',
    present: 0,
    cast: zero(),
    sums: { for: zero(), against: zero(), abstain: zero() },
    invalid: zero(),
  };
}

function move(
  group: Group,
  unit: TallyUnit,
  { standing, sign }: { readonly standing: Standing; readonly sign: 1 | -1 },
): void {
  const { choice, isOwn, isSignedIn, isInvalid } = standing;
  const fen = BigInt(sign) * (group.countsUnsecured ? unit.unsecuredFen : unit.amountFen);
  const isCounted = choice !== undefined && (isSignedIn || !group.needsSignIn);
  if (isCounted) add(group.sums[choice], sign, fen);
  if (isOwn) add(group.cast, sign, fen);
  // A 无效票 makes present as a ballot does; a valid one may still take its place.
  const isPresentByInvalid = isInvalid && choice === undefined && (isSignedIn || !group.needsSignIn);
  if (isPresentByInvalid) add(group.invalid, sign, fen);
  if (isCounted || isPresentByInvalid || (isSignedIn && group.countsSignIn)) group.present += sign;
}

function add(sum: { heads: number; fen: bigint }, heads: number, fen: bigint): void {
  sum.heads += heads;
  sum.fen += fen;
}

function toSlice(resolutionId: string, groups: readonly Group[]): LiveTallySlice {
  const views = groups.map(toGroupView);
  const sumOf = (choice: Choice) => ({
    heads: String(views.reduce((sum, view) => sum + Number(view[choice].heads), 0)),
    fen: String(views.reduce((sum, view) => sum + BigInt(view[choice].fen), 0n)),
  });
  const sumFen = (key: 'castFen' | 'notCastFen') =>
    String(views.reduce((sum, view) => sum + BigInt(view[key]), 0n));
  const sumHeads = (key: 'castHeads' | 'notCastHeads') => views.reduce((sum, view) => sum + view[key], 0);
  return {
    resolutionId,
    castHeads: sumHeads('castHeads'),
    castFen: sumFen('castFen'),
    notCastHeads: sumHeads('notCastHeads'),
    notCastFen: sumFen('notCastFen'),
    for: sumOf('for'),
    against: sumOf('against'),
    abstain: sumOf('abstain'),
    groups: views,
  };
}

function toGroupView(group: Group) {
  const { rule, roll, sums, cast, invalid, present, countsUnsecured } = group;
  const totalFen = countsUnsecured ? roll.unsecuredFen : roll.amountFen;
  const figuresOf = ({ heads, fen }: Sums[Choice]) => ({ heads: String(heads), fen: String(fen) });
  const figure = (choice: Choice) => figuresOf(sums[choice]);
  return {
    group: rule.group,
    units: roll.heads,
    presentHeads: present,
    castHeads: cast.heads,
    castFen: String(cast.fen),
    notCastHeads: roll.heads - cast.heads,
    notCastFen: String(totalFen - cast.fen),
    for: figure('for'),
    against: figure('against'),
    abstain: figure('abstain'),
    invalid: figuresOf(invalid),
    heads: rule.heads && headsAsTheyStand(rule.heads, group),
    amount: rule.amount && amountAsItStands(rule.amount, group, totalFen),
  };
}

function headsAsTheyStand(test: HeadsTest, { sums, present, roll }: Group): TestFigures {
  const isFixed = test.base === 'allUnits';
  const counted = sums.for.heads + sums.against.heads + sums.abstain.heads;
  const figures = testFigures(test, BigInt(sums.for.heads), BigInt(isFixed ? roll.heads : present));
  return isFixed ? figures : withStillMissing(test, figures, BigInt(present - counted));
}

function amountAsItStands(test: AmountTest, { sums, invalid }: Group, totalFen: bigint): TestFigures {
  if (test.base !== 'participating') return testFigures(test, sums.for.fen, totalFen);
  const base = sums.for.fen + sums.against.fen + sums.abstain.fen + invalid.fen;
  const figures = testFigures(test, sums.for.fen, base);
  // Before anybody took part nothing is said to be missing. Whose ballot was invalid may still cast a valid one.
  return base === 0n ? figures : withStillMissing(test, figures, invalid.fen);
}

function withStillMissing(test: HeadsTest | AmountTest, figures: TestFigures, waiting: bigint): TestFigures {
  return { ...figures, shortfall: stillMissing(test, figures, { waiting }) };
}
