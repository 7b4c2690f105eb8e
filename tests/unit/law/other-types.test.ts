/**
 * 企业破产法 arts. 58, 62(2), 67, 105; 司法解释三 art. 14: what is no majority of creditors present; and the
 * rule set as data (domain.md 2.6).
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { followUpOf } from '../../../server/domain/record/tally.ts';
import { EBL_2006_V1 } from '../../../server/domain/rules/ebl-2006-v1.ts';
import { electionResult, type Candidate } from '../../../server/domain/rules/election.ts';
import { resolutionTypes } from '../../../server/domain/rules/registry.ts';
import { CaseSettings } from '../../../server/protocol/case-settings.ts';
import { RESOLUTION_TYPE_IDS } from '../../../server/protocol/resolution-types.ts';
import { FrozenRule, Tally } from '../../../server/protocol/tally.ts';
import { defaultCaseSettings } from '../../../server/domain/rules/case-settings.ts';
import { claim, groupOf, hold } from '../../support/votes.ts';

describe('verification of claims, art. 58', () => {
  it('records objections and passes nothing', () => {
    const held = hold({ type: 'R01', claims: [claim('a'), claim('b', { confirmedFen: null })] });
    expect(held.rule).toMatchObject({ mode: 'OBJECTION', groups: [], warnings: [] });
    expect(held.tally.results.main).toEqual({ outcome: 'RECORDED', groups: [] });
    expect(followUpOf(held.rule, 'RECORDED')).toEqual(['COURT_CONFIRMATION_58', 'OBJECTOR_SUES']);
  });

  it('has everybody who filed on its roll, with a determined claim or not', () => {
    const { roll } = hold({
      type: 'R01',
      claims: [claim('a'), claim('b', { confirmedFen: null }), claim('w', { nature: 'EMPLOYEE' })],
    });
    expect(roll.units.map(({ unitId, amountFen }) => [unitId, amountFen])).toEqual([
      ['a', 100n],
      ['b', 0n],
      ['w', 100n],
    ]);
  });
});

describe('an agreement with all creditors, art. 105', () => {
  it('needs every unit, present or not', () => {
    const claims = [claim('a'), claim('b')];
    const held = hold({ type: 'R07U', claims, ballots: { a: 'for' } });
    expect(held.tally.results.main.outcome).toBe('FAILED');
    expect(groupOf(held).heads).toMatchObject({ numerator: '1', denominator: '2', shortfall: '1' });
    const all = hold({ type: 'R07U', claims, ballots: { a: 'for', b: 'for' } });
    expect(all.tally.results.main.outcome).toBe('PASSED');
  });

  it('warns that creditors without a determined claim are not on the roll', () => {
    const { rule } = hold({ type: 'R07U', claims: [claim('a'), claim('b', { confirmedFen: null })] });
    expect(rule.warnings).toEqual(['CREDITORS_WITHOUT_VOTE']);
  });

  it.each([
    ['employees', claim('b', { nature: 'EMPLOYEE' }), true],
    ['subordinated claims', claim('b', { nature: 'SUBORDINATED' }), true],
    ['whom the court excluded', claim('excluded'), true],
    ['whom another head has with its own', claim('joined'), false],
    ['whose principal creditor filed all', claim('b', { isRecourseFiledInFull: true }), false],
    ['whose claim is confirmed at nothing', claim('b', { confirmedFen: 0n }), false],
  ])('warns of creditors who must agree and have no vote: %s', (_, other, isWarned) => {
    const decisions = {
      exclusions: new Map([['excluded', 'EXCLUDED_BY_COURT' as const]]),
      joinedTo: new Map([['joined', 'a']]),
    };
    const { rule, roll } = hold({ type: 'R07U', claims: [claim('a'), other], decisions });
    expect(roll.units).toHaveLength(1);
    expect(rule.warnings).toEqual(isWarned ? ['CREDITORS_WITHOUT_VOTE'] : []);
  });
});

describe('a resolution of the committee, Interpretation III art. 14', () => {
  const members = ['m1', 'm2', 'm3', 'm4', 'm5'];

  it('passes with more than half of all members, absent ones included', () => {
    const ballots = { m1: 'for', m2: 'for', m3: 'for' } as const;
    const held = hold({ type: 'R12', claims: [], decisions: { members }, ballots });
    expect(groupOf(held)).toMatchObject({
      outcome: 'PASSED',
      units: '5',
      heads: { numerator: '3', denominator: '5' },
      amount: null,
    });
    expect(held.rule).toMatchObject({ article: '14', articleOf: 'INTERPRETATION_3' });
  });

  it('fails with all who are present when they are not more than half', () => {
    const ballots = { m1: 'for', m2: 'for' } as const;
    const held = hold({ type: 'R12', claims: [], decisions: { members }, ballots });
    expect(groupOf(held).heads).toMatchObject({ passed: false, shortfall: '1' });
  });

  it('counts a ballot without a sign-in also where presence is by sign-in', () => {
    const held = hold({
      type: 'R12',
      claims: [],
      decisions: { members: ['m1'] },
      settings: { attendanceBasis: 'SIGN_IN' },
      ballots: { m1: 'for' },
    });
    expect(held.tally.results.main.outcome).toBe('PASSED');
  });
});

describe('a proposal to convene, art. 62(2)', () => {
  const bank = claim('bank', { nature: 'SECURED', confirmedFen: 25n, securedFen: 25n });
  const others = claim('others', { confirmedFen: 75n });

  it('takes a quarter of all claims, secured ones included', () => {
    const held = hold({ type: 'R13', claims: [bank, others], ballots: { bank: 'for' } });
    expect(groupOf(held)).toMatchObject({ outcome: 'PASSED', heads: null, amount: { percent: '25.00' } });
    const less = hold({
      type: 'R13',
      claims: [bank, { ...others, confirmedFen: 76n }],
      ballots: { bank: 'for' },
    });
    expect(groupOf(less)).toMatchObject({ outcome: 'FAILED', amount: { percent: '24.75', shortfall: '1' } });
  });

  it('counts employees and subordinated claims, which have no vote elsewhere', () => {
    const claims = [claim('w', { nature: 'EMPLOYEE' }), claim('p', { nature: 'SUBORDINATED' })];
    expect(hold({ type: 'R13', claims }).roll.units).toHaveLength(2);
  });
});

describe('a creditor whom the court excludes from votes (E13)', () => {
  const exclusions = new Map([
    ['sister', 'EXCLUDED_BY_COURT' as const],
    ['surety', 'RECOURSE_FILED_IN_FULL' as const],
  ]);
  const claims = [claim('a'), claim('sister'), claim('surety')];

  it.each([
    ['verifies the claims with all who filed (art. 58)', 'R01'],
    ['counts among all claims when a meeting is proposed (art. 62(2))', 'R13'],
  ] as const)('%s', (_, type) => {
    const { roll } = hold({ type, claims, decisions: { exclusions } });
    expect(roll.units.map(({ unitId }) => unitId)).toEqual(['a', 'sister']);
    expect(roll.excludedTotals).toEqual([{ reason: 'RECOURSE_FILED_IN_FULL', creditors: '1' }]);
  });
});

describe('the election of a committee, art. 67', () => {
  const candidate = (
    resolutionId: string,
    forFen: bigint,
    forHeads = 1,
    passed: boolean | null = true,
  ): Candidate => ({
    resolutionId,
    forFen,
    forHeads,
    passed,
  });
  const elect = (candidates: Candidate[], seats: number, lots: readonly string[] = []) =>
    Object.fromEntries(
      electionResult({ candidates, seats, seatKind: 'CREDITOR', taken: 0, lots }).map(
        ({ resolutionId, state }) => [resolutionId, state],
      ),
    );

  it('leaves one of nine seats to the employees', () => {
    expect(EBL_2006_V1.limits).toEqual({ committeeMax: 9, committeeEmployeeSeats: 1 });
  });

  it.each([
    ['eight creditors at most, whatever the election names', 'CREDITOR', 11, 0, 8],
    ['what elections before it have left of the eight', 'CREDITOR', 5, 5, 3],
    ['nobody when the eight seats are taken', 'CREDITOR', 1, 8, 0],
    ['one for the employees', 'EMPLOYEE', 3, 0, 1],
    ['no second one for the employees', 'EMPLOYEE', 1, 1, 0],
  ] as const)('elects %s', (_, seatKind, seats, taken, elected) => {
    const candidates = Array.from({ length: 11 }, (_each, index) =>
      candidate(`c${index}`, 100n - BigInt(index)),
    );
    const results = electionResult({ candidates, seats, seatKind, taken, lots: [] });
    const states = results.map(({ state }) => state);
    expect(states).toEqual(candidates.map((_each, index) => (index < elected ? 'ELECTED' : 'NO_SEAT')));
  });

  it('ranks by amount, then by heads, and seats nobody who did not pass', () => {
    const candidates = [
      candidate('rich', 90n, 1),
      candidate('liked', 50n, 9),
      candidate('known', 50n, 8),
      candidate('failed', 99n, 9, false),
    ];
    expect(elect(candidates, 2)).toEqual({
      rich: 'ELECTED',
      liked: 'ELECTED',
      known: 'NO_SEAT',
      failed: 'NOT_PASSED',
    });
  });

  it('asks for a lot where two are equal at the last seat, and follows it', () => {
    const tied = [candidate('first', 90n), candidate('left', 50n), candidate('right', 50n)];
    expect(elect(tied, 2)).toEqual({ first: 'ELECTED', left: 'LOT_NEEDED', right: 'LOT_NEEDED' });
    expect(elect(tied, 2, ['right', 'left'])).toEqual({
      first: 'ELECTED',
      left: 'NO_SEAT',
      right: 'ELECTED',
    });
    expect(elect(tied, 3)).toEqual({ first: 'ELECTED', left: 'ELECTED', right: 'ELECTED' });
  });

  it('gives no seat while a candidate has no verdict', () => {
    expect(elect([candidate('a', 9n), candidate('b', 0n, 0, null)], 2)).toEqual({
      a: 'PENDING',
      b: 'PENDING',
    });
  });

  it('never has more members than seats, whoever passed and in whatever order they stand', () => {
    const any = fc.record({
      passed: fc.boolean(),
      forHeads: fc.integer({ min: 0, max: 3 }),
      forFen: fc.bigInt({ min: 0n, max: 3n }),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), fc.integer({ min: 1, max: 8 }), (list, seats) => {
        const candidates = list.map((one, index) => ({ ...one, resolutionId: `c-${index}` }));
        const result = elect(candidates, seats);
        const elected = Object.values(result).filter((state) => state === 'ELECTED');
        expect(elected.length).toBeLessThanOrEqual(seats);
        expect(elect([...candidates].reverse(), seats)).toEqual(result);
      }),
    );
  });
});

describe('the rule set EBL-2006.v1', () => {
  it('has a type for every literal, each with a rule of the set and its own provision', () => {
    expect(RESOLUTION_TYPE_IDS).toEqual(Object.keys(resolutionTypes));
    for (const type of Object.values(resolutionTypes)) {
      expect(type.ruleSet.rules[type.rule.ruleId]).toBe(type.rule);
      expect(type.power).not.toBe('');
    }
  });

  it.each(RESOLUTION_TYPE_IDS)('freezes %s into what the ledger takes', (type) => {
    const held = hold({
      type,
      claims: [claim('aaaa'), claim('bbbb', { nature: 'SECURED', securedFen: 60n })],
      decisions: { members: ['aaaa'] },
      signedIn: ['aaaa'],
    });
    expect(Value.Check(FrozenRule, held.rule)).toBe(true);
    expect(Value.Check(Tally, { ...held.tally, resolutionId: 'res-1234' })).toBe(true);
  });

  it('says what follows from every verdict', () => {
    const followUps = Object.fromEntries(
      Object.values(resolutionTypes).map(({ id, rule }) => [id, [rule.onPass, ...rule.onFail]]),
    );
    expect(followUps).toEqual({
      R01: [['COURT_CONFIRMATION_58', 'OBJECTOR_SUES'], []],
      R02: [[], ['NOT_ADOPTED']],
      R03: [[], ['COURT_RULING']],
      R04: [[], ['COURT_RULING']],
      R05: [['COURT_RECOGNITION'], ['SECOND_VOTE'], ['COURT_RULING_65_2']],
      R06: [['COURT_APPROVAL'], ['NEGOTIATE_SECOND_VOTE'], ['CRAM_DOWN_APPLICATION', 'TERMINATE_DECLARE_88']],
      R07: [['COURT_RECOGNITION_98'], ['TERMINATE_DECLARE_99']],
      R07U: [['COURT_RECOGNITION_105'], ['NOT_ADOPTED']],
      R08: [['COURT_APPROVAL_67'], ['NOT_ADOPTED']],
      R09: [['APPLY_TO_COURT_22'], ['NOT_ADOPTED']],
      R10: [['ATTACH_TO_REQUEST_28'], ['NOT_ADOPTED']],
      R11: [[], ['NOT_ADOPTED']],
      R12: [[], ['NOT_ADOPTED']],
      R13: [['TO_CHAIR_62'], ['NOT_ADOPTED']],
    });
  });

  it('has default settings that the case takes', () => {
    expect(Value.Check(CaseSettings, defaultCaseSettings(EBL_2006_V1))).toBe(true);
  });
});
