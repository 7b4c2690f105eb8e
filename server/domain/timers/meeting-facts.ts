/**
 * What the time limits need to know of a meeting, from its folded ledger: when votes closed, when the notices
 * went out, what the court decided. Nothing is decided here.
 */
import { chinaDate } from '../china-calendar.ts';
import { countedRounds } from '../meeting/rounds.ts';
import { deliveredTo } from '../notices/deliveries.ts';
import type { EntryBody } from '../../protocol/entries.ts';
import type { RulingKind } from '../../protocol/entry-bodies/vote.ts';
import type {
  AnnouncedVerdict,
  MeetingState,
  ResolutionState,
  Stamped,
  VoteRound,
} from '../meeting/state.ts';
import type { CountFacts, MeetingFacts, MeetingMode, ResultNotice, VoteFacts } from './deadlines.ts';

interface PlannedMeeting {
  readonly meetingId: string;
  readonly title: string;
  readonly startsAt: Date;
  readonly resolutions: readonly { readonly resolutionId: string; readonly title: string }[];
}

export function meetingFactsOf(meeting: PlannedMeeting, state: MeetingState | null): MeetingFacts {
  const titles = new Map(meeting.resolutions.map(({ resolutionId, title }) => [resolutionId, title]));
  const convening = state?.notices.find(({ body }) => body.kind === 'CONVENING');
  return {
    meetingId: meeting.meetingId,
    title: meeting.title,
    startsOn: chinaDate(meeting.startsAt.getTime()),
    hasBegun: state !== null && state.phase !== 'published',
    mode: modeOf(state),
    noticeSentOn: dateOf(convening?.ts),
    votes:
      state === null
        ? []
        : [...state.resolutions.values()].flatMap((resolution) =>
            votesOf(resolution, { state, title: titles.get(resolution.published.resolutionId) ?? '' }),
          ),
  };
}

/** Every meeting of this system is online unless its record says otherwise. */
export const modeOf = (state: MeetingState | null): MeetingMode => state?.convened?.mode ?? 'online';

interface OfResolution {
  readonly state: MeetingState;
  readonly title: string;
}

/** Each vote has limits of its own (arts. 65(2), 87(1)): those that were counted, and the present one. */
function votesOf(resolution: ResolutionState, of: OfResolution): VoteFacts[] {
  const counted = countedRounds(resolution).filter(({ round }) => round !== resolution.round);
  return [...counted, resolution].map((vote) => voteFactsOf(resolution, vote, of));
}

function voteFactsOf(
  resolution: ResolutionState,
  vote: VoteRound,
  { state, title }: OfResolution,
): VoteFacts {
  const { resolutionId, type } = resolution.published;
  const { round } = vote;
  const closedOn = closedOnOf(vote);
  return {
    resolutionId,
    type,
    title,
    round,
    closedOn,
    passedOn: closedOn === null ? null : passedOn(vote.verdicts, closedOn),
    counts: countsOf(resolution, vote, state),
    isRejected: isRejected(vote.verdict),
    ruledOn: firstRulingOn('COURT_RULING', state, { resolution, round }),
    appliedOn: firstRulingOn('PLAN_APPROVAL_APPLICATION', state, { resolution, round }),
  };
}

/** A ruling that names no vote is about the last one that was over when it was recorded. */
function isAbout({ body, seq }: Stamped<'ruling'>, resolution: ResolutionState, round: string): boolean {
  if (body.resolutionId !== resolution.published.resolutionId) return false;
  const over = countedRounds(resolution).filter(({ closed }) => Number(closed?.seq) < Number(seq));
  return (body.round ?? over.at(-1)?.round ?? resolution.round) === round;
}

interface OneVote {
  readonly resolution: ResolutionState;
  readonly round: string;
}

/** The first day on which there was such a decision or application on the vote. */
export function firstRulingOn(
  kind: RulingKind,
  { rulings }: MeetingState,
  { resolution, round }: OneVote,
): string | null {
  const days = rulings
    .filter((ruling) => ruling.body.kind === kind && isAbout(ruling, resolution, round))
    .map(({ body, ts }) => body.decidedOn ?? chinaDate(Date.parse(ts)));
  return days.sort()[0] ?? null;
}

/**
 * Art. 64(2) is of resolutions: what failed, or could not be measured, is none, and its remedy is against what the
 * court makes of it (art. 66).
 */
export const isRejected = (verdict: AnnouncedVerdict | null): boolean =>
  verdict?.body.outcome === 'FAILED' || verdict?.body.outcome === 'NOT_APPLICABLE';

/**
 * The day on which the vote was over, whenever its result was found: 自重整计划通过之日 (art. 86(2)). What passed
 * only by a correction was not passed, for those who have to apply, before the correction was announced.
 */
function passedOn(verdicts: readonly AnnouncedVerdict[], closedOn: string): string | null {
  const failedAt = verdicts.findLastIndex(({ body }) => body.outcome !== 'PASSED');
  const passed = verdicts[failedAt + 1];
  if (passed === undefined) return null;
  return failedAt < 0 ? closedOn : dateOf(passed.ts);
}

/** The day on which voting ended; null while it goes on, and of a vote that was aborted. */
function closedOnOf({ closed }: VoteRound): string | null {
  if (closed === null || closed.body.cause === 'ABORTED') return null;
  return chinaDate(Date.parse(closed.body.effectiveAt));
}

/** From when a count is to be told: the end of the vote; of a correction, the day it was announced. */
export function foundOnOf(vote: VoteRound, verdict = vote.verdict): string | null {
  const isCorrection = verdict !== null && verdict.body.revision !== '0';
  return isCorrection ? chinaDate(Date.parse(verdict.ts)) : closedOnOf(vote);
}

/** Before the first count there is one to wait for. */
function countsOf(resolution: ResolutionState, vote: VoteRound, state: MeetingState): CountFacts[] {
  const told = state.notices.filter((notice) => tellsOf(notice, resolution, vote));
  const corrections = vote.verdicts.filter(({ body }) => body.revision !== '0');
  return [
    { revision: '0', foundOn: closedOnOf(vote) },
    ...corrections.map((verdict) => ({
      revision: verdict.body.revision,
      foundOn: foundOnOf(vote, verdict),
    })),
  ].map((count) => {
    // A count that was corrected before it was told is told with its correction.
    const own = told.filter((notice) => Number(revisionTold(notice, vote)) >= Number(count.revision));
    return { ...count, notice: resultNoticeOf(state, own) };
  });
}

/**
 * A notice names its item or is about all of the meeting, and names its vote. One that names none tells of what
 * was over when it went out: of another vote neither the three days nor the fifteen are kept by it (司法解释三
 * arts. 11(1), 12).
 */
function tellsOf({ body, seq }: Stamped<'notice'>, resolution: ResolutionState, vote: VoteRound): boolean {
  if (body.kind !== 'RESULT') return false;
  if (body.resolutionId !== undefined && body.resolutionId !== resolution.published.resolutionId)
    return false;
  if (body.round !== undefined) return body.round === vote.round;
  const over = [...resolution.earlierRounds, resolution].filter(
    ({ closed }) => closed !== null && Number(closed.seq) < Number(seq),
  );
  return over.at(-1)?.round === vote.round;
}

/** The count that a notice tells: as it says, or the last one that was announced when it went out. */
function revisionTold({ body, seq }: Stamped<'notice'>, { verdicts }: VoteRound): string {
  const announced = verdicts.findLast((verdict) => Number(verdict.seq) < Number(seq));
  return body.revision ?? announced?.body.revision ?? '0';
}

export interface CountTold {
  readonly resolution: ResolutionState;
  readonly vote: VoteRound;
  readonly verdict: AnnouncedVerdict | null;
}

/** The count that a notice of one resolution tells; undefined for other notices. */
export function countTold({ resolutions }: MeetingState, notice: Stamped<'notice'>): CountTold | undefined {
  const resolution = resolutions.get(notice.body.resolutionId ?? '');
  if (resolution === undefined) return undefined;
  const votes = [...resolution.earlierRounds, resolution];
  const vote = votes.find((round) => tellsOf(notice, resolution, round));
  if (vote === undefined) return undefined;
  const revision = revisionTold(notice, vote);
  return { resolution, vote, verdict: vote.verdicts.find(({ body }) => body.revision === revision) ?? null };
}

/** Sent in several channels it went out with the first. */
function resultNoticeOf(state: MeetingState, own: readonly Stamped<'notice'>[]): ResultNotice | null {
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
