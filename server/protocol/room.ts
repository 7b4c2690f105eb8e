/**
 * The room over the socket: requests with their acks, notifications, and the state that a client
 * holds. State is a flat map of slices per audience; a delta sets or deletes whole slices, and is
 * applied only when it continues the client's own `{epoch, rev}` (media.md, revision protocol).
 */
import { Type, type Static } from 'typebox';
import { KeyAlgorithm, PublicKey, Signature } from './entry-parts.ts';
import { ItemScope } from './rest/proxy-routes.ts';
import { MeetingPhase } from './room-slices.ts';
import { Choice, Count, Fen, Id, Instant, Sha256Hex, line, closed, nullable } from './scalars.ts';
import { voteRequests } from './vote/requests.ts';

/** The page of sign-in opens this long before the time convened. */
export const SIGN_IN_OPENS_BEFORE_MS = 2 * 3_600_000;

/** `public` is everyone admitted; `staff` adds names and queues; `host` adds the live tally. */
export const Audience = Type.Union([Type.Literal('public'), Type.Literal('staff'), Type.Literal('host')]);
export type Audience = Static<typeof Audience>;

// ---- what one person sees of their own --------------------------------------------------------------

export const ReceiptView = Type.Object({
  origin: Type.String(),
  /** Number of the entry in the meeting's ledger. */
  seq: Count,
  /** SHA-256 leaf hash of the entry, hexadecimal. */
  leafHash: Sha256Hex,
  /** Time of the entry. */
  ts: Instant,
  resolutionId: Id,
  round: Count,
  unitId: Id,
  /** Group in which the unit votes; `ALL` where the vote is not by classes. */
  group: Type.String(),
  choice: Choice,
  /** "0", or the number of the change. */
  version: Count,
  channel: Type.String(),
  /** By a device key; otherwise it rests on the sign-in alone. */
  isSigned: Type.Boolean(),
  /** What was recorded, in plain words (Chinese, as it stands in the minutes). */
  sentence: Type.String(),
  /** C2SP tlog-proof@v1 with the entry's bytes; in the answer to a ballot. */
  proof: Type.Optional(Type.String()),
});
export type ReceiptView = Static<typeof ReceiptView>;

/** A proxy as its holder sees it. */
export const ProxyTermsView = Type.Object({
  /** Items that it covers; null: nobody has reviewed the document yet, and the claims table names no items. */
  scope: nullable(ItemScope),
  expiresAt: nullable(Instant),
  /** To be carried by each ballot under it; null while no document is approved. */
  documentSha256: nullable(Sha256Hex),
});
export type ProxyTermsView = Static<typeof ProxyTermsView>;

/** A unit that this person may act for, as it counts in one resolution. */
export const UnitRight = Type.Object({
  unitId: Id,
  creditorId: Id,
  creditorName: Type.String(),
  capacityId: Id,
  capacityKind: Type.String(),
  /** Nature of the claims for display, e.g. `ORDINARY`. */
  natures: Type.Array(Type.String()),
  /** Group in which the unit votes; `ALL` where the vote is not by classes. A creditor may have several. */
  group: Type.String(),
  mayVote: Type.Boolean(),
  /** Why not: catalogue key below `noVote.`; null when the unit may vote. */
  reason: nullable(Type.String()),
  heads: Count,
  amountFen: Fen,
  /** The part that counts in the amount test (unsecured part under article 64). */
  countedFen: Fen,
  isTemporary: Type.Boolean(),
  /** Of the ballot in force in this round. */
  receipt: nullable(ReceiptView),
  /** A cast ballot may still be changed: the vote allows it and is open. */
  mayChange: Type.Boolean(),
  /** Consent of an earlier round that counts as long as nothing is cast in this one (E28). */
  carriedChoice: nullable(Choice),
  /** Receipts of the unit's ballots in earlier rounds, oldest first. */
  earlierReceipts: Type.Array(ReceiptView),
  /** Set where the person acts under a proxy. */
  proxy: Type.Optional(ProxyTermsView),
});
export type UnitRight = Static<typeof UnitRight>;

/** Rights of one vote, for some of the units. */
export interface UnitRights {
  readonly resolutionId: string;
  readonly rights: readonly UnitRight[];
}

/** What was recorded, and what this device may do with the unit from now on: see `state:units`. */
export const BallotReply = Type.Interface([ReceiptView], { rights: Type.Array(UnitRight) });
export type BallotReply = Static<typeof BallotReply>;

export const CapacityView = Type.Object({
  capacityId: Id,
  creditorId: Id,
  creditorName: Type.String(),
  kind: Type.String(),
  signedInAt: nullable(Instant),
  proxy: Type.Optional(ProxyTermsView),
});
export type CapacityView = Static<typeof CapacityView>;

export const PersonalState = Type.Object({
  personId: Id,
  roles: Type.Array(Type.String()),
  isHost: Type.Boolean(),
  capacities: Type.Array(CapacityView),
  /** Rights per resolution id. Only a resolution that is open or closed has frozen amounts. */
  rights: Type.Record(Type.String(), Type.Array(UnitRight)),
  /** Position in the speakers' queue, from 1; null when no hand is raised. */
  handPosition: nullable(Type.Integer()),
  floor: Type.Union([Type.Literal('none'), Type.Literal('offered'), Type.Literal('speaking')]),
  /** True when the floor is held by this very connection. */
  isSpeakingHere: Type.Boolean(),
  /** Sources that this connection may produce now. */
  maySend: Type.Array(Type.String()),
  peerId: Id,
});
export type PersonalState = Static<typeof PersonalState>;

export const Snapshot = Type.Object({
  audience: Audience,
  epoch: Type.String(),
  rev: Type.Integer(),
  state: Type.Record(Type.String(), Type.Unknown()),
});
export type Snapshot = Static<typeof Snapshot>;

export const Delta = Type.Object({
  audience: Audience,
  epoch: Type.String(),
  /** The revision after this delta; it applies to `rev - 1`. */
  rev: Type.Integer(),
  ops: Type.Array(
    Type.Union([
      Type.Object({ op: Type.Literal('set'), key: Type.String(), value: Type.Unknown() }),
      Type.Object({ op: Type.Literal('delete'), key: Type.String() }),
    ]),
  ),
});
export type Delta = Static<typeof Delta>;

// ---- the ballot -------------------------------------------------------------------------------------

/** What the voter sends; record.md 9. Field for field what stands in the entry. */
export const BallotBody = Type.Object(
  {
    v: Type.Literal('1'),
    origin: line(128),
    resolutionId: Id,
    round: Count,
    rollRoot: line(64),
    unitId: Id,
    choice: Choice,
    /** "0" first; the next one where the vote allows changes, and then `supersedes` names the one before. */
    version: Count,
    supersedes: Type.Optional(Count),
    /** Capacity in which the person acts. */
    actingAs: Id,
    /** SHA-256 of the approved document of the proxy under which the person acts. */
    proxyDocHash: Type.Optional(Sha256Hex),
    documentsRoot: line(64),
    /** 128 random bits of the device, base64url; the same for every repetition of this request. */
    nonce: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }),
    clientTs: Instant,
  },
  closed,
);
export type BallotBody = Static<typeof BallotBody>;

/** The device's signature over `"creditors-meeting/ballot/v1\n" || JCS(ballot)`, by a key bound before. */
export const BallotSignature = Type.Object({ keyId: Id, signature: Signature }, closed);
export type BallotSignature = Static<typeof BallotSignature>;

// ---- requests ---------------------------------------------------------------------------------------

const Done = Type.Object({}, closed);
const reason = line(500);

/**
 * Socket requests. The client emits `(name, payload, ack)`; the ack is `Ack<reply>`. A host's command
 * carries what the host saw (`expected…`) and is refused with STALE_COMMAND when that has changed.
 */
export const roomRequests = {
  /** `lastCheckpoint`: the newest signed checkpoint that this client has seen; the record must continue it. */
  'room:join': {
    request: Type.Object(
      { meetingId: Id, lastCheckpoint: Type.Optional(Type.String({ maxLength: 16_384 })) },
      closed,
    ),
    reply: Type.Object({ snapshots: Type.Array(Snapshot), personal: PersonalState, serverTime: Instant }),
  },
  /** Missed deltas of one audience, or a snapshot when they are no longer kept. */
  'room:sync': {
    request: Type.Object(
      { audience: Audience, epoch: Type.String({ maxLength: 40 }), rev: Type.Integer() },
      closed,
    ),
    reply: Type.Object({
      deltas: nullable(Type.Array(Delta)),
      snapshot: nullable(Snapshot),
      serverTime: Instant,
    }),
  },
  'room:leave': { request: Done, reply: Done },
  /** Signs in (签到) for the capacities named; an entry in the ledger for each. */
  'presence:sign-in': {
    request: Type.Object({ capacityIds: Type.Array(Id, { minItems: 1, maxItems: 500 }) }, closed),
    reply: Type.Object({ signedInAt: Instant }),
  },
  'meeting:begin': { request: Type.Object({ expectedPhase: MeetingPhase }, closed), reply: Done },
  'meeting:adjourn': { request: Type.Object({ expectedPhase: MeetingPhase }, closed), reply: Done },
  'meeting:resume': { request: Type.Object({ expectedPhase: MeetingPhase }, closed), reply: Done },
  'meeting:close': { request: Type.Object({ expectedPhase: MeetingPhase }, closed), reply: Done },
  'host:take': { request: Type.Object({ expectedHost: Id, reason }, closed), reply: Done },
  'agenda:move': {
    request: Type.Object({ toItemId: Id, expectedItemId: nullable(Id) }, closed),
    reply: Done,
  },
  'floor:raise': {
    request: Type.Object({ capacityId: Id }, closed),
    reply: Type.Object({ position: Type.Integer() }),
  },
  'floor:lower': { request: Done, reply: Done },
  'floor:offer': { request: Type.Object({ personId: Id }, closed), reply: Done },
  'floor:accept': { request: Done, reply: Done },
  'floor:decline': { request: Done, reply: Done },
  /** By the speaker. */
  'floor:end': { request: Done, reply: Done },
  /** By the host or the judge: the server closes the speaker's producers. Also takes back an offer. */
  'floor:withdraw': { request: Type.Object({ expectedPersonId: Id }, closed), reply: Done },
  ...voteRequests,
  /**
   * Binds a key of this device to the person for this meeting; again with the same key: the same answer.
   * `proof` is the key's own signature over `"creditors-meeting/key/v1\n" || JCS({origin, personId, alg,
   * publicKey})`. From the first one on, ballots of this person must be signed.
   */
  'key:bind': {
    request: Type.Object({ alg: KeyAlgorithm, publicKey: PublicKey, proof: Signature }, closed),
    reply: Type.Object({ keyId: Id, seq: Count }),
  },
  'ballot:cast': {
    request: Type.Object({ ballot: BallotBody, auth: Type.Optional(BallotSignature) }, closed),
    reply: BallotReply,
  },
} as const;

export type RoomRequestName = keyof typeof roomRequests;
export type RoomRequest<N extends RoomRequestName> = Static<(typeof roomRequests)[N]['request']>;
export type RoomReply<N extends RoomRequestName> = Static<(typeof roomRequests)[N]['reply']>;

/** Sent by the server, without ack. */
export interface RoomNotifications {
  'state:delta': Delta;
  /** Whole personal state, to every socket of the person. */
  'state:personal': PersonalState;
  /**
   * Rights for units for which something was cast, not by a request of this device; they take the place of those
   * with the same capacity and unit.
   */
  'state:units': UnitRights;
  /** The server is going down in order; the client reconnects by itself. */
  'server:stopping': { readonly reconnectAfterMs: number };
  /** The record is not what was signed: nothing is written to this meeting any more. The socket stays for the next. */
  'meeting:halted': Readonly<Record<string, never>>;
  /** The meeting whose record was halted goes on under a new origin; `GET …/continuation` says where. */
  'meeting:continued': Readonly<Record<string, never>>;
  /** Why this socket is about to be closed. */
  'session:ended': { readonly code: 'SESSION_REVOKED' | 'NOT_ON_THE_CASE' };
}
