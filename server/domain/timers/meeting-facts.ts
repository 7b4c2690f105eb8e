/**
 * What the time limits need to know of a meeting, from its folded ledger: when votes closed, when the notices
 * went out, what the court decided. Nothing is decided here.
 */
import { chinaDate } from '../china-calendar.ts';
import { deliveredTo } from '../notices/deliveries.ts';
import type { EntryBody } from '../../protocol/entries.ts';
import type { MeetingState, ResolutionState } from '../meeting/state.ts';
import type { MeetingFacts, ResultNotice, VoteFacts } from './deadlines.ts';

interface PlannedMeeting {
  readonly meetingId: string;
  readonly title: string;
  readonly startsAt: Date;
  readonly publishedAt: Date | null;
  readonly resolutions: readonly { readonly resolutionId: string; readonly title: string }[];
}

export function meetingFactsOf(meeting: PlannedMeeting, state: MeetingState | null): MeetingFacts {
  const titles = new Map(meeting.resolutions.map(({ resolutionId, title }) => [resolutionId, title]));
  const convening = state?.notices.find(({ body }) => body.kind === 'CONVENING');
  const resolutions = [...(state?.resolutions.values() ?? [])];
  return {
    meetingId: meeting.meetingId,
    title: meeting.title,
    startsOn: chinaDate(meeting.startsAt.getTime()),
    noticeSentOn: dateOf(convening?.ts) ?? (meeting.publishedAt && chinaDate(meeting.publishedAt.getTime())),
    votes: state === null ? [] : resolutions.map((resolution) => voteFactsOf(resolution, { state, titles })),
  };
}

function voteFactsOf(
  resolution: ResolutionState,
  { state, titles }: { readonly state: MeetingState; readonly titles: ReadonlyMap<string, string> },
): VoteFacts {
  const { published, closed } = resolution;
  const { resolutionId, type } = published;
  const ruling = (...kinds: readonly string[]) =>
    state.rulings.find(({ body }) => body.resolutionId === resolutionId && kinds.includes(body.kind));
  const decidedOn = (found: ReturnType<typeof ruling>) => found && (found.body.decidedOn ?? dateOf(found.ts));
  const isCounted = closed !== null && closed.body.cause !== 'ABORTED';
  return {
    resolutionId,
    type,
    title: titles.get(resolutionId) ?? '',
    closedOn: isCounted ? chinaDate(Date.parse(closed.body.effectiveAt)) : null,
    passedOn: isCounted ? passedOn(resolution) : null,
    resultNotice: isCounted ? resultNoticeOf(state, { resolutionId, closeSeq: Number(closed.seq) }) : null,
    ruledOn: decidedOn(ruling('COURT_RULING')) ?? null,
    appliedOn: decidedOn(ruling('PLAN_APPROVAL_APPLICATION')) ?? null,
  };
}

/**
 * The day on which the vote was over, whenever its result was found: 自重整计划通过之日 (art. 86(2)). What passed
 * only by a correction was not passed, for those who have to apply, before the correction was announced.
 */
function passedOn({ closed, verdicts }: ResolutionState): string | null {
  const failedAt = verdicts.findLastIndex(({ body }) => body.outcome !== 'PASSED');
  const passed = verdicts[failedAt + 1];
  if (closed === null || passed === undefined) return null;
  return dateOf(failedAt < 0 ? closed.body.effectiveAt : passed.ts);
}

/**
 * A notice names its item or is about all of the meeting; sent in several channels it went out with the first. What
 * went out before this round was closed told of another one: of it neither the three days nor the fifteen are kept
 * (司法解释三 arts. 11(1), 12).
 */
function resultNoticeOf(
  state: MeetingState,
  { resolutionId, closeSeq }: { readonly resolutionId: string; readonly closeSeq: number },
): ResultNotice | null {
  const own = state.notices.filter(
    ({ body, seq }) =>
      body.kind === 'RESULT' &&
      (body.resolutionId === undefined || body.resolutionId === resolutionId) &&
      Number(seq) > closeSeq,
  );
  const [first] = own;
  if (first === undefined) return null;
  const most = (pick: (body: EntryBody<'notice'>) => string) =>
    Math.max(...own.map(({ body }) => Number(pick(body))));
  const noticeIds = own.map(({ body }) => body.noticeId);
  const { creditors, lastOn } = deliveredTo(state, noticeIds);
  return {
    sentOn: chinaDate(Date.parse(first.ts)),
    recipients: most((body) => body.recipients),
    delivered: Math.max(
      creditors,
      most((body) => body.delivered),
    ),
    lastDeliveredOn: lastOn,
  };
}

function dateOf(ts: string | undefined): string | null {
  return ts === undefined ? null : chinaDate(Date.parse(ts));
}
