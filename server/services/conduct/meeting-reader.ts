/** Meetings as people read them over HTTP: link page, list, the meeting itself, roster, roll preview. */
import { DomainError } from '../../domain/errors.ts';
import { emptyMeetingState, type MeetingState as Folded } from '../../domain/meeting/state.ts';
import type {
  MeetingListRow,
  MeetingState,
  MeetingView,
  PublicMeetingView,
} from '../../protocol/rest/meeting-routes.ts';
import type { Clock } from '../clock.ts';
import { unlessRolledBack } from '../ledger/rolled-back.ts';
import type { LedgerHalt } from '../ledger-port.ts';
import type { AuditTrail } from '../ports/audit-port.ts';
import type { MeetingReader } from '../meetings/meeting-reader-port.ts';
import type { Session } from '../session.ts';
import type { ConductData, MeetingFacts } from './conduct-data.ts';
import { isStaff, type AccessReader, type MeetingAccess } from './meeting-access.ts';
import { createDeskReading } from './reading/desk-reader.ts';
import { pageOf } from './reading/page-of.ts';
import type { MeetingRoom } from './meeting-room.ts';
import { allRights, capacityViews } from './rights.ts';
import type { Rooms } from './rooms.ts';
import { findOpen } from '../../protocol/resolution-types.ts';
import { SIGN_IN_OPENS_BEFORE_MS } from '../../protocol/room.ts';
import { agendaSlice, attendanceSlice } from './slices.ts';
import { electionSlices } from './vote/election-slices.ts';
import { resolutionSlice, type SliceContext } from './vote/vote-slices.ts';

export interface MeetingReaderDeps {
  readonly data: ConductData;
  readonly rooms: Rooms;
  readonly accessOf: AccessReader;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  /** Why the meeting's record is not written any more; undefined for all others. */
  readonly haltOf: (meetingId: string) => Promise<LedgerHalt | undefined>;
  /** Persons with an open socket in the meeting. */
  readonly isOnline: (meetingId: string, personId: string) => boolean;
}

/** The votes of a meeting as everybody admitted reads them. */
export function voteViews(context: SliceContext) {
  const { state, facts } = context;
  const titles = new Map(facts.meeting.resolutions.map(({ resolutionId, title }) => [resolutionId, title]));
  return {
    resolutions: [...state.resolutions.values()].map((resolution) => resolutionSlice(resolution, context)),
    elections: electionSlices(state, (resolutionId) => titles.get(resolutionId) ?? ''),
  };
}

/** Reads for people; each entry point decides access anew. */
export function createMeetingReader(deps: MeetingReaderDeps): MeetingReader {
  const gate = createGate(deps);
  return { ...createPersonalReading(deps, gate), ...createDeskReading(deps, gate) };
}

export type Gate = ReturnType<typeof createGate>;

/** Who may read what, and the state in which a meeting is listed. */
function createGate({ data, rooms, accessOf, clock, haltOf }: MeetingReaderDeps) {
  async function enter(
    session: Session,
    meetingId: string,
  ): Promise<{ facts: MeetingFacts; access: MeetingAccess }> {
    const facts = await data.findMeeting(meetingId);
    if (!facts) throw new DomainError('NOT_FOUND');
    const access = await accessOf(session, facts);
    const isPreparing = access.role === 'administrator-lead' || access.role === 'administrator-staff';
    if (facts.meeting.status !== 'published' && !isPreparing) throw new DomainError('NOT_FOUND');
    return { facts, access };
  }

  async function requireStaffRoom(session: Session, meetingId: string): Promise<MeetingRoom> {
    const { access } = await enter(session, meetingId);
    if (!isStaff(access.role)) throw new DomainError('FORBIDDEN');
    return rooms.open(meetingId);
  }

  async function requireHostRoom(session: Session, meetingId: string): Promise<MeetingRoom> {
    const room = await requireStaffRoom(session, meetingId);
    if (room.state.host?.personId !== session.personId) throw new DomainError('NOT_HOST');
    return room;
  }

  async function stateOf(facts: MeetingFacts): Promise<{ state: MeetingState; closesAt: string | null }> {
    if (facts.meeting.status === 'draft') return { state: 'draft', closesAt: null };
    const { meetingId } = facts.meeting;
    const { state, room } = await rooms.read(meetingId);
    // An open room writes its record: only one that is not open may be halted.
    if (room === undefined && (await haltOf(meetingId))) return HALTED;
    return describe(state, facts, clock.now());
  }

  async function listRow(facts: MeetingFacts, myRole: string): Promise<MeetingListRow> {
    const { state, closesAt } = await stateOf(facts);
    return { ...publicFields(facts, state, closesAt), caseId: facts.case.caseId, myRole };
  }

  return { enter, requireStaffRoom, requireHostRoom, stateOf, listRow };
}

/** What creditors, team and reviewers read of meetings. */
function createPersonalReading(
  { data, rooms, accessOf }: MeetingReaderDeps,
  { enter, stateOf, listRow }: Gate,
): Pick<MeetingReader, 'publicView' | 'listFor' | 'view'> {
  return {
    /** @throws DomainError NOT_FOUND also for a draft: a link to it is not yet given out */
    async publicView(linkCode) {
      const facts = await data.findMeetingByLink(linkCode);
      if (!facts || facts.meeting.status !== 'published') throw new DomainError('NOT_FOUND');
      const { state, closesAt } = await stateOf(facts);
      return publicFields(facts, state, closesAt);
    },

    async listFor(session, query) {
      const own = await data.meetingsOfPerson(session.personId);
      const ofProvince =
        session.roles.includes('reviewer') && session.province !== null
          ? await data.meetingsOfProvince(session.province)
          : [];
      const known = new Map([...own, ...ofProvince].map((facts) => [facts.meeting.meetingId, facts]));
      const visible: { facts: MeetingFacts; role: string }[] = [];
      for (const facts of known.values()) {
        if (query.caseId !== undefined && facts.case.caseId !== query.caseId) continue;
        const access = await accessOf(session, facts).catch(() => undefined);
        const isPreparing = access?.role.startsWith('administrator') ?? false;
        if (access && (facts.meeting.status === 'published' || isPreparing))
          visible.push({ facts, role: access.role });
      }
      visible.sort((a, b) => b.facts.meeting.startsAt.getTime() - a.facts.meeting.startsAt.getTime());
      const slice = pageOf(visible, query);
      const rows = await Promise.all(slice.rows.map(({ facts, role }) => listRow(facts, role)));
      return { ...slice, rows };
    },

    async view(session, meetingId) {
      const { facts, access } = await enter(session, meetingId);
      const { meeting } = facts;
      if (meeting.status === 'draft') return draftView(facts, await listRow(facts, access.role));
      const { state, room, textOf } = await rooms.read(meetingId);
      // A creditor's rights need rolls and claims: those of the open room.
      const needsRoom = access.role !== 'reviewer' && !room;
      const open = needsRoom ? await unlessRolledBack(rooms.open(meetingId)) : room;
      const online = 0;
      return {
        ...(await listRow(facts, access.role)),
        status: meeting.status,
        phase: state.phase,
        hostPersonId: state.host?.personId ?? meeting.hostPersonId,
        agenda: agendaSlice(state, facts).items,
        currentItemId: state.currentItemId,
        ...voteViews({ state, facts, textOf }),
        capacities: open ? capacityViews(open, access) : [],
        rights: open ? allRights(open, access) : {},
        attendance: attendanceSlice(state, open?.amounts ?? new Map(), online),
        signInOpensAt: new Date(meeting.startsAt.getTime() - SIGN_IN_OPENS_BEFORE_MS).toISOString(),
      };
    },
  };
}

/** A rolled-back record says nothing of the present any more. */
export const HALTED = { state: 'halted', closesAt: null } as const;

/** 未开始 / 签到中 / 进行中 / 休会 / 表决中 / 债权核查中 / 已结束, from what has happened and the time. */
export function describe(
  state: Folded,
  facts: MeetingFacts,
  nowMs: number,
): { state: MeetingState; closesAt: string | null } {
  const open = findOpen(
    [...state.resolutions.values()]
      .filter(({ status }) => status === 'open')
      .map(({ published, closesAt }) => ({ type: published.type, closesAt })),
  );
  const closesAt = open?.closesAt ?? null;
  if (open) return { state: state.phase === 'closed' ? `${open.state}-after` : open.state, closesAt };
  if (state.phase === 'closed') return { state: 'closed', closesAt };
  if (state.phase === 'adjourned') return { state: 'adjourned', closesAt };
  if (state.phase === 'in-progress') return { state: 'in-progress', closesAt };
  const isSigningIn = nowMs >= facts.meeting.startsAt.getTime() - SIGN_IN_OPENS_BEFORE_MS;
  return { state: isSigningIn ? 'signing-in' : 'not-started', closesAt };
}

export function publicFields(
  facts: MeetingFacts,
  state: MeetingState,
  closesAt: string | null,
): PublicMeetingView {
  const { meeting, case: bankruptcyCase } = facts;
  return {
    meetingId: meeting.meetingId,
    linkCode: meeting.linkCode,
    title: meeting.title,
    caseNumber: bankruptcyCase.caseNumber,
    debtor: bankruptcyCase.debtor,
    court: bankruptcyCase.court,
    startsAt: meeting.startsAt.toISOString(),
    state,
    votingClosesAt: closesAt,
    helpPhone: bankruptcyCase.helpPhone,
    isDemonstration: bankruptcyCase.isDemonstration,
  };
}

/** A draft has no ledger: nobody is present and nothing is put to the vote. */
function draftView(facts: MeetingFacts, row: MeetingListRow): MeetingView {
  const { meeting } = facts;
  return {
    ...row,
    status: 'draft',
    phase: 'published',
    hostPersonId: meeting.hostPersonId,
    agenda: agendaSlice(emptyMeetingState(), facts).items,
    currentItemId: null,
    resolutions: [],
    elections: [],
    capacities: [],
    rights: {},
    attendance: { dueUnits: 0, signedInUnits: 0, signedInFen: '0', dueFen: '0', online: 0 },
    signInOpensAt: new Date(meeting.startsAt.getTime() - SIGN_IN_OPENS_BEFORE_MS).toISOString(),
  };
}
