/**
 * 民法典 arts. 201-203 and 1259; 企业破产法 arts. 62(1), 63, 64(2), 66, 79, 84(1), 86(2); 司法解释三 arts. 8, 11(1),
 * 12, 15: how periods are counted, and every time limit of a case.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EBL_2006_V1 } from '../../../server/domain/rules/ebl-2006-v1.ts';
import {
  deadlinesOf,
  revocationEnds,
  type CaseFacts,
  type MeetingMode,
  type ResultNotice,
  type VoteFacts,
} from '../../../server/domain/timers/deadlines.ts';
import { afterDays, afterMonths, beforeDays, plusDays } from '../../../server/domain/timers/periods.ts';
import { createWorkCalendar } from '../../../server/domain/timers/working-days.ts';
import { loadWorkCalendar } from '../../../server/storage/calendar-file.ts';
import { Deadline } from '../../../server/protocol/rest/deadline-routes.ts';
import { Value } from 'typebox/value';

const calendar = await loadWorkCalendar(null);

describe('a period of days', () => {
  it('does not count the day on which it begins (art. 201)', () => {
    expect(afterDays('2026-11-02', 15, calendar)).toEqual({
      date: '2026-11-17',
      isMoved: false,
      isCalendarUnknown: false,
    });
  });

  it.each([
    ['a Saturday moves to Monday', '2026-11-06', 15, '2026-11-23'],
    ['a holiday in the week moves behind the holiday', '2026-09-21', 15, '2026-10-08'],
    ['a weekend inside a holiday moves behind it', '2026-02-01', 15, '2026-02-24'],
    ['a Saturday that is worked does not move', '2026-09-25', 15, '2026-10-10'],
  ])('%s (art. 203)', (_, from, days, date) => {
    expect(afterDays(from, days, calendar).date).toBe(date);
  });

  it('falls back to weekends in a year that nobody announced, and says so', () => {
    expect(afterDays('2026-12-20', 15, calendar)).toEqual({
      date: '2027-01-04',
      isMoved: false,
      isCalendarUnknown: true,
    });
  });

  it('ends in months on the corresponding day, or on the last of a month that has none (art. 202)', () => {
    expect(afterMonths('2026-01-15', 6, calendar).date).toBe('2026-07-15');
    expect(afterMonths('2025-08-31', 6, calendar).date).toBe('2026-02-28');
    expect(afterMonths('2026-08-31', 1, calendar).date).toBe('2026-09-30');
  });

  it('does not move what is counted backwards', () => {
    expect(beforeDays('2026-11-23', 15).date).toBe('2026-11-08');
  });

  it('ends on a working day that is not before the last day, whatever the calendar', () => {
    const day = fc.integer({ min: 0, max: 1_500 }).map((offset) => plusDays('2025-01-01', offset));
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 120 }), (from, days) => {
        const end = afterDays(from, days, calendar);
        expect(calendar.isWorkingDay(end.date)).toBe(true);
        expect(end.date >= plusDays(from, days)).toBe(true);
        expect(end.isMoved).toBe(end.date !== plusDays(from, days));
      }),
    );
  });

  it('comes to an end with a calendar in which nobody ever works', () => {
    const never = { ...createWorkCalendar({}), isWorkingDay: () => false };
    expect(afterDays('2026-01-01', 15, never).date > '2026-01-16').toBe(true);
  });
});

describe('the time limits of a case', () => {
  const vote: VoteFacts = {
    resolutionId: 'res-1',
    title: '财产管理方案',
    type: 'R03',
    round: '1',
    closedOn: null,
    passedOn: null,
    counts: [{ revision: '0', foundOn: null, notice: null }],
    isRejected: false,
    ruledOn: null,
    appliedOn: null,
  };
  const facts: CaseFacts = {
    procedure: 'liquidation',
    acceptedOn: '2026-08-03',
    claimsPeriodEndsOn: null,
    planReceivedOn: null,
    isPlanPeriodExtended: false,
    disposals: [],
    meetings: [],
  };
  const meeting = (votes: readonly VoteFacts[], noticeSentOn: string | null = '2026-11-01') => ({
    meetingId: 'meeting-1',
    title: '第一次债权人会议',
    startsOn: '2026-11-20',
    hasBegun: true,
    mode: 'online' as const,
    noticeSentOn,
    votes,
  });
  const counted = (notice: ResultNotice | null): VoteFacts => ({
    ...vote,
    closedOn: '2026-11-20',
    counts: [{ revision: '0', foundOn: '2026-11-20', notice }],
  });
  const limit = (kind: Deadline['kind'], change: Partial<CaseFacts>, today = '2026-11-25') => {
    const all = deadlinesOf({ ...facts, ...change }, { ruleSet: EBL_2006_V1, calendar, today });
    for (const one of all)
      expect(Value.Check(Deadline, { ...one, meeting: null, resolution: null })).toBe(true);
    return all.find((deadline) => deadline.kind === kind);
  };

  it('art. 62(1): the first meeting within 15 days after the claims period', () => {
    expect(limit('FIRST_MEETING', {})).toMatchObject({ state: 'NOT_STARTED', dueOn: null });
    const claimsPeriodEndsOn = '2026-11-05';
    expect(limit('FIRST_MEETING', { claimsPeriodEndsOn })).toMatchObject({
      dueOn: '2026-11-20',
      state: 'OVERDUE',
    });
    expect(limit('FIRST_MEETING', { claimsPeriodEndsOn, meetings: [meeting([])] })).toMatchObject({
      state: 'MET',
      metOn: '2026-11-20',
    });
    const planned = { ...meeting([]), hasBegun: false };
    expect(limit('FIRST_MEETING', { claimsPeriodEndsOn, meetings: [planned] })).toMatchObject({
      state: 'OVERDUE',
      metOn: null,
    });
  });

  it('art. 63: notice 15 days before the meeting', () => {
    expect(limit('CONVENING_NOTICE', { meetings: [meeting([])] })).toMatchObject({
      dueOn: '2026-11-05',
      state: 'MET',
    });
    expect(limit('CONVENING_NOTICE', { meetings: [meeting([], '2026-11-06')] })?.state).toBe('MET_LATE');
    expect(limit('CONVENING_NOTICE', { meetings: [meeting([], null)] }, '2026-11-05')?.state).toBe('DUE');
  });

  it('Interpretation III art. 11(1): the result within three days after voting', () => {
    const closed = counted(null);
    expect(limit('RESULT_NOTICE', { meetings: [meeting([vote])] })?.state).toBe('NOT_STARTED');
    expect(limit('RESULT_NOTICE', { meetings: [meeting([closed])] }, '2026-11-23')).toMatchObject({
      act: 'INTERPRETATION_3',
      dueOn: '2026-11-23',
      state: 'DUE',
    });
    expect(limit('RESULT_NOTICE', { meetings: [meeting([closed])] }, '2026-11-24')?.state).toBe('OVERDUE');
  });

  it('Interpretation III arts. 11(1), 12: a corrected count is told anew, and it is what can be revoked', () => {
    const told = { sentOn: '2026-11-21', recipients: 3, delivered: 3, lastDeliveredOn: '2026-11-21' };
    const corrected: VoteFacts = {
      ...counted(told),
      counts: [
        { revision: '0', foundOn: '2026-11-20', notice: told },
        { revision: '1', foundOn: '2026-11-30', notice: null },
      ],
    };
    const clockwork = { ruleSet: EBL_2006_V1, calendar, today: '2026-12-01' };
    const limits = deadlinesOf({ ...facts, meetings: [meeting([corrected])] }, clockwork);
    const shown = limits
      .filter(({ resolution }) => resolution !== null)
      .map(({ kind, resolution, dueOn, state }) => [kind, resolution?.revision, dueOn, state]);
    expect(shown).toEqual([
      ['RESULT_NOTICE', '0', '2026-11-23', 'MET'],
      ['RESULT_NOTICE', '1', '2026-12-03', 'DUE'],
      ['REVOCATION', '1', null, 'NOT_STARTED'],
    ]);
  });

  it('art. 64(2), Interpretation III art. 12: revocation runs from each creditor’s receipt', () => {
    const resultNotice = {
      sentOn: '2026-11-21',
      recipients: 30,
      delivered: 28,
      lastDeliveredOn: '2026-11-21',
    };
    const told = counted(resultNotice);
    expect(limit('REVOCATION', { meetings: [meeting([counted(null)])] })?.state).toBe('NOT_STARTED');
    expect(limit('REVOCATION', { meetings: [meeting([told])] })).toMatchObject({
      dueOn: '2026-12-07',
      isMoved: true,
      state: 'DUE',
      delivery: { recipients: 30, delivered: 28 },
    });
    // Two have no proved delivery: for them it has not even begun.
    expect(limit('REVOCATION', { meetings: [meeting([told])] }, '2026-12-08')?.state).toBe('DUE');
    const all = counted({ ...resultNotice, delivered: 30 });
    expect(limit('REVOCATION', { meetings: [meeting([all])] }, '2026-12-08')?.state).toBe('EXPIRED');
    const none = counted({ ...resultNotice, delivered: 0, lastDeliveredOn: null });
    expect(limit('REVOCATION', { meetings: [meeting([none])] })?.state).toBe('NOT_STARTED');
    const clockwork = { ruleSet: EBL_2006_V1, calendar, today: '2026-11-25' };
    const online = { mode: 'online', foundOn: '2026-11-20' } as const;
    expect(revocationEnds({ ...online, receivedOn: '2026-11-23' }, clockwork)?.date).toBe('2026-12-08');
    expect(revocationEnds({ ...online, receivedOn: '2026-11-25' }, clockwork)?.date).toBe('2026-12-10');
    expect(revocationEnds({ ...online, receivedOn: null }, clockwork)).toBeNull();
  });

  it('art. 64(2): what failed is no resolution, and nothing of it is revoked', () => {
    const failed = { ...counted(null), isRejected: true };
    expect(limit('REVOCATION', { meetings: [meeting([failed])] })).toBeUndefined();
    expect(limit('RESULT_NOTICE', { meetings: [meeting([failed])] })).toMatchObject({ dueOn: '2026-11-23' });
  });

  it('a committee’s decision and a proposal of creditors are no resolutions of the meeting', () => {
    for (const type of ['R12', 'R13'] as const) {
      const meetings = [meeting([{ ...counted(null), type }])];
      expect(limit('REVOCATION', { meetings })).toBeUndefined();
      expect(limit('RESULT_NOTICE', { meetings })).toBeUndefined();
    }
  });

  it('art. 64(2): of a vote on site revocation runs from the resolution, whoever was told', () => {
    const held = (mode: MeetingMode) => [{ ...meeting([counted(null)]), mode }];
    expect(limit('REVOCATION', { meetings: held('on-site') })).toMatchObject({
      act: 'EBL',
      article: '64(2)',
      countsFrom: '2026-11-20',
      dueOn: '2026-12-07',
      state: 'DUE',
    });
    expect(limit('REVOCATION', { meetings: held('on-site') }, '2026-12-08')?.state).toBe('EXPIRED');
    // Interpretation III art. 12: a vote that was taken both ways was taken otherwise than on site too.
    expect(limit('REVOCATION', { meetings: held('hybrid') })?.state).toBe('NOT_STARTED');
  });

  it('Interpretation III art. 8: a suit on a claim within 15 days after verification, and no notice of a result', () => {
    const verification = { ...vote, type: 'R01', closedOn: '2026-11-20' };
    const meetings = [meeting([verification])];
    expect(limit('CLAIM_SUIT', { meetings })).toMatchObject({ dueOn: '2026-12-07', state: 'DUE' });
    expect(limit('RESULT_NOTICE', { meetings })).toBeUndefined();
  });

  it('Interpretation III art. 15: a report ten days before major property is disposed of', () => {
    const disposal = (reportedOn: string | null) => ({
      disposals: [{ what: '厂房', plannedOn: '2026-12-05', reportedOn }],
    });
    expect(limit('DISPOSAL_REPORT', disposal(null))).toMatchObject({
      act: 'INTERPRETATION_3',
      article: '15',
      about: '厂房',
      countsFrom: '2026-12-05',
      dueOn: '2026-11-25',
      state: 'DUE',
    });
    expect(limit('DISPOSAL_REPORT', disposal(null), '2026-11-26')?.state).toBe('OVERDUE');
    expect(limit('DISPOSAL_REPORT', disposal('2026-11-25'))?.state).toBe('MET');
    expect(limit('DISPOSAL_REPORT', disposal('2026-11-26'))?.state).toBe('MET_LATE');
    expect(limit('DISPOSAL_REPORT', {})).toBeUndefined();
  });

  it('art. 66: reconsideration within 15 days, only once the court has ruled', () => {
    expect(limit('RECONSIDERATION', { meetings: [meeting([vote])] })).toBeUndefined();
    const ruled = { ...vote, closedOn: '2026-11-20', ruledOn: '2026-11-24' };
    expect(limit('RECONSIDERATION', { meetings: [meeting([ruled])] })).toMatchObject({
      article: '66',
      dueOn: '2026-12-09',
    });
  });

  it('arts. 79, 84(1), 86(2): draft, meeting and application of a reorganisation plan', () => {
    const passed = { ...vote, type: 'R06', closedOn: '2026-11-20', passedOn: '2026-11-20' };
    const reorganisation: Partial<CaseFacts> = {
      procedure: 'reorganisation',
      planReceivedOn: '2026-10-30',
      meetings: [meeting([passed])],
    };
    expect(limit('PLAN_DRAFT', reorganisation)).toMatchObject({ isCalendarUnknown: true, state: 'MET' });
    expect(limit('PLAN_DRAFT', { ...reorganisation, acceptedOn: '2026-03-02' })).toMatchObject({
      dueOn: '2026-09-02',
      state: 'MET_LATE',
    });
    const extended = { ...reorganisation, acceptedOn: '2026-03-02', isPlanPeriodExtended: true };
    expect(limit('PLAN_DRAFT', extended)).toMatchObject({ dueOn: '2026-12-02', state: 'MET' });
    expect(limit('PLAN_MEETING', reorganisation)).toMatchObject({ dueOn: '2026-11-30', state: 'MET' });
    expect(limit('PLAN_APPLICATION', reorganisation)).toMatchObject({ dueOn: '2026-11-30', state: 'DUE' });
    expect(limit('PLAN_DRAFT', { meetings: [] })).toBeUndefined();
  });
});
