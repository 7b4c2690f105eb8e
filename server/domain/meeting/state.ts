/**
 * The meeting as its ledger tells it: a fold over the entries, nothing else (design.md "Two kinds of
 * data"). It holds no personal data, for the entries hold none; names are added where it is shown.
 * The objects are changed in place by `applyEntry`: a fold over 50 000 ballots must not copy maps.
 */
import type { EntryBody, EntryType } from '../../protocol/entries.ts';
import type { Channel, CapacityKind } from '../../protocol/entry-parts.ts';
import type { Static } from 'typebox';
import type { MeetingPhase, ResolutionStatus } from '../../protocol/room-slices.ts';
import type { Choice, Role } from '../../protocol/scalars.ts';

export interface MeetingState {
  convened: EntryBody<'meeting.convene'> | null;
  origin: string;
  phase: MeetingPhase;
  /** When it was closed; null until then. */
  endedAt: string | null;
  currentItemId: string | null;
  /** Items that the meeting has been at. */
  readonly visitedItemIds: Set<string>;
  host: { readonly personId: string; readonly role: Role; readonly since: string } | null;
  readonly documents: Map<string, EntryBody<'doc.publish'>>;
  /** In the order in which they were published. */
  readonly resolutions: Map<string, ResolutionState>;
  /** Sign-ins by `<personId>/<capacityId or 'staff'>`. */
  readonly signIns: Map<string, SignIn>;
  /** When each creditor first signed in by itself, and first by staff. */
  readonly firstSignIns: Map<string, { readonly self: SignIn | null; readonly staff: SignIn | null }>;
  /** Creditors with at least one sign-in → the first one. */
  readonly presentCreditors: Map<string, SignIn>;
  /** Device keys bound in this meeting, by id. */
  readonly keys: Map<string, BoundKey>;
  /** How many keys a person has bound; nobody stands here with none. */
  readonly keyCounts: Map<string, number>;
  /** Creditors of whom the own side, not a proxy, has signed in. */
  readonly ownPresence: Set<string>;
  /** Objections to claims (核查债权), in the order in which they were filed. */
  readonly objections: Map<string, ObjectionState>;
  /** Creditors that said they had no objection, and have filed none since. */
  readonly withoutObjection: Map<string, Stamped<'objection'>>;
  /** Number of the last entry about an objection. */
  lastObjectionSeq: string | null;
  floor: Floor;
  /** Raised hands in order. */
  readonly hands: Hand[];
  /** Decisions of the court, applications to it and lots, oldest first. */
  readonly rulings: Stamped<'ruling'>[];
  /** Notices that were sent, oldest first. */
  readonly notices: Stamped<'notice'>[];
  /** Seals of the minutes, oldest first. */
  readonly seals: Stamped<'minutes.seal'>[];
  /** Changes of what people sign in with, each by its cause and whom it concerned (`credentialKey`). */
  readonly credentialResets: Set<string>;
  /** Receipts from the record that this one goes on from, by the leaf hash of the lost ballot. */
  readonly evidence: Map<string, LateEvidence>;
  /** Deliveries that are proved: notice → creditor → the earliest. */
  readonly deliveries: Map<string, Map<string, ProvedDelivery>>;
  /** Wall and monotonic clock came apart during a vote, and the host has not confirmed the time since. */
  isClockSuspect: boolean;
  /** The last ones, oldest first; heartbeats are left out. */
  readonly incidents: { readonly ts: string; readonly code: string }[];
  /** Time of the last entry, of whatever kind; shows when the server was alive. */
  lastTs: string;
  /** Time of the last entry before the present writer took over; empty for the first writer. */
  previousWriterTs: string;
  /** Number of entries folded. */
  size: number;
}

/** An entry `evidence`: who handed in which lost ballot's receipt. */
export interface LateEvidence {
  readonly seq: string;
  readonly ts: string;
  /** Number of the ballot in the record that was lost. */
  readonly lostSeq: string;
  readonly personId: string;
}

export interface SignIn {
  readonly personId: string;
  readonly capacityId: string | null;
  readonly capacity: Static<typeof CapacityKind> | null;
  readonly creditorId: string | null;
  readonly channel: Channel;
  readonly isEnteredByStaff: boolean;
  readonly ts: string;
  readonly seq: string;
}

/** A device key and the number of the entry that bound it. */
export type BoundKey = EntryBody<'key.bind'> & { readonly seq: string };

/** An objection to a row of the claims table, with the administrator's last answer. */
export interface ObjectionState {
  readonly filed: Stamped<'objection'>;
  answer: Stamped<'objection'> | null;
  withdrawn: Stamped<'objection'> | null;
}

export interface Hand {
  readonly personId: string;
  readonly capacityId: string | null;
  readonly raisedAt: string;
}

export type Floor =
  | { readonly state: 'free' }
  | {
      readonly state: 'offered' | 'speaking';
      readonly personId: string;
      readonly capacityId: string | null;
      readonly since: string;
    };

export interface ProvedDelivery {
  readonly proof: EntryBody<'notice.delivery'>['proof'];
  /** Calendar date in China. */
  readonly deliveredOn: string;
  readonly ts: string;
  readonly seq: string;
}

/** A body with the place of its entry. */
export interface Stamped<T extends EntryType> {
  readonly body: EntryBody<T>;
  readonly ts: string;
  readonly seq: string;
}

/** One move of a deadline, with the commitments to its reason and to the court's number. */
export interface DeadlineMove {
  readonly kind: 'extension' | 'resumption';
  readonly from: string;
  readonly to: string;
  readonly at: string;
  readonly reason: string;
  readonly consent: string;
}

/** One vote on a resolution: what belongs to a round and ends with it. */
export interface VoteRound {
  round: string;
  /** Version in force. */
  roll: EntryBody<'roll.freeze'> | null;
  /** All versions, oldest first. */
  rolls: Stamped<'roll.freeze'>[];
  opened: Stamped<'ballot.open'> | null;
  /** Deadline in force: of the opening, the last extension or resumption. */
  closesAt: string | null;
  extensions: DeadlineMove[];
  interrupted: EntryBody<'ballot.interrupt'> | null;
  /** Ballots in force by unit. */
  ballots: Map<string, CastBallot>;
  /** Ballots that staff entered and that do not count, by their nonce. */
  voided: Map<string, VoidBallot>;
  /** Units with a 无效票 and when: present by it; counts while there is no valid ballot (E7). */
  invalid: Map<string, Pick<VoidBallot, 'seq' | 'ts'>>;
  /** Ballots that lost their effect by `ballot.void`, by unit. */
  voids: Map<string, CastBallot>;
  closed: Stamped<'ballot.close'> | null;
  /** How many ballots were void at the last verdict. */
  countedVoids: number;
  /** Of the last count. */
  tally: EntryBody<'tally'> | null;
  verdict: AnnouncedVerdict | null;
  /** All verdicts, oldest first; each correction adds one. */
  verdicts: AnnouncedVerdict[];
}

export interface AnnouncedVerdict extends Stamped<'verdict'> {
  /** Version of the roll that was counted on. */
  readonly rollVersion: string;
}

/** A resolution in its present round, with the rounds before it. */
export interface ResolutionState extends VoteRound {
  readonly published: EntryBody<'resolution.publish'>;
  readonly publishedAt: string;
  status: ResolutionStatus;
  /** Oldest first, aborted ones among them. */
  readonly earlierRounds: VoteRound[];
}

export interface VoidBallot {
  readonly seq: string;
  readonly ts: string;
  readonly cause: EntryBody<'ballot.void'>['cause'];
}

export interface CastBallot {
  readonly seq: string;
  /** Hexadecimal SHA-256 leaf hash of the entry. */
  readonly leafHash: string;
  readonly ts: string;
  /** "0", or the number of the change. */
  readonly version: string;
  readonly choice: Choice;
  readonly channel: Channel;
  readonly receivedAt: string;
  readonly isSigned: boolean;
  readonly personId: string | null;
  /** What makes a repeated request the same one; the other fields are the vote's own constants. */
  readonly nonce: string;
  readonly clientTs: string;
  readonly actingAs: string;
  /** The version that this one took the place of. */
  readonly previous: CastBallot | null;
}

export function emptyMeetingState(): MeetingState {
  return {
    convened: null,
    origin: '',
    phase: 'published',
    endedAt: null,
    currentItemId: null,
    visitedItemIds: new Set(),
    host: null,
    documents: new Map(),
    resolutions: new Map(),
    signIns: new Map(),
    firstSignIns: new Map(),
    presentCreditors: new Map(),
    objections: new Map(),
    withoutObjection: new Map(),
    lastObjectionSeq: null,
    keys: new Map(),
    keyCounts: new Map(),
    ownPresence: new Set(),
    floor: { state: 'free' },
    hands: [],
    rulings: [],
    notices: [],
    seals: [],
    credentialResets: new Set(),
    evidence: new Map(),
    deliveries: new Map(),
    isClockSuspect: false,
    incidents: [],
    lastTs: '',
    previousWriterTs: '',
    size: 0,
  };
}
