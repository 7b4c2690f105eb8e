/**
 * What a reviewer compares with the law, computed from the record (企业破产法 arts. 23, 59, 61, 63, 64, 65, 86;
 * 司法解释三 arts. 8, 11(1)). Each check names its article and says what it rests on. They are hints: whether a
 * departure matters is for the court (司法解释三 art. 12), and nothing here decides it.
 */
import type { Deadline, DeadlineKind } from '../../protocol/rest/deadline-routes.ts';
import type { LawCheck } from '../../protocol/rest/meeting-routes.ts';
import { entriesOf, type MeetingHistory } from '../record/history/meeting-history.ts';
import { titleInRound, voteChecks, type CountedAgain } from './vote-checks.ts';

export interface ReviewedMeeting {
  readonly history: MeetingHistory;
  /** The meeting's time limits, as `domain/timers` computes them for everybody. */
  readonly deadlines: readonly Deadline[];
  readonly titleOf: (resolutionId: string) => string;
  /** What counting each closed vote again gave, by `<resolutionId>/<round>`. */
  readonly countedAgain: ReadonlyMap<string, CountedAgain>;
}

export function lawChecks(reviewed: ReviewedMeeting): LawCheck[] {
  return [
    ...deadlineChecks(reviewed, 'CONVENING_NOTICE'),
    administratorCheck(reviewed),
    agendaCheck(reviewed),
    ...voteChecks(reviewed),
    ...objectionsCheck(reviewed),
    ...deadlineChecks(reviewed, 'RESULT_NOTICE'),
    ...deadlineChecks(reviewed, 'PLAN_APPLICATION'),
    recordCheck(reviewed),
  ];
}

/** Duties with a last day, by the code and the article under which they are shown. */
const DUTIES = {
  CONVENING_NOTICE: { code: 'NOTICE_15_DAYS', article: 'EBL_63' },
  RESULT_NOTICE: { code: 'RESULT_NOTICE_3_DAYS', article: 'INTERP3_11' },
  PLAN_APPLICATION: { code: 'PLAN_APPLICATION_10_DAYS', article: 'EBL_86' },
} as const satisfies { readonly [K in DeadlineKind]?: Pick<LawCheck, 'code' | 'article'> };

/** `OVERDUE`: the record has nothing; it may have been done where the record does not reach. */
const STATE_OF: Readonly<Record<Deadline['state'], LawCheck['state']>> = {
  NOT_STARTED: 'not-due',
  DUE: 'not-due',
  MET: 'conforms',
  MET_LATE: 'deviates',
  OVERDUE: 'cannot-verify',
  EXPIRED: 'cannot-verify',
};

/** Of every vote and every count that has such a limit, once it runs. */
function deadlineChecks({ deadlines, titleOf }: ReviewedMeeting, duty: keyof typeof DUTIES): LawCheck[] {
  return deadlines
    .filter(({ kind, countsFrom }) => kind === duty && countsFrom !== null)
    .map(({ state, resolution, dueOn, metOn }) => ({
      ...DUTIES[duty],
      state: STATE_OF[state],
      params: {
        ...(resolution && { title: titleInRound(titleOf(resolution.resolutionId), resolution) }),
        due: dueOn ?? '—',
        met: metOn ?? '—',
      },
    }));
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
function objectionsCheck({ history, deadlines }: ReviewedMeeting): LawCheck[] {
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
  const suit = deadlines.find(
    ({ kind, resolution }) =>
      kind === 'CLAIM_SUIT' &&
      resolution?.resolutionId === verification.resolutionId &&
      resolution.round === verification.round,
  );
  const isDue = suit?.state === 'EXPIRED';
  const state = endedAt !== undefined && unanswered === 0 ? 'conforms' : isDue ? 'deviates' : 'not-due';
  const params = { filed: String(filed.length), unanswered: String(unanswered) };
  return [{ code: 'OBJECTIONS_ANSWERED', article: 'INTERP3_8', state, params }];
}

/** A ledger with a gap or with time running back cannot be read at all: being here is the proof. */
function recordCheck({ history }: ReviewedMeeting): LawCheck {
  const params = { entries: String(history.size) };
  return { code: 'RECORD_UNBROKEN', article: 'EVIDENCE_93', state: 'conforms', params };
}
