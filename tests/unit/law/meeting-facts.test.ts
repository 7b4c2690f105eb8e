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
