/** Counts closed votes again from the ledger and the stored rolls, for the reviewer's checks. */
import { createHash } from 'node:crypto';
import {
  entriesOf,
  type MeetingHistory,
  type Recorded,
  type VoteHistory,
} from '../../domain/record/history/meeting-history.ts';
import { ERASED, type OpenPrivate } from '../../domain/history/names.ts';
import { rollInForce } from '../../domain/record/history/roll-in-force.ts';
import { judgeBallotSlices, recountVoteSlices } from '../../domain/record/history/recount.ts';
import { toBase64 } from '../../domain/record/base64.ts';
import { canonicalText } from '../../domain/record/canonical.ts';
import { createMerkleAccumulator } from '../../domain/record/merkle.ts';
import type { CountedAgain } from '../../domain/review/vote-checks.ts';
import type { RollRow } from '../../protocol/roll.ts';
import { findRoll } from '../conduct/rooms.ts';
import type { RollStore } from '../ledger-port.ts';
import { sha256 } from '../record-crypto.ts';
import { createPacer, runSlices } from '../run-slices.ts';

export interface RecountInput {
  readonly rolls: RollStore;
  readonly meetingId: string;
  readonly history: MeetingHistory;
  readonly open: OpenPrivate;
}

/** By `<resolutionId>/<round>`, for every vote that was opened. */
export async function countAgain(input: RecountInput): Promise<Map<string, CountedAgain>> {
  const counted = new Map<string, CountedAgain>();
  for (const vote of input.history.votes) {
    if (vote.opened) counted.set(`${vote.resolutionId}/${vote.round}`, await countVoteAgain(input, vote));
  }
  return counted;
}

async function countVoteAgain(input: RecountInput, vote: VoteHistory): Promise<CountedAgain> {
  const textMatches = compareText(input, vote);
  const rowsOf = createRowsReader(input);
  const rows = vote.roll && (await rowsOf(vote.roll));
  const atClose = vote.closed && rollInForce(vote, vote.closed.seq);
  if (!rows) return { textMatches, rollMatches: null, tallyMatches: null, validBallots: 0, units: 0 };
  const counts: (boolean | null)[] = [];
  for (const tally of vote.tallies) counts.push(await compareCount({ input, vote, rowsOf }, tally));
  return {
    textMatches,
    rollMatches: await compareRolls(vote, rowsOf),
    tallyMatches: counts.length === 0 ? null : weakest(counts),
    ...(await figuresAt(vote, (atClose && (await rowsOf(atClose))) ?? rows)),
  };
}

/** Who could vote and who had, when the vote closed: what is corrected or declared void later changes neither. */
async function figuresAt(vote: VoteHistory, rows: readonly RollRow[]) {
  const beforeSeq = Number(vote.closed?.seq ?? Infinity);
  return {
    validBallots: (await runSlices(judgeBallotSlices(vote, rows, beforeSeq)))?.valid.size ?? 0,
    units: rows.filter((row) => row.status !== 'excluded').length,
  };
}

type RowsOf = (roll: Recorded<'roll.freeze'>) => Promise<readonly RollRow[] | undefined>;

/** Rows of a vote's rolls, each read once. Undefined when a chunk is missing: then it cannot be checked. */
function createRowsReader({ rolls, meetingId }: RecountInput): RowsOf {
  const read = new Map<string, Promise<RollRow[] | undefined>>();
  return ({ body }) => {
    const rows = read.get(body.root) ?? findRoll(rolls, meetingId, body);
    read.set(body.root, rows);
    return rows;
  };
}

interface Compared {
  readonly input: RecountInput;
  readonly vote: VoteHistory;
  readonly rowsOf: RowsOf;
}

/** One announced count against the same ballots counted here. */
async function compareCount(
  { input, vote, rowsOf }: Compared,
  tally: Recorded<'tally'>,
): Promise<boolean | null> {
  const roll = vote.rolls.find(({ body }) => body.version === tally.body.rollVersion);
  const rows = roll && (await rowsOf(roll));
  const announced = vote.verdicts.find(({ body }) => body.revision === tally.body.revision);
  if (!roll || !rows || !announced) return null;
  const countedOn = { rows, rollRoot: roll.body.root, beforeSeq: Number(tally.seq) };
  const again = await runSlices(recountVoteSlices(input.history, vote, countedOn));
  if (!again) return null;
  const counted = hexSha256(canonicalText(again));
  return counted === tally.body.sha256 && counted === announced.body.tallySha256;
}

/** False where any of them differs, null where any cannot be compared. */
function weakest(matches: readonly (boolean | null)[]): boolean | null {
  if (matches.includes(false)) return false;
  return matches.includes(null) ? null : true;
}

const hexSha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function compareText({ history, open }: RecountInput, vote: VoteHistory): boolean | null {
  const published = entriesOf(history, 'resolution.publish').find(
    ({ body }) => body.resolutionId === vote.resolutionId,
  );
  if (!published) return null;
  const text = open(published.body.commitments.text);
  return text === ERASED ? null : hexSha256(text) === published.body.textSha256;
}

/** The vote was opened on its first roll, and every version is what its entry says. */
async function compareRolls(vote: VoteHistory, rowsOf: RowsOf): Promise<boolean | null> {
  const [first] = vote.rolls;
  if (!first || vote.opened?.body.rollRoot !== first.body.root) return false;
  const matches: (boolean | null)[] = [];
  for (const roll of vote.rolls) {
    const rows = await rowsOf(roll);
    matches.push(rows ? await compareRoll(roll, rows) : null);
  }
  return weakest(matches);
}

/** Root, number of rows and control totals as frozen. Rows are canonical, so their bytes can be made again. */
async function compareRoll({ body }: Recorded<'roll.freeze'>, rows: readonly RollRow[]): Promise<boolean> {
  const tree = createMerkleAccumulator(sha256);
  const encoder = new TextEncoder();
  const pause = createPacer();
  let unsecuredFen = 0n;
  let amountFen = 0n;
  let heads = 0;
  for (const row of rows) {
    tree.add(encoder.encode(canonicalText(row)));
    unsecuredFen += BigInt(row.unsecuredFen);
    amountFen += BigInt(row.amountFen);
    heads += Number(row.heads);
    await pause();
  }
  const { totals, root, rows: frozenRows } = body;
  const sum = (of: (group: (typeof totals)[number]) => string) =>
    totals.reduce((total, group) => total + BigInt(of(group)), 0n);
  return (
    toBase64(tree.root()) === root &&
    frozenRows === String(rows.length) &&
    sum((group) => group.heads) === BigInt(heads) &&
    sum((group) => group.amountFen) === amountFen &&
    sum((group) => group.unsecuredFen) === unsecuredFen
  );
}
