/**
 * REST table of ballots on paper, by mail, SMS, e-mail or on site: entered by one member of the administrator's
 * staff with the scan, confirmed by another; and what the creditor reads of them.
 */
import { Type, type Static } from 'typebox';
import type { RestRoute } from './rest.ts';
import {
  ChoiceRead,
  closed,
  Count,
  Fen,
  Id,
  Instant,
  line,
  nullable,
  PageQuery,
  pageOf,
  Sha256Hex,
} from '../scalars.ts';

/** A scan or photograph. */
export const SCAN_MAX_BYTES = 10 * 1024 * 1024;

export const EnteredChannel = Type.Union([
  Type.Literal('paper'),
  Type.Literal('mail'),
  Type.Literal('sms'),
  Type.Literal('email'),
  Type.Literal('on-site'),
]);
export type EnteredChannel = Static<typeof EnteredChannel>;

/**
 * `waiting` for the second person; `confirming` both agree and the ledger's answer was not seen; `differs` back to
 * the first person; `recorded` a ballot; `void` kept without effect; `withdrawn` before it became anything.
 */
export const EnteredBallotState = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('confirming'),
  Type.Literal('differs'),
  Type.Literal('recorded'),
  Type.Literal('void'),
  Type.Literal('withdrawn'),
]);
export type EnteredBallotState = Static<typeof EnteredBallotState>;

const scanType = Type.Union([
  Type.Literal('application/pdf'),
  Type.Literal('image/jpeg'),
  Type.Literal('image/png'),
]);
export const ScanView = Type.Object({ sha256: Sha256Hex, mediaType: scanType, sizeBytes: Type.Integer() });
export type ScanView = Static<typeof ScanView>;

const objection = Type.Object({ at: Instant, text: Type.String() });

export const EnteredBallotView = Type.Object({
  entryId: Id,
  resolutionId: Id,
  resolutionTitle: Type.String(),
  round: Count,
  unitId: Id,
  /** Enterprises in full, individuals masked. */
  creditorName: Type.String(),
  mobileMasked: Type.String(),
  /** On the roll. */
  amountFen: Fen,
  /** What it votes with: without the secured part where the vote measures unsecured claims. */
  countedFen: Fen,
  channel: Type.String(),
  statedReceivedAt: Instant,
  scan: ScanView,
  state: EnteredBallotState,
  /** 管理人 张×× */
  enteredBy: Type.String(),
  enteredAt: Instant,
  isOwnEntry: Type.Boolean(),
  secondBy: nullable(Type.String()),
  secondAt: nullable(Instant),
  /** Withheld (null) from everybody but who entered it until the second person has read it too. */
  choice: nullable(ChoiceRead),
  secondChoice: nullable(ChoiceRead),
  /** Deadline of the vote; what is confirmed later does not count. */
  closesAt: nullable(Instant),
  isVoteOpen: Type.Boolean(),
  outcome: nullable(
    Type.Object({ kind: Type.String(), seq: Count, ts: Instant, reason: nullable(Type.String()) }),
  ),
  withdrawnReason: nullable(Type.String()),
  /** `reaches`: by a provider; otherwise the message lies in the outbox and reaches nobody. */
  told: nullable(Type.Object({ at: Instant, isSent: Type.Boolean(), reaches: Type.Boolean() })),
  objectUntil: nullable(Instant),
  objection: nullable(objection),
});
export type EnteredBallotView = Static<typeof EnteredBallotView>;

/** A unit of an open vote, to be found by name, telephone or the end of its paper's number. */
export const VotingUnitRow = Type.Object({
  unitId: Id,
  creditorName: Type.String(),
  idMasked: Type.String(),
  mobileMasked: Type.String(),
  group: Type.String(),
  /** On the roll. */
  amountFen: Fen,
  /** What it votes with: without the secured part where the vote measures unsecured claims. */
  countedFen: Fen,
  /** The ballot that is recorded already. */
  ballot: nullable(Type.Object({ channel: Type.String(), ts: Instant, seq: Count })),
  /** It is being entered already. */
  isPending: Type.Boolean(),
});
export type VotingUnitRow = Static<typeof VotingUnitRow>;

/** What the creditor reads of a ballot that staff entered. */
export const OwnEnteredBallot = Type.Object({
  entryId: Id,
  resolutionId: Id,
  resolutionTitle: Type.String(),
  unitId: Id,
  creditorName: Type.String(),
  channel: Type.String(),
  statedReceivedAt: Instant,
  choice: ChoiceRead,
  counts: Type.Boolean(),
  /** Why it does not count. */
  reason: nullable(Type.String()),
  seq: Count,
  recordedAt: Instant,
  objectUntil: Instant,
  mayObject: Type.Boolean(),
  objection: nullable(objection),
});
export type OwnEnteredBallot = Static<typeof OwnEnteredBallot>;

const meetingParams = Type.Object({ meetingId: Id }, closed);
const entryParams = Type.Object({ meetingId: Id, entryId: Id }, closed);

export const enteredBallotRoutes = {
  uploadScan: {
    method: 'POST',
    path: '/api/meetings/:meetingId/scans',
    summary: 'Keep the scan or photograph of a ballot (PDF, JPEG or PNG, judged by its content)',
    params: meetingParams,
    uploadMaxBytes: SCAN_MAX_BYTES,
    reply: ScanView,
  },
  readScan: {
    method: 'GET',
    path: '/api/meetings/:meetingId/scans/:sha256',
    summary: 'The scan of a ballot; staff of the meeting only',
    params: Type.Object({ meetingId: Id, sha256: Sha256Hex }, closed),
  },
  votingUnits: {
    method: 'GET',
    path: '/api/meetings/:meetingId/resolutions/:resolutionId/units',
    summary: 'Units on the frozen roll with what is recorded of them; administrator only',
    params: Type.Object({ meetingId: Id, resolutionId: Id }, closed),
    query: Type.Object({ ...PageQuery, search: Type.Optional(line(50)) }, closed),
    reply: pageOf(VotingUnitRow),
  },
  enteredBallots: {
    method: 'GET',
    path: '/api/meetings/:meetingId/entered-ballots',
    summary: 'Ballots entered by staff, newest first',
    params: meetingParams,
    query: Type.Object(
      {
        ...PageQuery,
        resolutionId: Type.Optional(Id),
        state: Type.Optional(
          Type.Union([Type.Literal('todo'), Type.Literal('done'), Type.Literal('objected')]),
        ),
      },
      closed,
    ),
    reply: pageOf(EnteredBallotView),
  },
  enteredBallot: {
    method: 'GET',
    path: '/api/meetings/:meetingId/entered-ballots/:entryId',
    summary: 'One ballot entered by staff',
    params: entryParams,
    reply: EnteredBallotView,
  },
  enterBallot: {
    method: 'POST',
    path: '/api/meetings/:meetingId/entered-ballots',
    summary: 'Enter a ballot that was not cast online; it counts once another person has confirmed it',
    params: meetingParams,
    body: Type.Object(
      {
        resolutionId: Id,
        unitId: Id,
        choice: ChoiceRead,
        channel: EnteredChannel,
        statedReceivedAt: Instant,
        scanSha256: Sha256Hex,
      },
      closed,
    ),
    reply: EnteredBallotView,
  },
  confirmEnteredBallot: {
    method: 'POST',
    path: '/api/meetings/:meetingId/entered-ballots/:entryId/confirm',
    summary: 'Read the scan as the second person and enter the choice again; equal readings are recorded',
    params: entryParams,
    body: Type.Object({ choice: ChoiceRead }, closed),
    reply: EnteredBallotView,
  },
  correctEnteredBallot: {
    method: 'POST',
    path: '/api/meetings/:meetingId/entered-ballots/:entryId/correct',
    summary: 'Enter it again after the two readings differed',
    params: entryParams,
    body: Type.Object({ choice: ChoiceRead, channel: EnteredChannel, statedReceivedAt: Instant }, closed),
    reply: EnteredBallotView,
  },
  withdrawEnteredBallot: {
    method: 'POST',
    path: '/api/meetings/:meetingId/entered-ballots/:entryId/withdraw',
    summary: 'Take back an entry that has not become a ballot',
    params: entryParams,
    body: Type.Object({ reason: line(200, 2) }, closed),
    reply: EnteredBallotView,
  },
  tellEnteredBallot: {
    method: 'POST',
    path: '/api/meetings/:meetingId/entered-ballots/:entryId/tell',
    summary: 'Send the creditor the message about what was entered again',
    params: entryParams,
    reply: EnteredBallotView,
  },
  ownEnteredBallots: {
    method: 'GET',
    path: '/api/meetings/:meetingId/own-entered-ballots',
    summary: 'What staff entered for the creditors in whose name the person acts',
    params: meetingParams,
    reply: Type.Object({ rows: Type.Array(OwnEnteredBallot) }),
  },
  objectToEnteredBallot: {
    method: 'POST',
    path: '/api/meetings/:meetingId/entered-ballots/:entryId/objection',
    summary: 'Object, as the creditor, to what staff entered',
    params: entryParams,
    body: Type.Object({ text: line(1000, 2) }, closed),
    reply: OwnEnteredBallot,
  },
} as const satisfies Record<string, RestRoute>;
