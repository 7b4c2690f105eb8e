import { describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import { catalogue as zh } from '../../../client/i18n/zh-CN/staff.ts';
import { findingsCsv } from '../../../client/staff/cases/import/findings-csv.ts';
import { findDeadline } from '../../../client/staff/desk/vote/deadline-choice.ts';
import { findInstant, toWallTime } from '../../../client/staff/parts/china-time.ts';
import { mayFollowNotices } from '../../../client/staff/parts/permissions.ts';
import { checkText } from '../../../client/staff/review/LawChecks.tsx';
import { desksOf, staffHome } from '../../../client/staff/staff-session.ts';
import {
  findProblem,
  toInput,
  typesOf,
  withKind,
  withObjections,
  type MeetingDraft,
} from '../../../client/staff/prepare/draft.ts';
import { findOpen } from '../../../server/protocol/resolution-types.ts';
import { Role } from '../../../server/protocol/scalars.ts';
import { STAFF_ROLES } from '../../../server/services/meeting-gate.ts';

const NOON_MS = Date.parse('2026-11-22T04:00:00.000Z');

describe('the desks of a person', () => {
  it('follow from the roles, and a creditor has none', () => {
    expect(desksOf(['administrator-lead', 'judge'])).toEqual(['cases']);
    expect(desksOf(['reviewer'])).toEqual(['review']);
    expect(desksOf(['operator'])).toEqual(['operator']);
    expect(desksOf(['creditor'])).toEqual([]);
  });

  it('begin with the first, and a creditor goes to the own meetings', () => {
    expect(staffHome(['clerk'])).toBe('/staff/cases');
    expect(staffHome(['operator'])).toBe('/staff/operator');
    expect(staffHome(['creditor'])).toBe('/meetings');
  });
});

describe('the notices of a case', () => {
  it('are offered to the roles alone to which the server shows them', () => {
    const roles = Role.anyOf.map((one) => one.const);
    expect(roles).toContain('chair');
    expect(roles.filter((role) => mayFollowNotices([role])).sort()).toEqual([...STAFF_ROLES].sort());
  });
});

describe('times that staff type', () => {
  it('are China Standard Time, wherever the desk stands', () => {
    expect(findInstant('2026-11-22T12:00')).toBe('2026-11-22T04:00:00.000Z');
    expect(toWallTime(NOON_MS)).toBe('2026-11-22T12:00');
  });

  it('are no instant while the field is incomplete', () => {
    expect(findInstant('')).toBeUndefined();
    expect(findInstant('2026-11-22')).toBeUndefined();
  });
});

describe('the deadline of a vote', () => {
  it('counts minutes from the moment the vote starts', () => {
    expect(findDeadline({ kind: 'minutes', minutes: 10 }, NOON_MS)).toBe('2026-11-22T04:10:00.000Z');
  });

  it('must lie ahead', () => {
    expect(findDeadline({ kind: 'at', wallTime: '2026-11-22T12:00' }, NOON_MS)).toBeUndefined();
    expect(findDeadline({ kind: 'at', wallTime: '2026-11-22T12:01' }, NOON_MS)).toBe(
      '2026-11-22T04:01:00.000Z',
    );
  });
});

describe('the list of import errors', () => {
  const finding = { sheet: '债权表', cell: 'F12', code: 'ID_SCIENTIFIC', params: { found: '=1+1' } };

  it('runs no formula that a foreign file smuggled in', () => {
    const csv = findingsCsv(['a'], [{ severity: '错误', finding }], 'zh-CN');
    expect(csv).toContain(`"'=1+1"`);
    expect(csv.startsWith('\uFEFF')).toBe(true);
  });
});

describe('what a meeting is announced by', () => {
  const vote = { type: 'R03', closesAt: '2026-11-22T05:00:00.000Z' };
  const verification = { type: 'R01', closesAt: '2026-11-22T04:30:00.000Z' };

  it.each([
    ['a verification of claims', [verification], { state: 'verifying', closesAt: verification.closesAt }],
    ['a vote', [vote], { state: 'voting', closesAt: vote.closesAt }],
    [
      'both: the vote, with its own deadline',
      [verification, vote],
      { state: 'voting', closesAt: vote.closesAt },
    ],
    ['nothing open', [], undefined],
  ])('%s', (_, open, expected) => {
    expect(findOpen(open)).toEqual(expected);
  });
});

describe('the draft of a meeting', () => {
  const item = {
    key: 'k1',
    title: '表决财产管理方案',
    kind: 'report',
    documentIds: [],
    resolution: null,
  } as const;
  const draft: MeetingDraft = { title: '第一次债权人会议', startsAt: '2026-11-22T12:00', agenda: [item] };

  it('cannot be saved with a vote that has no text', () => {
    expect(findProblem(draft)).toBeUndefined();
    const vote = { ...draft, agenda: [withKind(item, 'vote')] };
    expect(findProblem(vote)).toEqual({ code: 'resolutionText', position: 1 });
  });

  it('gives a vote the title of its item, and drops the resolution when the item is no vote any more', () => {
    const vote = withKind(item, 'vote');
    expect(vote.resolution?.title).toBe('表决财产管理方案');
    expect(withKind(vote, 'report').resolution).toBeNull();
  });

  it('has a verification of claims apart from votes, which it does not become by changing the kind', () => {
    expect(typesOf('vote')).not.toContain('R01');
    const objections = withObjections(withKind(item, 'verification'), { title: '核查债权', text: '' });
    expect(objections.resolution?.type).toBe('R01');
    expect(findProblem({ ...draft, agenda: [objections] })?.code).toBe('verificationText');
    expect(withKind(objections, 'vote').resolution?.type).toBe('R03');
  });

  it('is sent without what belongs to the browser alone', () => {
    expect(toInput(draft).agenda).toEqual([
      { title: '表决财产管理方案', kind: 'report', documentIds: [], resolution: null },
    ]);
  });
});

describe('a check of the law', () => {
  it.each([
    ['conforms', '0', '会议议程全部进行'],
    ['deviates', '6', '会议议程有 6 项没有进行'],
    ['not-due', '2', '会议议程还有 2 项没有进行'],
  ] as const)('that %s says nothing against itself', async (state, missed, expected) => {
    const words = i18next.createInstance();
    const t = await words.init({ lng: 'zh-CN', resources: { 'zh-CN': { translation: zh } } });
    const check = { code: 'AGENDA_DEALT_WITH', article: 'EBL_61', state, params: { missed } };
    expect(checkText(t, check)).toBe(expected);
  });
});
