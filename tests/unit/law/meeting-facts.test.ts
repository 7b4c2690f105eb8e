/**
 * What the time limits read of a meeting's ledger: 企业破产法 arts. 64(2), 65, 66, 86(2); 司法解释三 arts. 11(1), 12.
 */
import { describe, expect, it } from '@jest/globals';
import { applyEntry } from '../../../server/domain/meeting/apply.ts';
import { emptyMeetingState, type MeetingState } from '../../../server/domain/meeting/state.ts';
import { meetingFactsOf } from '../../../server/domain/timers/meeting-facts.ts';
import type { Entry, EntryType } from '../../../server/protocol/entries.ts';

const MEETING = {
  meetingId: 'meeting-1',
  title: '第二次债权人会议',
  startsAt: new Date('2026-11-20T06:30:00.000Z'),
  resolutions: [{ resolutionId: 'plan', title: '重整计划草案' }],
};

type Told = readonly [ts: string, t: EntryType, body: object];

/** The fold reads of an entry no more than these tests tell. */
function fold(told: readonly Told[]): MeetingState {
  const state = emptyMeetingState();
  for (const [seq, [ts, t, body]] of told.entries()) {
    applyEntry(state, { seq: String(seq), ts, t, body } as unknown as Entry, '');
  }
  return state;
}
const votesOf = (told: readonly Told[]) => meetingFactsOf(MEETING, fold(told)).votes;

const published = (type = 'R06'): Told => [
  '2026-10-30T02:00:00.000Z',
  'resolution.publish',
  { resolutionId: 'plan', type },
];
const about = (round = '1') => ({ resolutionId: 'plan', round });
const frozen = (round = '1', ts = '2026-11-20T07:00:00.000Z'): Told => [ts, 'roll.freeze', about(round)];
/** Ends at four in the afternoon in China; the entries come when the server is there to write them. */
const closed = (round = '1', day = '2026-11-20'): Told => [
  '2026-11-23T02:00:00.000Z',
  'ballot.close',
  { ...about(round), effectiveAt: `${day}T08:00:00.000Z`, cause: 'DEADLINE' },
];
const found = (outcome: string, revision = '0', ts = '2026-11-23T02:00:01.000Z', round = '1'): Told => [
  ts,
  'verdict',
  { ...about(round), outcome, revision },
];
const ruled = (kind: string, decidedOn: string, more: object = {}): Told => [
  '2026-12-28T02:00:00.000Z',
  'ruling',
  { resolutionId: 'plan', kind, decidedOn, ...more },
];

describe('how the meeting is held', () => {
  const convened: Told = ['2026-10-30T01:00:00.000Z', 'meeting.convene', { mode: 'on-site' }];
  it('is what it was convened as', () => {
    expect(meetingFactsOf(MEETING, fold([convened])).mode).toBe('on-site');
    expect(meetingFactsOf(MEETING, null).mode).toBe('online');
  });
});

describe('the convening notice (art. 63)', () => {
  const convening = (ts: string): Told => [ts, 'notice', { noticeId: ts, kind: 'CONVENING' }];
  const noticeOf = (...told: readonly Told[]) =>
    meetingFactsOf(MEETING, fold([published(), ...told])).noticeSentOn;

  it('is what was issued, the first of them, and not that the meeting was published', () => {
    expect(noticeOf()).toBeNull();
    const [first, second] = [convening('2026-11-04T02:00:00.000Z'), convening('2026-11-10T02:00:00.000Z')];
    expect(noticeOf(first, second)).toBe('2026-11-04');
  });
});

describe('the ten days in which a plan that passed goes to the court (art. 86(2))', () => {
  const passed = [published(), frozen(), closed(), found('PASSED')];

  it('count from the end of the vote, not from when it was counted', () => {
    expect(votesOf(passed)).toMatchObject([{ passedOn: '2026-11-20', appliedOn: null }]);
  });

  it('are met by the application, and not by the decision that came later', () => {
    const decided = ruled('COURT_APPROVAL', '2026-12-25');
    expect(votesOf([...passed, decided])).toMatchObject([{ appliedOn: null }]);
    const application = ruled('PLAN_APPROVAL_APPLICATION', '2026-11-27');
    expect(votesOf([...passed, decided, application])).toMatchObject([{ appliedOn: '2026-11-27' }]);
  });

  it('count from the correction where only that found it passed', () => {
    const corrected = [
      found('FAILED'),
      found('PASSED', '1', '2026-12-01T02:00:00.000Z'),
      found('PASSED', '2', '2026-12-03T02:00:00.000Z'),
    ];
    const told = [published(), frozen(), closed(), ...corrected];
    expect(votesOf(told)).toMatchObject([{ passedOn: '2026-12-01' }]);
    expect(votesOf([...passed, found('FAILED', '1', '2026-12-01T02:00:00.000Z')])).toMatchObject([
      { passedOn: null },
    ]);
  });
});

describe('the notices of results', () => {
  const told = (ts: string, more: object = {}): Told => [
    ts,
    'notice',
    { noticeId: ts, kind: 'RESULT', resolutionId: 'plan', recipients: '3', delivered: '0', ...more },
  ];
  const firstVote = [published('R05'), frozen(), closed(), found('FAILED')];
  const secondVote = [
    frozen('2', '2026-12-10T07:00:00.000Z'),
    closed('2', '2026-12-10'),
    found('PASSED', '0', '2026-12-10T08:00:01.000Z', '2'),
  ];
  const sentOf = (story: readonly Told[]) =>
    votesOf(story).map(({ round, counts }) => [
      round,
      ...counts.map(({ revision, foundOn, notice }) => [revision, foundOn, notice?.sentOn ?? null]),
    ]);

  it('are each of its own vote', () => {
    const named = { round: '1', revision: '0' };
    // Entries of the second vote come with its end, after the notice of the first.
    const story = [...firstVote, told('2026-11-23T03:00:00.000Z', named), ...secondVote];
    expect(sentOf(story)).toEqual([
      ['1', ['0', '2026-11-20', '2026-11-23']],
      ['2', ['0', '2026-12-10', null]],
    ]);
    const late = told('2026-12-11T03:00:00.000Z', { round: '2', revision: '0' });
    expect(sentOf([...story, late])).toEqual([
      ['1', ['0', '2026-11-20', '2026-11-23']],
      ['2', ['0', '2026-12-10', '2026-12-11']],
    ]);
  });

  it('that name no vote tell of the last one that was over', () => {
    const early = told('2026-11-23T03:00:00.000Z', { resolutionId: undefined });
    expect(sentOf([...firstVote, early, ...secondVote])).toEqual([
      ['1', ['0', '2026-11-20', '2026-11-23']],
      ['2', ['0', '2026-12-10', null]],
    ]);
  });

  it('of a correction stand beside the one that it corrects', () => {
    const correction = found('PASSED', '1', '2026-12-01T02:00:00.000Z');
    const first = told('2026-11-23T03:00:00.000Z', { round: '1', revision: '0' });
    const second = told('2026-12-02T03:00:00.000Z', { round: '1', revision: '1' });
    expect(votesOf(firstVote)).toMatchObject([{ isRejected: true }]);
    expect(votesOf([...firstVote, correction])).toMatchObject([{ isRejected: false }]);
    expect(sentOf([...firstVote, first, correction])).toEqual([
      ['1', ['0', '2026-11-20', '2026-11-23'], ['1', '2026-12-01', null]],
    ]);
    expect(sentOf([...firstVote, first, correction, second])).toEqual([
      ['1', ['0', '2026-11-20', '2026-11-23'], ['1', '2026-12-01', '2026-12-02']],
    ]);
    // Corrected before anybody was told: one notice tells both.
    expect(sentOf([...firstVote, correction, second])).toEqual([
      ['1', ['0', '2026-11-20', '2026-12-02'], ['1', '2026-12-01', '2026-12-02']],
    ]);
  });

  it('and rulings are of the vote that they name, or of the last one that was over', () => {
    const ruledOnOf = (...rulings: readonly Told[]) =>
      votesOf([...firstVote, ...secondVote, ...rulings]).map(({ ruledOn }) => ruledOn);
    expect(ruledOnOf(ruled('COURT_RULING', '2026-12-20'))).toEqual([null, '2026-12-20']);
    expect(ruledOnOf(ruled('COURT_RULING', '2026-12-20', { round: '1' }))).toEqual(['2026-12-20', null]);
  });
});
