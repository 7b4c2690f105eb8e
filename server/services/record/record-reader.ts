/**
 * The record of a meeting as its ledger tells it: the timeline with the checks of the law for the reviewer,
 * and the minutes. Both read the ledger, `ledger_private` and the frozen rolls, and nothing else; the master
 * data only decides who may read.
 */
import { chinaDate } from '../../domain/china-calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import { attendanceFigures } from '../../domain/record/history/attendance.ts';
import { entriesOf, type MeetingHistory } from '../../domain/record/history/meeting-history.ts';
import type { OpenPrivate } from '../../domain/history/names.ts';
import type { MeetingState } from '../../domain/meeting/state.ts';
import { buildMinutes } from '../../domain/minutes/build-minutes.ts';
import { lawChecks } from '../../domain/review/law-checks.ts';
import { timelineOf } from '../../domain/review/timeline.ts';
import { meetingDeadlinesOf, type Calendars } from '../../domain/timers/deadlines.ts';
import { meetingFactsOf } from '../../domain/timers/meeting-facts.ts';
import type { RecordState } from '../../protocol/record-state.ts';
import type { LawCheck, RecordView } from '../../protocol/rest/meeting-routes.ts';
import type { Clock } from '../clock.ts';
import type { ConductData, MeetingFacts } from '../conduct/conduct-data.ts';
import { isStaff, type AccessReader, type MeetingAccess } from '../conduct/meeting-access.ts';
import { describe, HALTED, publicFields, voteViews } from '../conduct/meeting-reader.ts';
import type { Rooms } from '../conduct/rooms.ts';
import { documentViews } from '../conduct/reading/document-views.ts';
import { rulingViews } from '../conduct/vote/vote-slices.ts';
import type { LedgerHalt, LedgerStore, RollStore } from '../ledger-port.ts';
import type { RecordReader } from '../meetings/meeting-reader-port.ts';
import type { MinutesRenderer } from '../ports/minutes-renderer-port.ts';
import type { Session } from '../session.ts';
import { openPrivates, readHistory } from './read-history.ts';
import { countAgain } from './recount.ts';

export interface RecordReaderDeps {
  readonly data: ConductData;
  readonly rooms: Rooms;
  readonly ledgers: LedgerStore;
  readonly rolls: RollStore;
  readonly accessOf: AccessReader;
  readonly clock: Clock;
  readonly calendars: Calendars;
  /** Why the meeting's record is not written any more; undefined for all others. */
  readonly haltOf: (meetingId: string) => Promise<LedgerHalt | undefined>;
  readonly renderer: MinutesRenderer;
  readonly stateOf: (meetingId: string) => Promise<RecordState>;
}

export function createRecordReader(deps: RecordReaderDeps): RecordReader {
  const { rooms, ledgers, clock, renderer } = deps;

  /** @throws DomainError NOT_FOUND for a draft, which has no ledger */
  async function enter(session: Session, meetingId: string): Promise<Entered> {
    const facts = await deps.data.findMeeting(meetingId);
    if (!facts) throw new DomainError('NOT_FOUND');
    const access = await deps.accessOf(session, facts);
    if (facts.meeting.status !== 'published') throw new DomainError('NOT_FOUND');
    return { facts, access };
  }

  async function load(meetingId: string): Promise<Loaded> {
    const history = await readHistory(ledgers, meetingId);
    // Published a moment ago: the first entry is not there yet.
    if (!history.convened) throw new DomainError('NOT_FOUND');
    return { history, open: await openPrivates(ledgers, meetingId, history) };
  }

  return {
    async record(session, meetingId) {
      const { facts, access } = await enter(session, meetingId);
      if (!isStaff(access.role) && access.role !== 'reviewer') throw new DomainError('FORBIDDEN');
      const { history, open } = await load(meetingId);
      const { state, textOf } = await rooms.read(meetingId);
      const nowMs = clock.now();
      const described = (await deps.haltOf(meetingId)) ? HALTED : describe(state, facts, nowMs);
      return {
        meeting: {
          ...publicFields(facts, described.state, described.closesAt),
          caseId: facts.case.caseId,
          myRole: access.role,
        },
        entries: history.size,
        timeline: timelineOf(history, open),
        checks: await checksOf(deps, { facts, state, history, open }),
        ...voteViews({ state, facts, textOf }),
        rulings: rulingViews({ state, textOf }),
        attendance: attendanceOf(history),
        documents: documentViews([...state.documents.keys()], facts.documents),
        state: await deps.stateOf(meetingId),
      };
    },

    async state(session, meetingId) {
      const { access } = await enter(session, meetingId);
      if (!isStaff(access.role) && access.role !== 'reviewer') throw new DomainError('FORBIDDEN');
      return deps.stateOf(meetingId);
    },

    async minutes(session, meetingId, format) {
      const { facts, access } = await enter(session, meetingId);
      const { history, open } = await load(meetingId);
      requireMinutes(access, history);
      const attested = await deps.stateOf(meetingId);
      const content = buildMinutes({ history, open, masked: !isStaff(access.role), attested });
      const bytes = await renderer.render(content, format);
      return { bytes, fileName: fileNameOf(facts, format) };
    },
  };
}

interface Entered {
  readonly facts: MeetingFacts;
  readonly access: MeetingAccess;
}

interface Checked extends Loaded {
  readonly facts: MeetingFacts;
  readonly state: MeetingState;
}

interface Loaded {
  readonly history: MeetingHistory;
  readonly open: OpenPrivate;
}

/** The record held against the law, with its counts made again and its time limits as of today. */
async function checksOf(
  { rolls, calendars, clock }: RecordReaderDeps,
  { facts, state, history, open }: Checked,
): Promise<LawCheck[]> {
  const countedAgain = await countAgain({ rolls, meetingId: facts.meeting.meetingId, history, open });
  const titles = new Map(
    entriesOf(history, 'resolution.publish').map(({ body }) => [
      body.resolutionId,
      open(body.commitments.title),
    ]),
  );
  const deadlines = meetingDeadlinesOf(meetingFactsOf(facts.meeting, state), {
    ...calendars,
    today: chinaDate(clock.now()),
  });
  return lawChecks({
    history,
    titleOf: (resolutionId) => titles.get(resolutionId) ?? '',
    countedAgain,
    deadlines,
  });
}

/**
 * Staff and the reviewer read the draft too. A creditor reads what was resolved (司法解释三 art. 10) once the
 * meeting is over, with the names of people masked.
 * @throws DomainError FORBIDDEN, MEETING_STATE
 */
function requireMinutes({ role }: MeetingAccess, history: MeetingHistory): void {
  if (isStaff(role) || role === 'reviewer') return;
  if (role !== 'creditor') throw new DomainError('FORBIDDEN');
  const isClosed = entriesOf(history, 'agenda.move').some(({ body }) => body.move === 'close');
  if (!isClosed) throw new DomainError('MEETING_STATE');
}

function attendanceOf(history: MeetingHistory): RecordView['attendance'] {
  const { due, present } = attendanceFigures(history);
  return {
    dueUnits: due.heads,
    dueFen: String(due.fen),
    signedInUnits: present.heads,
    signedInFen: String(present.fen),
    online: 0,
  };
}

/** `会议笔录-（2026）浙01破12号-第一次债权人会议-2026-11-22.pdf`; what file systems refuse is left out. */
function fileNameOf({ meeting, case: bankruptcyCase }: MeetingFacts, format: string): string {
  const day = chinaDate(meeting.startsAt.getTime());
  const name = `会议笔录-${bankruptcyCase.caseNumber}-${meeting.title}-${day}`;
  return `${name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '')}.${format}`;
}
