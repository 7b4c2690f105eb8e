/**
 * What a meeting's ledger tells, sorted for reading: minutes and review are made from it and from the
 * opened private values, and from nothing else (record.md 2). Unlike the folded state of a running meeting
 * it keeps every round and every entry; ballots are kept short, for there may be 50 000.
 */
import type { Entry, EntryBody, EntryType } from '../../../protocol/entries.ts';
import type { Channel } from '../../../protocol/entry-parts.ts';
import type { Choice } from '../../../protocol/scalars.ts';

/** An entry with the hash of its leaf, hexadecimal. */
export type Recorded<T extends EntryType = EntryType> = Entry<T> & { readonly leafHash: string };

/** A ballot as it was cast, whether or not it counts. */
export interface RecordedBallot {
  readonly seq: string;
  readonly ts: string;
  readonly leafHash: string;
  readonly unitId: string;
  readonly version: string;
  readonly choice: Choice;
  readonly channel: Channel;
  readonly receivedAt: string;
  readonly isSigned: boolean;
  /** By whom it was entered and confirmed, where it did not come online; few, so that they are kept. */
  readonly entered?: EnteredBy;
}

/** Who entered a ballot from its scan and who confirmed it, and when it is noted to have come. */
type EnteredBy = Pick<EnteredAuth, 'enteredBy' | 'confirmedBy' | 'statedReceivedAt'>;
type EnteredAuth = Extract<EntryBody<'ballot.cast'>['auth'], { readonly method: 'entered' }>;

/** One resolution in one round. */
export interface VoteHistory {
  readonly resolutionId: string;
  readonly round: string;
  /** The version in force: a correction replaces the one before. */
  roll: Recorded<'roll.freeze'> | null;
  /** All versions, oldest first. */
  readonly rolls: Recorded<'roll.freeze'>[];
  opened: Recorded<'ballot.open'> | null;
  readonly extensions: Recorded<'ballot.extend'>[];
  readonly interruptions: Recorded<'ballot.interrupt'>[];
  readonly resumptions: Recorded<'ballot.resume'>[];
  readonly ballots: RecordedBallot[];
  readonly voids: Recorded<'ballot.void'>[];
  closed: Recorded<'ballot.close'> | null;
  /** The last ones, and all of them, oldest first: each correction adds one. */
  tally: Recorded<'tally'> | null;
  verdict: Recorded<'verdict'> | null;
  readonly tallies: Recorded<'tally'>[];
  readonly verdicts: Recorded<'verdict'>[];
}

export interface MeetingHistory {
  convened: Recorded<'meeting.convene'> | null;
  /** Everything but ballots and heartbeats, in order. */
  readonly entries: Recorded[];
  /** In the order in which their rolls were frozen. */
  readonly votes: VoteHistory[];
  /** Number of entries in the ledger, ballots and heartbeats included. */
  size: number;
  last: { readonly seq: string; readonly ts: string; readonly leafHash: string } | null;
}

export function emptyHistory(): MeetingHistory {
  return { convened: null, entries: [], votes: [], size: 0, last: null };
}

/** Takes in the next entry of the ledger; `history` is changed in place. */
export function addToHistory(history: MeetingHistory, entry: Entry, leafHash: string): void {
  const recorded = { ...entry, leafHash } as Recorded;
  history.size += 1;
  history.last = { seq: entry.seq, ts: entry.ts, leafHash };
  if (recorded.t === 'ballot.cast') return addBallot(history, recorded);
  if (recorded.t === 'incident' && recorded.body.code === 'HEARTBEAT') return;
  history.entries.push(recorded);
  if (recorded.t === 'meeting.convene') history.convened = recorded;
  const add = voteSteps[recorded.t] as ((vote: VoteHistory, step: Recorded) => void) | undefined;
  if (!add) return;
  const { resolutionId, round } = recorded.body as { resolutionId: string; round: string };
  add(requireVote(history, resolutionId, round), recorded);
}

/** Entries of one type, in order. */
export function entriesOf<T extends EntryType>(history: MeetingHistory, t: T): Recorded<T>[] {
  return history.entries.filter((entry) => entry.t === t) as Recorded<T>[];
}

/** Creditors to whom a notice was delivered: as it was sent, or as far as deliveries were proved since. */
export function deliveredOf(history: MeetingHistory, notice: Recorded<'notice'>): string {
  const proofs = entriesOf(history, 'notice.delivery').filter(
    ({ body }) => body.noticeId === notice.body.noticeId,
  );
  return proofs.at(-1)?.body.delivered ?? notice.body.delivered;
}

/** Deadline in force: of the opening, the last extension or the last resumption; null before opening. */
export function deadlineOf(vote: VoteHistory): string | null {
  const moves = [...vote.extensions, ...vote.resumptions].sort((a, b) => Number(a.seq) - Number(b.seq));
  return moves.at(-1)?.body.closesAt ?? vote.opened?.body.closesAt ?? null;
}

type VoteSteps = { readonly [T in EntryType]?: (vote: VoteHistory, entry: Recorded<T>) => void };

const voteSteps: VoteSteps = {
  'roll.freeze': (vote, entry) => {
    vote.roll = entry;
    vote.rolls.push(entry);
  },
  'ballot.open': (vote, entry) => void (vote.opened = entry),
  'ballot.extend': (vote, entry) => void vote.extensions.push(entry),
  'ballot.interrupt': (vote, entry) => void vote.interruptions.push(entry),
  'ballot.resume': (vote, entry) => void vote.resumptions.push(entry),
  'ballot.void': (vote, entry) => void vote.voids.push(entry),
  'ballot.close': (vote, entry) => void (vote.closed = entry),
  tally: (vote, entry) => {
    vote.tally = entry;
    vote.tallies.push(entry);
  },
  verdict: (vote, entry) => {
    vote.verdict = entry;
    vote.verdicts.push(entry);
  },
};

function addBallot(history: MeetingHistory, entry: Recorded<'ballot.cast'>): void {
  const { ballot, auth, channel, receivedAt } = entry.body;
  requireVote(history, ballot.resolutionId, ballot.round).ballots.push({
    seq: entry.seq,
    ts: entry.ts,
    leafHash: entry.leafHash,
    unitId: ballot.unitId,
    version: ballot.version,
    choice: ballot.choice,
    channel,
    receivedAt,
    isSigned: auth.method === 'signed',
    ...(auth.method === 'entered' && { entered: enteredOf(auth) }),
  });
}

function enteredOf({ enteredBy, confirmedBy, statedReceivedAt }: EnteredAuth): EnteredBy {
  return { enteredBy, confirmedBy, ...(statedReceivedAt !== undefined && { statedReceivedAt }) };
}

function requireVote(history: MeetingHistory, resolutionId: string, round: string): VoteHistory {
  const known = history.votes.find((vote) => vote.resolutionId === resolutionId && vote.round === round);
  if (known) return known;
  const vote: VoteHistory = {
    resolutionId,
    round,
    roll: null,
    rolls: [],
    opened: null,
    extensions: [],
    interruptions: [],
    resumptions: [],
    ballots: [],
    voids: [],
    closed: null,
    tally: null,
    verdict: null,
    tallies: [],
    verdicts: [],
  };
  history.votes.push(vote);
  return vote;
}
