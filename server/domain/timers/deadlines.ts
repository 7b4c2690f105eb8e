/**
 * Every time limit of a case in one place: 企业破产法 arts. 62(1), 63, 64(2), 66, 79, 84(1), 86(2); 司法解释三
 * arts. 8, 11(1), 12, 15. The numbers are the rule set's (`timersDays`, `timersMonths`), the counting is
 * `periods.ts`. A limit that has not begun is listed with what it waits for. It does not decide what follows
 * when one is missed.
 */
import type { Deadline, DeadlineKind, Disposal } from '../../protocol/rest/deadline-routes.ts';
import type { EntryBody } from '../../protocol/entries.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { afterDays, afterMonths, beforeDays, type PeriodEnd } from './periods.ts';
import type { WorkCalendar } from './working-days.ts';

export type MeetingMode = EntryBody<'meeting.convene'>['mode'];

/** What the limits count from. Dates are calendar dates in China; null: has not happened, or is not known. */
export interface CaseFacts {
  readonly procedure: 'liquidation' | 'reorganisation' | 'settlement';
  readonly acceptedOn: string;
  readonly claimsPeriodEndsOn: string | null;
  /** The court received the draft plan. */
  readonly planReceivedOn: string | null;
  /** The court extended the time for the draft by three months (art. 79(2)). */
  readonly isPlanPeriodExtended: boolean;
  /** Disposals of major property (art. 69). */
  readonly disposals: readonly Disposal[];
  readonly meetings: readonly MeetingFacts[];
}

export interface MeetingFacts {
  readonly meetingId: string;
  readonly title: string;
  readonly startsOn: string;
  /** A meeting that is only planned for a day was not held on it. */
  readonly hasBegun: boolean;
  /** How it was convened to be held and voted in. */
  readonly mode: MeetingMode;
  /** The first convening notice went out; that a meeting can be seen by who looks for it tells nobody. */
  readonly noticeSentOn: string | null;
  readonly votes: readonly VoteFacts[];
}

export interface VoteFacts {
  readonly resolutionId: string;
  readonly title: string;
  readonly type: string;
  /** Number of the vote in the ledger, of the first and of the one that follows it (arts. 65(2), 87(1)). */
  readonly round: string;
  /** The end of voting; of a verification, of the time for objections. */
  readonly closedOn: string | null;
  /** The end of the vote that passed it. */
  readonly passedOn: string | null;
  /** Oldest first: the count at the end of the vote, and each correction. */
  readonly counts: readonly CountFacts[];
  /** By the last count no resolution was made, so that there is none to revoke (art. 64(2)). */
  readonly isRejected: boolean;
  /** The court's ruling under art. 65. */
  readonly ruledOn: string | null;
  /** Approval of the plan that passed was applied for. */
  readonly appliedOn: string | null;
}

export interface CountFacts {
  /** "0", or the number of the correction. */
  readonly revision: string;
  /** The end of the vote; of a correction, the day on which it was announced. */
  readonly foundOn: string | null;
  /** The notice that tells this count, or a correction of it. */
  readonly notice: ResultNotice | null;
}

export interface ResultNotice {
  readonly sentOn: string;
  readonly recipients: number;
  readonly delivered: number;
  /** The day on which the last of them so far got it by proof; null while nobody has. */
  readonly lastDeliveredOn: string | null;
}

/** The lengths of the limits, and the days on which they may end. */
export interface Calendars {
  readonly ruleSet: RuleSet;
  readonly calendar: WorkCalendar;
}

export interface Clockwork extends Calendars {
  /** Calendar date in China. */
  readonly today: string;
}

interface Limit {
  readonly kind: DeadlineKind;
  readonly article: string;
  /** Absent: that of its kind. */
  readonly act?: Deadline['act'];
  readonly about?: string;
  readonly meeting?: MeetingFacts;
  readonly vote?: VoteFacts;
  /** Absent where it is not of one count of the vote. */
  readonly revision?: string;
  /** The day it counts from; null while it has not begun. */
  readonly from: string | null;
  readonly end: PeriodEnd | null;
  readonly metOn: string | null;
  /** A right that ends, not a duty that is missed. */
  readonly isRight?: boolean;
  /** It has not begun for everybody: it is not over on the day that is shown. */
  readonly runsOn?: boolean;
  readonly delivery?: ResultNotice | null;
}

/** The limits of a case, in the order of the law: the case's, then each meeting's with its votes. */
export function deadlinesOf(facts: CaseFacts, clockwork: Clockwork): Deadline[] {
  return [
    ...caseLimits(facts, clockwork).map((limit) => toDeadline(limit, clockwork)),
    ...facts.meetings.flatMap((meeting) => meetingDeadlinesOf(meeting, clockwork)),
  ];
}

/** Those of one meeting: its notice, then each of its votes. */
export function meetingDeadlinesOf(meeting: MeetingFacts, clockwork: Clockwork): Deadline[] {
  return [
    noticeLimit(meeting, clockwork),
    ...meeting.votes.flatMap((vote) => voteLimits({ meeting, vote }, clockwork)),
  ].map((limit) => toDeadline(limit, clockwork));
}

export interface Resolved {
  readonly mode: MeetingMode;
  /** The day of the resolution, or on which a correction of it was announced. */
  readonly foundOn: string | null;
  /** The creditor's receipt of the notice. */
  readonly receivedOn: string | null;
}

/**
 * Art. 64(2): the 15 days for asking the court to revoke run from the resolution. 司法解释三 art. 12: where the vote
 * was taken otherwise than on site they run for each creditor from the receipt of the notice; a meeting that was
 * held both ways took it so too.
 */
export function revocationFrom({ mode, foundOn, receivedOn }: Resolved): string | null {
  return mode === 'on-site' ? foundOn : receivedOn;
}

/** Null while the 15 days have not begun. */
export function revocationEnds(resolved: Resolved, { ruleSet, calendar }: Calendars): PeriodEnd | null {
  return endOf(revocationFrom(resolved), ruleSet.timersDays.revocation, calendar);
}

/** Art. 66: reconsideration of a ruling under art. 65 within 15 days. */
export function reconsiderationEnds(ruledOn: string, { ruleSet, calendar }: Calendars): PeriodEnd {
  return afterDays(ruledOn, ruleSet.timersDays.reconsideration, calendar);
}

/** 司法解释三 art. 11(1): the result is told within three days after the end of the vote. */
export function resultNoticeEnds(closedOn: string, { ruleSet, calendar }: Calendars): PeriodEnd {
  return afterDays(closedOn, ruleSet.timersDays.resultNotice, calendar);
}

function caseLimits(facts: CaseFacts, clockwork: Clockwork): Limit[] {
  const { ruleSet, calendar } = clockwork;
  const { timersDays: days, timersMonths: months } = ruleSet;
  const { claimsPeriodEndsOn, planReceivedOn } = facts;
  const held = facts.meetings.filter(({ hasBegun }) => hasBegun);
  const first = held.map(({ startsOn }) => startsOn).sort()[0] ?? null;
  const limits: Limit[] = [
    {
      kind: 'FIRST_MEETING',
      article: '62(1)',
      from: claimsPeriodEndsOn,
      end: endOf(claimsPeriodEndsOn, days.firstMeetingAfterClaims, calendar),
      metOn: first,
    },
    ...facts.disposals.map((disposal) => disposalLimit(disposal, clockwork)),
  ];
  if (facts.procedure !== 'reorganisation') return limits;
  const draftMonths = months.planDraft + (facts.isPlanPeriodExtended ? months.planDraftExtension : 0);
  const planMeeting = held.find(
    ({ startsOn, votes }) =>
      planReceivedOn !== null && startsOn >= planReceivedOn && votes.some(({ type }) => type === 'R06'),
  );
  return [
    ...limits,
    {
      kind: 'PLAN_DRAFT',
      article: '79',
      from: facts.acceptedOn,
      end: afterMonths(facts.acceptedOn, draftMonths, calendar),
      metOn: planReceivedOn,
    },
    {
      kind: 'PLAN_MEETING',
      article: '84(1)',
      from: planReceivedOn,
      end: endOf(planReceivedOn, days.planMeeting, calendar),
      metOn: planMeeting?.startsOn ?? null,
    },
  ];
}

/** 司法解释三 art. 15: the committee or the court has the report ten days before the property is disposed of. */
function disposalLimit({ what, plannedOn, reportedOn }: Disposal, { ruleSet }: Clockwork): Limit {
  return {
    kind: 'DISPOSAL_REPORT',
    article: '15',
    about: what,
    from: plannedOn,
    end: beforeDays(plannedOn, ruleSet.timersDays.committeeReportBeforeDisposal),
    metOn: reportedOn,
  };
}

/** Null while it has not begun. */
function endOf(from: string | null, days: number, calendar: WorkCalendar): PeriodEnd | null {
  return from === null ? null : afterDays(from, days, calendar);
}

function noticeLimit(meeting: MeetingFacts, { ruleSet }: Clockwork): Limit {
  return {
    kind: 'CONVENING_NOTICE',
    article: '63',
    meeting,
    from: meeting.startsOn,
    end: beforeDays(meeting.startsOn, ruleSet.timersDays.noticeBefore),
    metOn: meeting.noticeSentOn,
  };
}

interface OfMeeting {
  readonly meeting: MeetingFacts;
  readonly vote: VoteFacts;
}

function voteLimits(of: OfMeeting, clockwork: Clockwork): Limit[] {
  const { vote } = of;
  const { timersDays: days } = clockwork.ruleSet;
  if (vote.type === 'R01') {
    const period = periodOf(vote.closedOn, days.claimSuit, clockwork);
    return [{ ...of, kind: 'CLAIM_SUIT', article: '8', ...period, isRight: true }];
  }
  // A committee's decision and a proposal of creditors are no resolutions of the meeting.
  if (vote.type === 'R12' || vote.type === 'R13') return courtLimits(of, clockwork);
  return [
    ...vote.counts.map(({ revision, foundOn, notice }) => ({
      ...of,
      revision,
      kind: 'RESULT_NOTICE' as const,
      article: '11(1)',
      ...periodOf(foundOn, days.resultNotice, clockwork),
      metOn: notice?.sentOn ?? null,
    })),
    // What can be revoked is the resolution as it stands: by the last count.
    ...(vote.isRejected ? [] : vote.counts.slice(-1)).map((count) => revocationLimit(of, count, clockwork)),
    ...courtLimits(of, clockwork),
  ];
}

function revocationLimit(of: OfMeeting, count: CountFacts, clockwork: Clockwork): Limit {
  const { mode } = of.meeting;
  const { revision, foundOn, notice } = count;
  // Where it runs for each creditor, what is shown here is the end of the last one so far.
  const begun = revocationFrom({ mode, foundOn, receivedOn: notice?.lastDeliveredOn ?? null });
  const limit = {
    ...of,
    revision,
    kind: 'REVOCATION' as const,
    ...periodOf(begun, clockwork.ruleSet.timersDays.revocation, clockwork),
    isRight: true,
  };
  if (mode === 'on-site') return { ...limit, act: 'EBL', article: '64(2)' };
  const runsOn = notice !== null && notice.delivered < notice.recipients;
  return { ...limit, article: '12', runsOn, delivery: notice };
}

/** What follows in court: only once there is a ruling, or a plan that passed. */
function courtLimits(of: OfMeeting, clockwork: Clockwork): Limit[] {
  const { type, ruledOn, passedOn, appliedOn } = of.vote;
  const { timersDays: days } = clockwork.ruleSet;
  const limits: Limit[] = [];
  if (ruledOn !== null) {
    const period = periodOf(ruledOn, days.reconsideration, clockwork);
    limits.push({ ...of, kind: 'RECONSIDERATION', article: '66', ...period, isRight: true });
  }
  if (type === 'R06' && passedOn !== null) {
    const period = periodOf(passedOn, days.planApplication, clockwork);
    limits.push({ ...of, kind: 'PLAN_APPLICATION', article: '86(2)', ...period, metOn: appliedOn });
  }
  return limits;
}

function periodOf(from: string | null, days: number, { calendar }: Clockwork) {
  return { from, end: endOf(from, days, calendar), metOn: null };
}

/** Limits of the judicial interpretation, unless they say otherwise; all others are of the law itself. */
const OF_INTERPRETATION: readonly DeadlineKind[] = [
  'RESULT_NOTICE',
  'REVOCATION',
  'CLAIM_SUIT',
  'DISPOSAL_REPORT',
];

function toDeadline(limit: Limit, { today }: Clockwork): Deadline {
  const { kind, article, meeting, vote, revision, end, delivery } = limit;
  return {
    kind,
    act: limit.act ?? (OF_INTERPRETATION.includes(kind) ? 'INTERPRETATION_3' : 'EBL'),
    article,
    meeting: meeting ? { meetingId: meeting.meetingId, title: meeting.title } : null,
    resolution: vote
      ? { resolutionId: vote.resolutionId, title: vote.title, round: vote.round, revision: revision ?? '0' }
      : null,
    about: limit.about ?? null,
    countsFrom: limit.from,
    dueOn: end?.date ?? null,
    isMoved: end?.isMoved ?? false,
    isCalendarUnknown: end?.isCalendarUnknown ?? false,
    metOn: limit.metOn,
    delivery: delivery ? { recipients: delivery.recipients, delivered: delivery.delivered } : null,
    state: stateOf(limit, today),
  };
}

function stateOf({ end, metOn, isRight = false, runsOn = false }: Limit, today: string): Deadline['state'] {
  if (end === null) return 'NOT_STARTED';
  if (metOn !== null) return metOn <= end.date ? 'MET' : 'MET_LATE';
  if (runsOn || today <= end.date) return 'DUE';
  return isRight ? 'EXPIRED' : 'OVERDUE';
}
