import { describe, expect, it } from '@jest/globals';
import { firstMeetingAgenda } from '../../server/domain/agenda-template.ts';
import { chinaDate, chinaMidnight, isCalendarDate } from '../../server/domain/china-calendar.ts';
import { findProvinceName, provinces } from '../../server/domain/provinces.ts';
import { isResolutionTypeId } from '../../server/domain/rules/registry.ts';
import {
  blockingCodes,
  checkMeeting,
  type ChecklistInput,
} from '../../server/services/meetings/checklist.ts';

const NOW = Date.parse('2026-11-22T06:30:00.000Z');
const DAY_MS = 86_400_000;

const item = { itemId: 'i1', title: '表决', kind: 'vote', documentIds: ['d1'], resolutionId: 'r1' } as const;
const resolution = { resolutionId: 'r1', type: 'R03', title: '方案', text: '全文', documentIds: [] };

function check(over: Partial<ChecklistInput['meeting']> = {}, creditors = 30) {
  const startsAt = new Date(NOW + 15 * DAY_MS);
  const meeting = { startsAt, agenda: [item], resolutions: [resolution], publishedAt: null, ...over };
  return checkMeeting({ meeting, creditors, investors: 0, nowMs: NOW });
}

const open = (over?: Partial<ChecklistInput['meeting']>, creditors?: number) =>
  check(over, creditors)
    .filter(({ state }) => state !== 'done')
    .map(({ code, state }) => `${code}: ${state}`);

describe('the checklist of a meeting (企业破产法 arts. 61, 63)', () => {
  it('is clear with creditors, texts, documents and fifteen days of notice', () => {
    expect(open()).toEqual([]);
  });

  it.each([
    ['no creditors', open({}, 0), ['CREDITORS_IMPORTED: blocks']],
    [
      'an empty agenda',
      open({ agenda: [], resolutions: [{ ...resolution, documentIds: ['d1'] }] }),
      ['AGENDA_ITEMS: blocks'],
    ],
    [
      'a resolution of blanks',
      open({ resolutions: [{ ...resolution, text: '  ' }] }),
      ['RESOLUTION_TEXTS: blocks'],
    ],
    [
      'a start an hour ago',
      open({ startsAt: new Date(NOW - 3_600_000) }),
      ['START_TIME: blocks', 'NOTICE_PERIOD: warning'],
    ],
    ['a start chosen a minute ago', open({ startsAt: new Date(NOW - 60_000) }), ['NOTICE_PERIOD: warning']],
    [
      'a notice one millisecond short of 15 days',
      open({ startsAt: new Date(NOW + 15 * DAY_MS - 1) }),
      ['NOTICE_PERIOD: warning'],
    ],
    ['no documents', open({ agenda: [{ ...item, documentIds: [] }] }), ['DOCUMENTS: warning']],
  ])('with %s', (_what, found, expected) => {
    expect(found).toEqual(expected);
  });

  it('names the resolutions without a text and what blocks', () => {
    const lines = check({ resolutions: [{ ...resolution, text: '' }] });
    expect(blockingCodes(lines)).toEqual(['RESOLUTION_TEXTS']);
    expect(lines.find(({ code }) => code === 'RESOLUTION_TEXTS')?.params).toEqual({ missing: '方案' });
  });

  it('says after publication how it stood then', () => {
    const startsAt = new Date(NOW - DAY_MS);
    const publishedAt = new Date(NOW - 17 * DAY_MS);
    expect(open({ startsAt, publishedAt })).toEqual([]);
  });
});

describe('the agenda of a first meeting (法释〔2002〕23号 art. 42)', () => {
  it('reports, verifies claims, hears questions and then votes', () => {
    const kinds = firstMeetingAgenda.map(({ kind }) => kind);
    const order = ['report', 'verification', 'questions', 'vote'].map((kind) => kinds.indexOf(kind as never));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  it('puts only registered types to the vote, and only in items that are votes', () => {
    for (const { kind, resolution: own } of firstMeetingAgenda) {
      expect(own !== null).toBe(kind === 'vote');
      if (own !== null) expect(isResolutionTypeId(own.type)).toBe(true);
    }
  });
});

describe('provinces (GB/T 2260)', () => {
  it('are 34, named by two digits', () => {
    expect(provinces).toHaveLength(34);
    expect(findProvinceName('33')).toBe('浙江省');
    expect(findProvinceName('99')).toBeUndefined();
    expect(findProvinceName('constructor')).toBeUndefined();
  });
});

describe('the calendar in China', () => {
  it('changes its date at 16:00 UTC', () => {
    expect(chinaDate(Date.parse('2026-11-22T15:59:59.999Z'))).toBe('2026-11-22');
    expect(chinaDate(Date.parse('2026-11-22T16:00:00.000Z'))).toBe('2026-11-23');
    expect(chinaDate(chinaMidnight('2026-11-23'))).toBe('2026-11-23');
  });

  it.each([
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
  ])('%s is a day: %s', (text, expected) => {
    expect(isCalendarDate(text)).toBe(expected);
  });

  it('asks for an explanation and answers before a plan is voted on (art. 84(3)), in its own procedure', () => {
    const plan = { ...resolution, type: 'R06', title: '重整计划草案' };
    const lines = (agenda: ChecklistInput['meeting']['agenda']) =>
      checkMeeting({
        meeting: {
          startsAt: new Date(NOW + 15 * DAY_MS),
          agenda,
          resolutions: [plan],
          publishedAt: null,
        },
        creditors: 30,
        investors: 0,
        procedure: 'liquidation',
        nowMs: NOW,
      }).filter(({ code }) => code === 'PLAN_EXPLAINED' || code === 'PROCEDURE_FITS');
    const report = { ...item, itemId: 'i2', kind: 'report', resolutionId: null } as const;
    const questions = { ...report, itemId: 'i3', kind: 'questions' } as const;
    expect(lines([item, report, questions]).map(({ state }) => state)).toEqual(['warning', 'warning']);
    expect(lines([report, questions, item])).toMatchObject([
      { code: 'PLAN_EXPLAINED', state: 'done' },
      { code: 'PROCEDURE_FITS', state: 'warning', params: { titles: '重整计划草案' } },
    ]);
  });

  it.each([
    [0, 'blocks'],
    [3, 'done'],
  ])(
    'a plan that adjusts the rights of investors with %s of them on the register: %s (art. 85(2))',
    (investors, state) => {
      const plan = { ...resolution, type: 'R06', particulars: { hasInvestorGroup: true } };
      const lines = checkMeeting({
        meeting: {
          startsAt: new Date(NOW + 15 * DAY_MS),
          agenda: [item],
          resolutions: [plan],
          publishedAt: null,
        },
        ...{ creditors: 30, investors, nowMs: NOW },
      });
      expect(lines.find(({ code }) => code === 'INVESTORS_LISTED')).toMatchObject({ state });
      expect(blockingCodes(lines).includes('INVESTORS_LISTED')).toBe(investors === 0);
    },
  );

  it('says when fewer stand for the committee than there are seats (art. 67)', () => {
    const candidateOf = {
      electionId: 'election-1',
      seats: '2',
      seatKind: 'CREDITOR',
      creditorId: 'c1',
    } as const;
    const candidate = { ...resolution, type: 'R08', particulars: { candidateOf } };
    expect(open({ resolutions: [candidate] })).toEqual(['ELECTION_CANDIDATES: warning']);
    expect(open({ resolutions: [candidate, { ...candidate, resolutionId: 'r2' }] })).toEqual([]);
  });
});
