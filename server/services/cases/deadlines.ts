/**
 * The time limits of a case (企业破产法 arts. 62-66, 79, 84, 86; 司法解释三 arts. 8, 11, 12, 15), computed afresh from
 * the case's dates and the ledgers of its meetings whenever somebody looks.
 */
import { chinaDate, isCalendarDate } from '../../domain/china-calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import { EBL_2006_V1 } from '../../domain/rules/ebl-2006-v1.ts';
import { deadlinesOf } from '../../domain/timers/deadlines.ts';
import { meetingFactsOf } from '../../domain/timers/meeting-facts.ts';
import type { WorkCalendar } from '../../domain/timers/working-days.ts';
import type { CaseDates, DeadlinesView } from '../../protocol/rest/deadline-routes.ts';
import { ADMINISTRATORS, requireCaseRole, requireOneOf } from '../case-access.ts';
import type { Clock } from '../clock.ts';
import type { Rooms } from '../conduct/rooms.ts';
import type { AuditTrail } from '../ports/audit-port.ts';
import type { CaseRecord, CaseStore, MeetingStore } from '../ports/master-data-ports.ts';
import type { Session } from '../session.ts';
import { requireCase } from './require-case.ts';

export interface CaseDeadlinesDeps {
  readonly cases: CaseStore;
  readonly meetings: Pick<MeetingStore, 'listOfCases'>;
  readonly rooms: Pick<Rooms, 'read'>;
  readonly calendar: WorkCalendar;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export interface DatesInput {
  readonly caseId: string;
  readonly dates: CaseDates;
  /** What they rest on, e.g. the number of the announcement. */
  readonly reason: string;
}

export interface CaseDeadlines {
  get(session: Session, caseId: string): Promise<DeadlinesView>;
  /** @throws DomainError INVALID_REQUEST naming a date that does not exist */
  changeDates(session: Session, input: DatesInput): Promise<DeadlinesView>;
}

const NO_DATES: CaseDates = {
  claimsPeriodEndsOn: null,
  planReceivedOn: null,
  isPlanPeriodExtended: false,
  disposals: [],
};

export function createCaseDeadlines(deps: CaseDeadlinesDeps): CaseDeadlines {
  return {
    async get(session, caseId) {
      const record = await requireCase(deps.cases, caseId);
      const role = requireCaseRole(record, session);
      return viewOf(deps, record, ADMINISTRATORS.includes(role));
    },
    async changeDates(session, { caseId, dates, reason }) {
      const record = await requireCase(deps.cases, caseId);
      requireOneOf(record, session, ADMINISTRATORS);
      requireDates(dates, record.acceptedOn, chinaDate(deps.clock.now()));
      await deps.cases.changeDates(caseId, dates);
      await deps.audit.append({
        at: new Date(deps.clock.now()),
        actor: session.personId,
        action: 'case.dates',
        subject: `case:${caseId}`,
        reason,
        before: { ...NO_DATES, ...record.dates },
        after: { ...dates },
      });
      return viewOf(deps, { ...record, dates }, true);
    },
  };
}

/** Days that exist, not before the acceptance; of a report, not in the future: it is said to have been made. */
function requireDates(dates: CaseDates, acceptedOn: string, today: string): void {
  const { claimsPeriodEndsOn, planReceivedOn, disposals } = dates;
  const check = (place: string, date: string | null, latest = '9999-12-31') => {
    if (date === null) return;
    if (isCalendarDate(date) && date >= acceptedOn && date <= latest) return;
    throw new DomainError('INVALID_REQUEST', { detail: `body/dates/${place}` });
  };
  check('claimsPeriodEndsOn', claimsPeriodEndsOn);
  check('planReceivedOn', planReceivedOn);
  for (const [index, { plannedOn, reportedOn }] of disposals.entries()) {
    check(`disposals/${index}/plannedOn`, plannedOn);
    check(`disposals/${index}/reportedOn`, reportedOn, today);
  }
}

async function viewOf(
  deps: CaseDeadlinesDeps,
  record: CaseRecord,
  mayChange: boolean,
): Promise<DeadlinesView> {
  const { caseId, procedure, acceptedOn } = record;
  // What was entered before there were disposals has none.
  const dates: CaseDates = { ...NO_DATES, ...record.dates };
  const meetings = await deps.meetings.listOfCases([caseId]);
  const published = meetings
    .filter(({ status }) => status === 'published')
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  const facts = [];
  for (const meeting of published) {
    const { state } = await deps.rooms.read(meeting.meetingId);
    facts.push(meetingFactsOf(meeting, state));
  }
  const today = chinaDate(deps.clock.now());
  return {
    today,
    dates,
    mayChange,
    deadlines: deadlinesOf(
      { procedure, acceptedOn, ...dates, meetings: facts },
      { ruleSet: EBL_2006_V1, calendar: deps.calendar, today },
    ),
  };
}
