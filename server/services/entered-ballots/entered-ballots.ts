/**
 * Ballots that are not cast online (domain.md E11, E12): one member of the administrator's staff enters, another
 * confirms, and only then something is appended to the ledger. Everything before that lies in a collection of its
 * own and survives a restart; every step may be repeated after a lost answer.
 */
import {
  judgeConfirmation,
  type EnteredBallot,
  type Reading,
} from '../../domain/entered-ballots/entered-ballot.ts';
import { chinaDate } from '../../domain/china-calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import type { EnteredBallotView, EnteredChannel } from '../../protocol/rest/entered-ballot-routes.ts';
import type { ChoiceRead } from '../../protocol/scalars.ts';
import type { Clock, Ids } from '../clock.ts';
import type { ConductData } from '../conduct/conduct-data.ts';
import { ADMINISTRATOR_ROLES, type MeetingGate, type Visit } from '../meeting-gate.ts';
import type { AuditTrail } from '../ports/audit-port.ts';
import type { EnteredBallotStore } from '../ports/entered-ballot-port.ts';
import type { MessengerByChannel } from '../ports/messenger-port.ts';
import type { Session } from '../session.ts';
import { readersOf, toEntryView } from './entry-views.ts';
import { settleEntry } from './settle-entry.ts';
import { tellCreditor } from './tell-creditor.ts';

export interface EnteredBallotsDeps {
  readonly gate: MeetingGate;
  readonly store: EnteredBallotStore;
  readonly data: ConductData;
  readonly messenger: MessengerByChannel;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: { error(object: object, message: string): void };
}

export interface EntryRef {
  readonly meetingId: string;
  readonly entryId: string;
}

export interface NewEntered {
  readonly meetingId: string;
  readonly resolutionId: string;
  readonly unitId: string;
  readonly choice: ChoiceRead;
  readonly channel: EnteredChannel;
  readonly statedReceivedAt: string;
  readonly scanSha256: string;
}

export type EnteredBallots = ReturnType<typeof createEnteredBallots>;

export function createEnteredBallots(deps: EnteredBallotsDeps) {
  return { ...createReadings(deps), ...createAmending(deps) };
}

/** The two readings. */
function createReadings(deps: EnteredBallotsDeps) {
  const { gate, store, clock } = deps;
  return {
    async enter(session: Session, request: NewEntered): Promise<EnteredBallotView> {
      const visit = await gate.enter(session, request.meetingId, ADMINISTRATOR_ROLES);
      const entry = await newEntry(deps, visit, request);
      if (!(await store.create(entry))) throw new DomainError('ENTRY_PENDING');
      await audit(deps, visit, ['entered-ballot.enter', entry]);
      return viewOf(deps, visit, entry);
    },

    /** The second person. Readings that differ go back with both; equal ones are recorded, or kept as void. */
    async confirm(session: Session, ref: EntryRef, choice: ChoiceRead): Promise<EnteredBallotView> {
      const visit = await gate.enter(session, ref.meetingId, ADMINISTRATOR_ROLES);
      const confirmedAt = nowOf(clock);
      const entry = await requireEntry(store, ref);
      const verdict = judgeConfirmation(entry, { personId: session.personId, choice });
      if (verdict.kind === 'refuse') throw refuse(verdict);
      // A repeated confirmation is still the one that was given first.
      const second = entry.second
        ? { ...entry.second, at: confirmedAt }
        : readingOf(visit, choice, confirmedAt);
      if (verdict.kind === 'differ') {
        const differences = [...entry.differences, { first: entry.first, second }];
        const returned = await put(store, { ...entry, state: 'differs', differences });
        await audit(deps, visit, ['entered-ballot.differ', returned]);
        return viewOf(deps, visit, returned);
      }
      const agreed = await put(store, { ...entry, state: 'confirming', second });
      const settled = await settleEntry(deps, visit.room, agreed);
      await audit(deps, visit, ['entered-ballot.confirm', settled]);
      return viewOf(deps, visit, await tellCreditor(deps, visit.room, settled));
    },
  };
}

/** What else happens to an entry. */
function createAmending(deps: EnteredBallotsDeps) {
  const { gate, store, clock } = deps;
  return {
    /** After a difference: entered anew, by whoever has looked at the paper again, and confirmed anew. */
    async correct(
      session: Session,
      ref: EntryRef,
      next: Pick<NewEntered, 'choice' | 'channel' | 'statedReceivedAt'>,
    ): Promise<EnteredBallotView> {
      const visit = await gate.enter(session, ref.meetingId, ADMINISTRATOR_ROLES);
      const entry = await requireEntry(store, ref);
      if (entry.state !== 'differs') throw new DomainError('ENTRY_STATE', { params: { state: entry.state } });
      requireStatedTime(next.statedReceivedAt, clock, visit.room);
      const { choice, channel, statedReceivedAt } = next;
      const first = readingOf(visit, choice, nowOf(clock));
      const corrected = await put(store, {
        ...entry,
        state: 'waiting',
        first,
        second: null,
        channel,
        statedReceivedAt,
      });
      await audit(deps, visit, ['entered-ballot.correct', corrected]);
      return viewOf(deps, visit, corrected);
    },

    async withdraw(session: Session, ref: EntryRef, reason: string): Promise<EnteredBallotView> {
      const visit = await gate.enter(session, ref.meetingId, ADMINISTRATOR_ROLES);
      const entry = await requireEntry(store, ref);
      // One that is `confirming` may stand in the ledger already.
      if (entry.state !== 'waiting' && entry.state !== 'differs') {
        throw new DomainError('ENTRY_STATE', { params: { state: entry.state } });
      }
      const withdrawn = { personId: session.personId, at: nowOf(clock), reason };
      const ended = await put(store, { ...entry, state: 'withdrawn', withdrawn });
      await audit(deps, visit, ['entered-ballot.withdraw', ended]);
      return viewOf(deps, visit, ended);
    },

    async tell(session: Session, ref: EntryRef): Promise<EnteredBallotView> {
      const visit = await gate.enter(session, ref.meetingId, ADMINISTRATOR_ROLES);
      const entry = await requireEntry(store, ref);
      if (!entry.outcome) throw new DomainError('ENTRY_STATE', { params: { state: entry.state } });
      return viewOf(deps, visit, await tellCreditor(deps, visit.room, entry));
    },
  };
}

async function requireEntry(
  store: EnteredBallotStore,
  { meetingId, entryId }: EntryRef,
): Promise<EnteredBallot> {
  const entry = await store.find(meetingId, entryId);
  if (!entry) throw new DomainError('NOT_FOUND');
  return entry;
}

async function newEntry(
  { store, clock, ids }: EnteredBallotsDeps,
  { room, access }: Visit,
  request: NewEntered,
): Promise<EnteredBallot> {
  const { meetingId, resolutionId, unitId, choice, channel, statedReceivedAt, scanSha256 } = request;
  const resolution = room.state.resolutions.get(resolutionId);
  if (!resolution) throw new DomainError('RESOLUTION_UNKNOWN');
  if (resolution.status !== 'open') {
    throw new DomainError('RESOLUTION_NOT_OPEN', { params: { status: resolution.status } });
  }
  const closesAt = resolution.closesAt ?? '';
  const receivedAt = nowOf(clock);
  if (receivedAt > closesAt) throw new DomainError('BALLOT_TOO_LATE', { params: { receivedAt, closesAt } });
  const unit = room.rollOf(resolutionId)?.units.get(unitId);
  if (!unit) throw new DomainError('UNIT_NOT_ON_ROLL', { params: { reason: 'NOT_ON_ROLL' } });
  requireStatedTime(statedReceivedAt, clock, room);
  if (!(await store.findScans(meetingId, [scanSha256])).has(scanSha256))
    throw new DomainError('SCAN_UNKNOWN');
  return {
    entryId: ids.next(),
    caseId: room.facts.case.caseId,
    meetingId,
    resolutionId,
    round: resolution.round,
    unitId,
    creditorId: unit.creditorId,
    channel,
    statedReceivedAt,
    scanSha256,
    nonce: Buffer.from(ids.bytes(16)).toString('base64url'),
    state: 'waiting',
    first: { personId: access.personId, role: access.role, choice, at: receivedAt },
    second: null,
    differences: [],
    outcome: null,
    withdrawn: null,
    told: null,
    objectUntil: null,
    objection: null,
    revision: 0,
  };
}

/**
 * What is stated cannot lie ahead of now, a minute left for clocks that differ, nor before the court accepted the
 * case: until then there were no creditors to vote (art. 59).
 */
function requireStatedTime(statedReceivedAt: string, clock: Clock, { facts }: Visit['room']): void {
  const statedMs = Date.parse(statedReceivedAt);
  const { acceptedOn } = facts.case;
  if (statedMs > clock.now() + 60_000 || chinaDate(statedMs) < acceptedOn)
    throw new DomainError('STATED_TIME_INVALID', { params: { acceptedOn } });
}

/** @throws DomainError STALE_COMMAND when somebody else was faster */
export async function put(store: EnteredBallotStore, entry: EnteredBallot): Promise<EnteredBallot> {
  if (!(await store.save(entry)))
    throw new DomainError('STALE_COMMAND', { params: { field: 'entry', actual: '' } });
  return { ...entry, revision: entry.revision + 1 };
}

async function viewOf(deps: EnteredBallotsDeps, { room, access }: Visit, entry: EnteredBallot) {
  const [scans, people] = await Promise.all([
    deps.store.findScans(room.meetingId, [entry.scanSha256]),
    readersOf(deps.data, [entry]),
  ]);
  return toEntryView(entry, { room, scans, people, viewerId: access.personId });
}

/** The choice stays out of the trail: whoever reads it must not learn the first reading. */
async function audit(
  deps: EnteredBallotsDeps,
  { access }: Visit,
  [action, entry]: readonly [string, EnteredBallot],
) {
  const { entryId, caseId, meetingId, resolutionId, round, unitId, channel, scanSha256, state } = entry;
  await deps.audit.append({
    at: new Date(deps.clock.now()),
    actor: access.personId,
    action,
    subject: `case:${caseId}`,
    after: { entryId, meetingId, resolutionId, round, unitId, channel, scanSha256, state },
    ...(entry.withdrawn && { reason: entry.withdrawn.reason }),
  });
}

function readingOf({ access }: Visit, choice: ChoiceRead, at: string): Reading {
  return { personId: access.personId, role: access.role, choice, at };
}

const nowOf = (clock: Clock) => new Date(clock.now()).toISOString();

function refuse({
  code,
  params,
}: {
  code: DomainError['code'];
  params?: DomainError['params'];
}): DomainError {
  return new DomainError(code, params ? { params } : {});
}
