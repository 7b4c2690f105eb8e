/**
 * What a reviewer compares with the law, computed from the record (企业破产法 arts. 23, 59, 61, 63, 64, 65;
 * 司法解释三 arts. 8, 11(1)). Each check names its article and says what it rests on. They are hints: whether a
 * departure matters is for the court (司法解释三 art. 12), and nothing here decides it.
 */
import type { LawCheck } from '../../protocol/rest/meeting-routes.ts';
import { chinaDaysBetween } from '../china-calendar.ts';
import { entriesOf, type MeetingHistory } from '../record/history/meeting-history.ts';
import { voteChecks, type CountedAgain } from './vote-checks.ts';

export interface ReviewedMeeting {
  readonly history: MeetingHistory;
  readonly nowMs: number;
  readonly titleOf: (resolutionId: string) => string;
  /** What counting each closed vote again gave, by `<resolutionId>/<round>`. */
  readonly countedAgain: ReadonlyMap<string, CountedAgain>;
}

/** 企业破产法 art. 63: 提前十五日通知. */
const NOTICE_DAYS = 15;
/** 司法解释三 art. 11(1): 三日内. */
const RESULT_NOTICE_DAYS = 3;
/** 司法解释三 art. 8: 债权人会议核查结束后十五日内. */
const SUIT_DAYS = 15;

export function lawChecks(reviewed: ReviewedMeeting): LawCheck[] {
  return [
    noticeCheck(reviewed),
    administratorCheck(reviewed),
    agendaCheck(reviewed),
    ...voteChecks(reviewed),
    ...objectionsCheck(reviewed),
    resultNoticeCheck(reviewed),
    recordCheck(reviewed),
  ];
}

/** A notice on record decides; without one the day of publishing in the system is what can be seen. */
function noticeCheck({ history }: ReviewedMeeting): LawCheck {
  const check = { code: 'NOTICE_15_DAYS', article: 'EBL_63' };
  const { convened } = history;
  if (!convened) return { ...check, state: 'cannot-verify', params: { days: '' } };
  const notice = entriesOf(history, 'notice').find(({ body }) => body.kind === 'CONVENING') ?? convened;
  const days = chinaDaysBetween(Date.parse(notice.ts), Date.parse(convened.body.startsAt));
  return { ...check, state: days >= NOTICE_DAYS ? 'conforms' : 'deviates', params: { days: String(days) } };
}

/** Art. 23: the administrator attends the meeting, reports and answers questions. */
function administratorCheck({ history }: ReviewedMeeting): LawCheck {
  const hasBegun = entriesOf(history, 'agenda.move').some(({ body }) => body.move === 'begin');
  const isPresent = entriesOf(history, 'presence').some(
    ({ body }) => body.event === 'sign-in' && body.role.startsWith('administrator'),
  );
  const state = isPresent ? 'conforms' : hasBegun ? 'deviates' : 'not-due';
  return { code: 'ADMINISTRATOR_PRESENT', article: 'EBL_23', state, params: {} };
}

/** Art. 61: what was convened was dealt with; asked once the meeting is over. */
function agendaCheck({ history }: ReviewedMeeting): LawCheck {
  const moves = entriesOf(history, 'agenda.move');
  const visited = new Set(moves.map(({ body }) => body.itemId));
  const missed = history.convened?.body.agenda.filter((item) => !visited.has(item.itemId)).length ?? 0;
  const isClosed = moves.some(({ body }) => body.move === 'close');
  const state = missed === 0 ? 'conforms' : isClosed ? 'deviates' : 'not-due';
  return { code: 'AGENDA_DEALT_WITH', article: 'EBL_61', state, params: { missed: String(missed) } };
}

/**
 * 司法解释三 art. 8: the administrator explains or adjusts, before the fifteen days in which the objector may sue
 * are over. Asked where claims were verified.
 */
function objectionsCheck({ history, nowMs }: ReviewedMeeting): LawCheck[] {
  const verification = history.votes.findLast(({ opened }) => opened?.body.rule.mode === 'OBJECTION');
  if (!verification) return [];
  const entries = entriesOf(history, 'objection').map(({ body }) => body);
  const filed = entries.filter(({ event = 'file' }) => event === 'file');
  const dealtWith = new Set(
    entries.flatMap(({ event, objectionId }) =>
      event === 'answer' || event === 'withdraw' ? objectionId : [],
    ),
  );
  const unanswered = filed.filter(({ objectionId }) => !dealtWith.has(objectionId)).length;
  const endedAt = verification.closed?.body.effectiveAt;
  const isDue = endedAt !== undefined && chinaDaysBetween(Date.parse(endedAt), nowMs) > SUIT_DAYS;
  const state = endedAt !== undefined && unanswered === 0 ? 'conforms' : isDue ? 'deviates' : 'not-due';
  const params = { filed: String(filed.length), unanswered: String(unanswered) };
  return [{ code: 'OBJECTIONS_ANSWERED', article: 'INTERP3_8', state, params }];
}

/** Three days from the end of the meeting, or of the last vote where that is later. */
function resultNoticeCheck({ history, nowMs }: ReviewedMeeting): LawCheck {
  const check = { code: 'RESULT_NOTICE_3_DAYS', article: 'INTERP3_11', params: {} };
  const closed = entriesOf(history, 'agenda.move').findLast(({ body }) => body.move === 'close');
  const hasVotes = history.votes.some((vote) => vote.opened !== null);
  const isOver = closed !== undefined && history.votes.every((vote) => !vote.opened || vote.verdict !== null);
  if (!isOver || !hasVotes) return { ...check, state: 'not-due' };
  const ends = [closed.ts, ...history.votes.map((vote) => vote.closed?.ts ?? '')].sort();
  const endedMs = Date.parse(ends.at(-1) ?? closed.ts);
  const notice = entriesOf(history, 'notice').find(({ body }) => body.kind === 'RESULT');
  if (notice) {
    const isInTime = chinaDaysBetween(endedMs, Date.parse(notice.ts)) <= RESULT_NOTICE_DAYS;
    return { ...check, state: isInTime ? 'conforms' : 'deviates' };
  }
  const isStillDue = chinaDaysBetween(endedMs, nowMs) <= RESULT_NOTICE_DAYS;
  return { ...check, state: isStillDue ? 'not-due' : 'cannot-verify' };
}

/** A ledger with a gap or with time running back cannot be read at all: being here is the proof. */
function recordCheck({ history }: ReviewedMeeting): LawCheck {
  const params = { entries: String(history.size) };
  return { code: 'RECORD_UNBROKEN', article: 'EVIDENCE_93', state: 'conforms', params };
}
