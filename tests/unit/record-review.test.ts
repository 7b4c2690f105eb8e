/**
 * The reviewer's checks (企业破产法 arts. 23, 61, 63, 65; 司法解释三 art. 11(1)) and the timeline beside them.
 */
import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../client/i18n/zh-CN/staff.ts';
import type { EntryBody } from '../../server/protocol/entries.ts';
import type { LawCheck } from '../../server/protocol/rest/meeting-routes.ts';
import { judgeBallots } from '../../server/domain/record/history/recount.ts';
import { chinaDate } from '../../server/domain/china-calendar.ts';
import { EBL_2006_V1 } from '../../server/domain/rules/ebl-2006-v1.ts';
import { meetingDeadlinesOf } from '../../server/domain/timers/deadlines.ts';
import { meetingFactsOf } from '../../server/domain/timers/meeting-facts.ts';
import { loadWorkCalendar } from '../../server/storage/calendar-file.ts';
import { lawChecks } from '../../server/domain/review/law-checks.ts';
import { timelineOf } from '../../server/domain/review/timeline.ts';
import type { CountedAgain } from '../../server/domain/review/vote-checks.ts';
import { ballotCast } from '../support/entry-samples.ts';
import { tellMeeting, type Story, type StoryOptions, type StoryVoter } from '../support/meeting-story.ts';

const voters: readonly StoryVoter[] = [
  { creditor: '甲建材有限公司', person: '王小明', fen: 100n, choice: 'for', signIn: 'self' },
  { creditor: '李宁', fen: 100n, choice: 'against', signIn: 'self' },
  { creditor: '丙银行有限公司', person: '陶哲', fen: 300n, signIn: 'staff' },
];
const right: CountedAgain = {
  textMatches: true,
  rollMatches: true,
  tallyMatches: true,
  validBallots: 2,
  units: 3,
};
const AFTER = Date.parse('2026-11-23T06:00:00.000Z');
const MEETING = {
  meetingId: 'meeting-1',
  title: '第一次债权人会议',
  startsAt: new Date('2026-11-22T06:30:00.000Z'),
  resolutions: [],
};
const calendar = await loadWorkCalendar(null);
const HOST = { personId: 'person-host', role: 'administrator-lead' } as const;

function allChecksOf(story: Story, counted: Partial<CountedAgain> = {}, nowMs = AFTER): LawCheck[] {
  const countedAgain = new Map([['resolution-1/1', { ...right, ...counted }]]);
  const { history, state } = story;
  const clockwork = { ruleSet: EBL_2006_V1, calendar, today: chinaDate(nowMs) };
  const deadlines = meetingDeadlinesOf(meetingFactsOf(MEETING, state), clockwork);
  return lawChecks({ history, deadlines, titleOf: () => '方案', countedAgain });
}
const checksOf = (...told: Parameters<typeof allChecksOf>) =>
  new Map(allChecksOf(...told).map((check) => [check.code, check]));
const stateOf = (story: Story, code: string, counted?: Partial<CountedAgain>, nowMs?: number) =>
  checksOf(story, counted, nowMs).get(code)?.state;
const tell = (options: Partial<StoryOptions> = {}) => tellMeeting({ voters, ...options });
const closeAt = (
  story: Story,
  effectiveAt: string,
  cause: EntryBody<'ballot.close'>['cause'] = 'DEADLINE',
) => {
  const body = { resolutionId: 'resolution-1', round: '1', effectiveAt, cause };
  story.tell({ t: 'ballot.close', body });
};
/** The notice of the result goes out on a day. */
const tellResult = (story: Story, day: string, more: object = {}) => {
  const body = { noticeId: day, kind: 'RESULT', channel: 'sms', recipients: '3', delivered: '3' } as const;
  story.tell({ t: 'notice', body: { ...body, ...more } }, `${day}T01:00:00.000Z`);
};

describe('the checks of the law', () => {
  it('find nothing against a meeting held as the law asks', () => {
    const states = [...checksOf(tell({ noticeDaysBefore: 15 })).values()].map(({ code, state }) => [
      code,
      state,
    ]);
    expect(states).toEqual([
      ['NOTICE_15_DAYS', 'conforms'],
      ['ADMINISTRATOR_PRESENT', 'conforms'],
      ['AGENDA_DEALT_WITH', 'conforms'],
      ['TOLD_IN_ADVANCE', 'conforms'],
      ['TEXT_UNCHANGED', 'conforms'],
      ['ROLL_BEFORE_OPENING', 'conforms'],
      ['WINDOW_KEPT', 'conforms'],
      ['VERDICT_RECOMPUTES', 'conforms'],
      ['COURT_RULING', 'not-due'],
      ['RESULT_NOTICE_3_DAYS', 'not-due'],
      ['RECORD_UNBROKEN', 'conforms'],
    ]);
  });

  it.each([
    [15, 'conforms'],
    [14, 'deviates'],
    [undefined, 'cannot-verify'],
  ])('art. 63: a notice %s days before the meeting, whenever it was published: %s', (days, expected) => {
    const story = tell({ daysBefore: 20, ...(days !== undefined && { noticeDaysBefore: days }) });
    expect(stateOf(story, 'NOTICE_15_DAYS')).toBe(expected);
  });

  it('art. 64: a recount that gives another tally deviates, one that cannot be made says so', () => {
    expect(stateOf(tell(), 'VERDICT_RECOMPUTES', { tallyMatches: false })).toBe('deviates');
    expect(stateOf(tell(), 'VERDICT_RECOMPUTES', { tallyMatches: null })).toBe('cannot-verify');
    expect(stateOf(tell({ endsAfter: 'opening' }), 'VERDICT_RECOMPUTES')).toBe('not-due');
  });

  it('art. 59: a stored roll that is not the one frozen deviates', () => {
    expect(stateOf(tell(), 'ROLL_BEFORE_OPENING', { rollMatches: false })).toBe('deviates');
  });

  it('a text that was changed afterwards deviates, an erased one cannot be verified', () => {
    expect(stateOf(tell(), 'TEXT_UNCHANGED', { textMatches: false })).toBe('deviates');
    expect(stateOf(tell(), 'TEXT_UNCHANGED', { textMatches: null })).toBe('cannot-verify');
  });

  it('the window is kept at the deadline as extended', () => {
    const checks = checksOf(tell({ isExtended: true }));
    expect(checks.get('WINDOW_KEPT')?.state).toBe('conforms');
    expect(checks.get('EXTENSIONS_IN_TIME')?.state).toBe('conforms');
  });

  it.each([
    ['ALL_VOTED', 3, 'conforms'],
    ['ALL_VOTED', 2, 'deviates'],
    ['COURT_CONSENT', 2, 'deviates'],
  ] as const)(
    'closing early by %s with %d of 3 ballots and no consent: %s',
    (cause, validBallots, expected) => {
      const story = tell({ endsAfter: 'opening' });
      closeAt(story, '2026-11-22T07:00:00.000Z', cause);
      expect(stateOf(story, 'WINDOW_KEPT', { validBallots })).toBe(expected);
    },
  );

  it('解释三 art. 11(1): the result is told within three days after the end', () => {
    const days = (count: number) => Date.parse('2026-11-22T10:00:00.000Z') + count * 86_400_000;
    expect(stateOf(tell(), 'RESULT_NOTICE_3_DAYS', {}, days(3))).toBe('not-due');
    expect(stateOf(tell(), 'RESULT_NOTICE_3_DAYS', {}, days(4))).toBe('cannot-verify');
    for (const [day, expected] of [
      ['2026-11-24', 'conforms'],
      ['2026-11-27', 'deviates'],
    ] as const) {
      const story = tell();
      tellResult(story, day);
      expect(stateOf(story, 'RESULT_NOTICE_3_DAYS', {}, days(6))).toBe(expected);
    }
  });

  it('解释三 art. 11(1): a last day on a day off moves to the next working day (民法典 art. 203)', () => {
    const noticed = (day: string) => {
      // Closed on a Wednesday: the third day is a Saturday.
      const story = tell({ endsAfter: 'opening' });
      closeAt(story, '2026-11-25T07:00:00.000Z');
      tellResult(story, day);
      return checksOf(story, {}, Date.parse('2026-12-02T06:00:00.000Z')).get('RESULT_NOTICE_3_DAYS');
    };
    expect(noticed('2026-11-30')).toMatchObject({
      state: 'conforms',
      params: { title: '方案', due: '2026-11-30', met: '2026-11-30' },
    });
    expect(noticed('2026-12-01')?.state).toBe('deviates');
  });

  it('解释三 art. 11(1): each vote and each corrected count has a notice of its own', () => {
    const story = tell();
    tellResult(story, '2026-11-24', { round: '1', revision: '0' });
    const [counted] = story.history.votes[0]?.verdicts ?? [];
    const body = { ...counted?.body, revision: '1' } as EntryBody<'verdict'>;
    story.tell({ t: 'verdict', body }, '2026-11-26T01:00:00.000Z');
    const states = allChecksOf(story, {}, Date.parse('2026-11-27T06:00:00.000Z'))
      .filter(({ code }) => code === 'RESULT_NOTICE_3_DAYS')
      .map(({ params, state }) => [params['title'], state]);
    expect(states).toEqual([
      ['方案', 'conforms'],
      ['方案（第 1 次更正）', 'not-due'],
    ]);
  });

  it('art. 65: a plan that did not pass waits for the court, and its ruling ends the wait', () => {
    const story = tell();
    expect(stateOf(story, 'COURT_RULING')).toBe('not-due');
    const ruling = { rulingId: 'ruling-1', resolutionId: 'resolution-1', kind: 'COURT_RULING' } as const;
    const commitments = { reference: story.seal('（2026）浙01破12号之三') };
    const actor = { personId: 'person-judge', role: 'judge' } as const;
    story.tell({ t: 'ruling', body: { ...ruling, actor, commitments } });
    expect(stateOf(story, 'COURT_RULING')).toBe('conforms');
  });
});

describe('counting again', () => {
  it('leaves out what came late, is not on the roll or is void, and takes the last of a unit', () => {
    const story = tell({ endsAfter: 'opening' });
    const [vote] = story.history.votes;
    const late = ballotCast('unit-2', { resolutionId: 'resolution-1' });
    story.tell({ ...late, body: { ...late.body, receivedAt: '2026-11-22T08:00:00.001Z' } });
    story.tell(ballotCast('unit-9', { resolutionId: 'resolution-1' }));
    const first = story.history.votes[0]?.ballots[0];
    story.tell(ballotCast('unit-1', { resolutionId: 'resolution-1', version: '1', choice: 'for' }));
    const voided = { resolutionId: 'resolution-1', round: '1', unitId: 'unit-0', channel: 'online' } as const;
    const cause = {
      voidedSeq: first?.seq ?? '',
      receivedAt: '2026-11-22T07:00:00.000Z',
      cause: 'COURT_DECISION',
    } as const;
    story.tell({ t: 'ballot.void', body: { ...voided, ...cause } });
    const closing = { effectiveAt: '2026-11-22T08:00:00.000Z', cause: 'DEADLINE' } as const;
    story.tell({ t: 'ballot.close', body: { resolutionId: 'resolution-1', round: '1', ...closing } });
    const judged = vote && judgeBallots(vote, story.rows);
    expect([...(judged?.valid.values() ?? [])].map(({ unitId, choice }) => [unitId, choice])).toEqual([
      ['unit-1', 'for'],
    ]);
    expect(judged?.rejected.map(({ ballot, reason }) => [ballot.unitId, reason])).toEqual([
      ['unit-2', 'NOT_IN_WINDOW'],
      ['unit-9', 'NOT_ON_ROLL'],
      ['unit-1', 'SUPERSEDED'],
      ['unit-0', 'VOID'],
    ]);
  });
});

describe('the timeline', () => {
  const story = tell();
  const timeline = timelineOf(story.history, story.open);

  it('has the entries in order, ballots as one line a vote', () => {
    const seqs = timeline.map(({ seq }) => Number(seq));
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    const ballots = timeline.filter(({ t }) => t === 'ballot.cast');
    expect(ballots.map(({ code, params }) => [code, params['count']])).toEqual([['BALLOTS_CAST', '2']]);
  });

  it('masks people and names companies', () => {
    const told = JSON.stringify(timeline);
    for (const name of ['王小明', '李宁', '陶哲', '张安宁']) expect(told).not.toContain(name);
    expect(told).toContain('王**（甲建材有限公司，本人）');
  });

  it('leaves out the signs of life', () => {
    const quiet = tell({ endsAfter: 'opening' });
    const before = timelineOf(quiet.history, quiet.open).length;
    quiet.tell({ t: 'incident', body: { code: 'HEARTBEAT' } });
    expect(timelineOf(quiet.history, quiet.open)).toHaveLength(before);
  });

  it('has words for every line and every check', () => {
    story.tell({ t: 'agenda.move', body: { move: 'adjourn', actor: HOST } });
    story.tell({ t: 'incident', body: { code: 'OUTAGE' } });
    const codes = timelineOf(story.history, story.open).map(({ code }) => code);
    const { timeline: lines, lawCheck } = catalogue.staff;
    expect(codes.filter((code) => !(code in lines))).toEqual([]);
    const checks = [...checksOf(tell({ isExtended: true })).values()];
    expect(checks.filter(({ code }) => !(code in lawCheck.code))).toEqual([]);
    expect(checks.filter(({ article }) => !(article in lawCheck.article))).toEqual([]);
  });
});
