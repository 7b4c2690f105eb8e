/** Counts closed votes again from the ledger and the stored rolls, for the reviewer's checks. */
import { createHash } from 'node:crypto';
import {
  entriesOf,
  type MeetingHistory,
  type Recorded,
  type VoteHistory,
} from '../../domain/record/history/meeting-history.ts';
import { ERASED, type OpenPrivate } from '../../domain/history/names.ts';
import { judgeBallots, recountVoteSlices } from '../../domain/record/history/recount.ts';
import { toBase64 } from '../../domain/record/base64.ts';
import { canonicalText } from '../../domain/record/canonical.ts';
import { createMerkleAccumulator } from '../../domain/record/merkle.ts';
import type { CountedAgain } from '../../domain/review/vote-checks.ts';
import type { RollRow } from '../../protocol/roll.ts';
import { readRoll } from '../conduct/rooms.ts';
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
  const rows = await findRows(input, vote.roll);
  if (!rows) return { textMatches, rollMatches: null, tallyMatches: null, validBallots: 0, units: 0 };
  const counts: (boolean | null)[] = [];
  for (const tally of vote.tallies) counts.push(await compareCount(input, vote, tally));
  return {
    textMatches,
    rollMatches: await compareRolls(input, vote),
    tallyMatches: counts.length === 0 ? null : weakest(counts),
    validBallots: judgeBallots(vote, rows)?.valid.length ?? 0,
    units: rows.filter((row) => row.status !== 'excluded').length,
  };
}

/** One announced count against the same ballots counted here. */
async function compareCount(
  input: RecountInput,
  vote: VoteHistory,
  tally: Recorded<'tally'>,
): Promise<boolean | null> {
  const roll = vote.rolls.find(({ body }) => body.version === tally.body.rollVersion) ?? null;
  const rows = await findRows(input, roll);
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

/** Undefined when a chunk is missing: the roll then cannot be checked, and the record says so. */
async function findRows({ rolls, meetingId }: RecountInput, roll: Recorded<'roll.freeze'> | null) {
  if (!roll) return undefined;
  for (const { sha256: name } of roll.body.chunks) {
    if ((await rolls.findChunk(meetingId, name)) === undefined) return undefined;
  }
  return readRoll(rolls, meetingId, roll.body);
}

/** The vote was opened on its first roll, and every version is what its entry says. */
async function compareRolls(input: RecountInput, vote: VoteHistory): Promise<boolean | null> {
  const [first] = vote.rolls;
  if (!first || vote.opened?.body.rollRoot !== first.body.root) return false;
  const matches: (boolean | null)[] = [];
  for (const roll of vote.rolls) {
    const rows = await findRows(input, roll);
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
