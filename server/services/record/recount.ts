/** Counts closed votes again from the ledger and the stored rolls, for the reviewer's checks. */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  entriesOf,
  type MeetingHistory,
  type VoteHistory,
} from '../../domain/record/history/meeting-history.ts';
import { ERASED, type OpenPrivate } from '../../domain/history/names.ts';
import { judgeBallots, recountVote } from '../../domain/record/history/recount.ts';
import { toBase64 } from '../../domain/record/base64.ts';
import { canonicalText } from '../../domain/record/canonical.ts';
import { createMerkleAccumulator } from '../../domain/record/merkle.ts';
import type { CountedAgain } from '../../domain/review/vote-checks.ts';
import type { RollRow } from '../../protocol/roll.ts';
import { readRoll } from '../conduct/rooms.ts';
import type { RollStore } from '../ledger-port.ts';
import { sha256 } from '../record-crypto.ts';

/** Rows hashed before other work gets its turn; about 10 ms. */
const SLICE_ROWS = 250;

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
  const { history } = input;
  const textMatches = compareText(input, vote);
  const rows = await findRows(input, vote);
  if (!rows) return { textMatches, rollMatches: null, tallyMatches: null, validBallots: 0, units: 0 };
  const tally = recountVote(history, vote, { rows });
  const announced = vote.verdict?.body.tallySha256;
  const tallyMatches =
    tally === undefined || announced === undefined
      ? null
      : hexSha256(canonicalText(tally)) === announced && vote.tally?.body.sha256 === announced;
  return {
    textMatches,
    rollMatches: await compareRoll(vote, rows),
    tallyMatches,
    validBallots: judgeBallots(vote, rows)?.valid.length ?? 0,
    units: rows.filter((row) => row.status !== 'excluded').length,
  };
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
async function findRows({ rolls, meetingId }: RecountInput, vote: VoteHistory) {
  if (!vote.roll) return undefined;
  for (const { sha256: name } of vote.roll.body.chunks) {
    if ((await rolls.findChunk(meetingId, name)) === undefined) return undefined;
  }
  return readRoll(rolls, meetingId, vote.roll.body);
}

/** Root, number of rows and control totals as frozen. Rows are canonical, so their bytes can be made again. */
async function compareRoll({ roll, opened }: VoteHistory, rows: readonly RollRow[]): Promise<boolean> {
  if (!roll || !opened) return false;
  const tree = createMerkleAccumulator(sha256);
  const encoder = new TextEncoder();
  let unsecuredFen = 0n;
  let heads = 0;
  for (const [index, row] of rows.entries()) {
    tree.add(encoder.encode(canonicalText(row)));
    unsecuredFen += BigInt(row.unsecuredFen);
    heads += Number(row.heads);
    if (index % SLICE_ROWS === 0) await nextTurn();
  }
  const { totals, root, rows: frozenRows } = roll.body;
  return (
    toBase64(tree.root()) === root &&
    opened.body.rollRoot === root &&
    frozenRows === String(rows.length) &&
    totals.reduce((sum, group) => sum + Number(group.heads), 0) === heads &&
    totals.reduce((sum, group) => sum + BigInt(group.unsecuredFen), 0n) === unsecuredFen
  );
}
