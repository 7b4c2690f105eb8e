/**
 * The edge cases of domain.md 2.4, each with its number: 企业破产法 arts. 50, 51, 58, 59, 64, 65, 83, 84, 87.
 * Here and in `edge-cases-roll.test.ts` is what roll, rule and count make of them; the same ballots counted
 * otherwise in `other-counts.test.ts`. What belongs to the conduct of a meeting is shown on a real server, in
 * `tests/integration`: E3 and E26 in `proxies`, E9, E10 and E27 in `vote-window`, E29 in `fault-restart`, E11 and E12
 * in `entered-ballots`. The claims table: E23 in `tests/unit/claims-cells.test.ts`, E24 there and in
 * `tests/unit/claims-table.test.ts`.
 */
import { describe, expect, it } from '@jest/globals';
import { readYuan } from '../../../server/domain/money.ts';
import { effectiveBallots, type BallotSources } from '../../../server/domain/record/effective-ballots.ts';
import { countVote, type CountedBallot } from '../../../server/domain/record/tally.ts';
import { settingsOfCase, defaultCaseSettings } from '../../../server/domain/rules/case-settings.ts';
import { EBL_2006_V1 } from '../../../server/domain/rules/ebl-2006-v1.ts';
import { resolutionTypes } from '../../../server/domain/rules/registry.ts';
import type { Choice } from '../../../server/protocol/scalars.ts';
import { resultOf } from '../../support/slices.ts';
import { claim, groupOf, hold } from '../../support/votes.ts';

const ownOf =
  (choices: Readonly<Record<string, Choice>>): BallotSources['ownOf'] =>
  (unitId) => {
    const choice = choices[unitId];
    return choice && { choice, channel: 'online', isSigned: false };
  };

const ballotsOf = (sources: BallotSources): CountedBallot[] => resultOf(effectiveBallots(sources));

describe('presence, silence and abstaining', () => {
  it.each([
    ['SIGN_IN', '3', '1'],
    ['VOTED', '3', '2'],
    ['SIGN_IN_OR_VOTED', '4', '2'],
  ] as const)('E6: on the basis %s %s are present and %s in favour', (attendanceBasis, present, inFavour) => {
    const held = hold({
      type: 'R03',
      claims: ['a', 'b', 'c', 'd', 'e'].map((id) => claim(id)),
      settings: { attendanceBasis },
      ballots: { a: 'for', b: 'for', c: 'against' },
      signedIn: ['a', 'c', 'd'],
    });
    expect(groupOf(held)).toMatchObject({ presentHeads: present, for: { heads: inFavour } });
  });

  it('E7: abstaining, silent and absent units stay in the bases, in lines of their own', () => {
    const held = hold({
      type: 'R07',
      claims: ['a', 'b', 'c', 'd'].map((id) => claim(id)),
      ballots: { a: 'for', b: 'abstain' },
      signedIn: ['c'],
    });
    expect(groupOf(held)).toMatchObject({
      abstain: { heads: '1' },
      silent: { heads: '1' },
      absent: { heads: '1' },
      heads: { denominator: '3' },
      amount: { denominator: '400' },
    });
  });

  it.each([
    ['SIGN_IN_OR_VOTED', '3', { heads: '2', fen: '200' }, undefined],
    ['VOTED', '3', { heads: '2', fen: '200' }, undefined],
    // Only the sign-in makes present: of the two invalid ballots that of b is one.
    ['SIGN_IN', '1', { heads: '1', fen: '100' }, ['BALLOT_WITHOUT_SIGN_IN']],
  ] as const)(
    'E7: on the basis %s invalid ballots leave %s present, in a line of their own',
    (basis, present, invalid, warnings) => {
      const held = hold({
        type: 'R03',
        claims: ['a', 'b', 'c', 'd'].map((id) => claim(id)),
        settings: { attendanceBasis: basis },
        ballots: { a: 'for' },
        invalid: ['b', 'c'],
        signedIn: ['b'],
      });
      expect(groupOf(held)).toMatchObject({
        outcome: 'FAILED',
        presentHeads: present,
        invalid,
        silent: { heads: '0' },
        amount: { denominator: '400' },
      });
      expect(held.tally.warnings).toEqual(expect.arrayContaining([...(warnings ?? [])]));
    },
  );

  it('E7: an invalid ballot decides like one against where those who take part are the base', () => {
    const investors = ['a', 'b', 'c'].map((id) => claim(id, { nature: 'INVESTOR' }));
    const vote = { type: 'R06', claims: investors, decisions: { adjustsInvestors: true } } as const;
    const ballots = { a_INVESTOR: 'for' } as const;
    expect(groupOf(hold({ ...vote, ballots }), 'INVESTOR').outcome).toBe('PASSED');
    const held = hold({ ...vote, ballots, invalid: ['b_INVESTOR'] });
    expect(groupOf(held, 'INVESTOR')).toMatchObject({
      outcome: 'FAILED',
      invalid: { heads: '1', fen: '100' },
      amount: { numerator: '100', denominator: '200' },
    });
  });

  it('E7: a valid ballot goes before an invalid one of the same unit, which is then in no line', () => {
    const held = hold({ type: 'R03', claims: [claim('a')], ballots: { a: 'for' }, invalid: ['a'] });
    expect(groupOf(held)).toMatchObject({ outcome: 'PASSED', presentHeads: '1', for: { heads: '1' } });
    expect(groupOf(held)).not.toHaveProperty('invalid');
  });

  it('E7 with E8 and E28: who cast an invalid ballot was not silent and has not consented before', () => {
    const units = ['a', 'b', 'c'].map((unitId) => ({ unitId, creditorId: unitId }));
    const isInvalid = (unitId: string) => unitId === 'a';
    const unitsOf = (sources: Omit<BallotSources, 'units' | 'isInvalid'>) =>
      ballotsOf({ units, isInvalid, ...sources }).map(({ unitId, channel }) => [unitId, channel]);
    expect(unitsOf({ ownOf: () => undefined, undelivered: new Set() })).toEqual([
      ['b', 'deemed'],
      ['c', 'deemed'],
    ]);
    expect(unitsOf({ ownOf: () => undefined, carriedOf: ownOf({ a: 'for', b: 'for' }) })).toEqual([
      ['b', 'carried'],
    ]);
  });

  it('E8: silence is consent only where the case says so for this type, and is shown apart', () => {
    const claims = ['a', 'b', 'c', 'd'].map((id) => claim(id));
    const { roll } = hold({ type: 'R11', claims });
    const cast = { a: 'for', b: 'against' } as const;
    const ballots = ballotsOf({
      units: roll.units,
      ownOf: ownOf(cast),
      undelivered: new Set(['d']),
    });
    expect(ballots.map(({ unitId, choice, channel }) => [unitId, choice, channel])).toEqual([
      ['a', 'for', 'online'],
      ['b', 'against', 'online'],
      ['c', 'for', 'deemed'],
    ]);
    const held = hold({
      type: 'R11',
      claims,
      settings: { silence: 'CONSENT' },
      ballots: { ...cast, c: ['for', 'deemed'] },
    });
    expect(held.tally.results.main.outcome).toBe('PASSED');
    expect(held.tally.results.withoutDeemed).toMatchObject({
      outcome: 'FAILED',
      groups: [{ absent: { heads: '2' } }],
    });
    expect(held.tally.warnings).toEqual(['SILENCE_IS_CONSENT', 'SILENCE_DECIDES']);
  });

  it('E8: distribution, plan and settlement are left out unless the case names them', () => {
    const settings = {
      ...defaultCaseSettings(EBL_2006_V1),
      silence: {
        mode: 'CONSENT' as const,
        reference: '表决规则第 5 条',
        noticeDocumentId: null,
        types: ['R11' as const, 'R05' as const],
      },
    };
    expect(settingsOfCase(resolutionTypes.R11, settings).silence).toBe('CONSENT');
    expect(settingsOfCase(resolutionTypes.R03, settings).silence).toBe('NONE');
    expect(settingsOfCase(resolutionTypes.R07, settings).silence).toBe('NONE');
    const named = settingsOfCase(resolutionTypes.R05, settings);
    expect(hold({ type: 'R05', claims: [claim('a')], settings: named }).rule.warnings).toEqual([
      'SILENCE_ON_EXCLUDED_TYPE',
    ]);
  });

  it('E11: ballots on paper, by mail, SMS and e-mail count alike and are counted apart', () => {
    const held = hold({
      type: 'R03',
      claims: ['a', 'b', 'c', 'd'].map((id) => claim(id)),
      ballots: { a: ['for', 'paper'], b: ['for', 'mail'], c: ['for', 'sms'], d: ['against', 'email'] },
    });
    expect(groupOf(held).for.heads).toBe('3');
    expect(held.tally.ballotsByChannel.map(({ channel }) => channel)).toEqual([
      'email',
      'mail',
      'paper',
      'sms',
    ]);
  });

  it('E12: two ballots for one unit are never counted, whatever their channels', () => {
    const held = hold({ type: 'R03', claims: [claim('a')], ballots: { a: 'for' } });
    const ballot = { unitId: 'a', choice: 'for', isSigned: false } as const;
    const input = { ...held.tally, units: held.roll.units, signIns: new Map<string, 'self'>() };
    const twice = [
      { ...ballot, channel: 'paper' as const },
      { ...ballot, channel: 'online' as const },
    ];
    expect(() => countVote({ ...input, ballots: twice })).toThrow('two ballots');
  });
});

describe('amounts', () => {
  it('E15: the base is the total of unsecured claims; measuring all claims carries a warning', () => {
    const claims = [
      claim('bank', { nature: 'SECURED', confirmedFen: 900n, securedFen: 900n }),
      claim('a', { confirmedFen: 100n }),
    ];
    const ballots = { bank: 'against', a: 'for' } as const;
    expect(groupOf(hold({ type: 'R04', claims, ballots })).amount).toMatchObject({ percent: '100.00' });
    const all = hold({ type: 'R04', claims, ballots, settings: { amountBase: 'ALL_VOTING' } });
    expect(groupOf(all).amount).toMatchObject({ percent: '10.00', denominator: '1000' });
    expect(all.rule.warnings).toEqual(['AMOUNT_BASE_NOT_STATUTORY']);
    const distribution = hold({ type: 'R05', claims, settings: { amountBase: 'ALL_VOTING' } });
    expect(distribution.rule.warnings).toEqual([]);
  });

  it('E16: collateral that is not assessed takes the whole claim out of U', () => {
    const held = hold({ type: 'R03', claims: [claim('bank', { nature: 'SECURED', securedFen: null })] });
    expect(held.roll.totals[0]).toMatchObject({ heads: '1', amountFen: '100', unsecuredFen: '0' });
    expect(held.tally.results.main.outcome).toBe('NOT_APPLICABLE');
  });

  it('E24: amounts are whole fen, and a third decimal is refused instead of rounded', () => {
    expect(readYuan('12,345.67')).toEqual({ ok: true, fen: 1_234_567n });
    expect(readYuan('12,345.678')).toEqual({ ok: false, problem: 'DECIMALS' });
  });

  it('E30: exactly half of the heads fails, exactly half of the amount passes', () => {
    const half = hold({
      type: 'R03',
      claims: ['a', 'b'].map((id) => claim(id)),
      ballots: { a: 'for', b: 'against' },
    });
    expect(groupOf(half)).toMatchObject({
      heads: { passed: false, percent: '50.00' },
      amount: { passed: true, percent: '50.00' },
    });
  });
});

describe('groups and rounds', () => {
  it('E25: a formed group in which nobody is present fails; a group without an amount is not formed', () => {
    const held = hold({
      type: 'R06',
      claims: [claim('a'), claim('w', { nature: 'EMPLOYEE', confirmedFen: 0n })],
    });
    expect(held.rule.groups.map(({ group }) => group)).toEqual(['ORDINARY']);
    expect(held.rule.groupsNotFormed).toContainEqual({ group: 'EMPLOYEE', reason: 'EMPTY' });
    expect(groupOf(held, 'ORDINARY')).toMatchObject({
      outcome: 'FAILED',
      presentHeads: '0',
      heads: { passed: false, denominator: '0' },
    });
  });

  it('E28: everybody votes on a distribution again, and then the court rules', () => {
    const claims = [claim('a'), claim('b')];
    const first = hold({ type: 'R05', claims, ballots: { a: 'for', b: 'against' } });
    expect(first.rule).toMatchObject({ secondRound: 'ALL', onFail: ['SECOND_VOTE'] });
    const second = hold({ type: 'R05', claims, round: 2 });
    expect(second.roll.units).toHaveLength(2);
    expect(second.rule.onFail).toEqual(['COURT_RULING_65_2']);
  });

  it('E28: consent of the first round holds only where the case carries it over, and a new ballot goes before', () => {
    const claims = ['a', 'b', 'c'].map((id) => claim(id));
    const earlier: Record<string, Choice> = { a: 'for', b: 'against', c: 'for' };
    const { roll } = hold({ type: 'R05', claims, round: 2 });
    const ballots = ballotsOf({
      units: roll.units,
      ownOf: ownOf({ c: 'against' }),
      carriedOf: ownOf(earlier),
    });
    expect(ballots.map(({ unitId, choice, channel }) => [unitId, choice, channel])).toEqual([
      ['a', 'for', 'carried'],
      ['c', 'against', 'online'],
    ]);
    const { rule } = hold({ type: 'R05', claims, round: 2, settings: { carryOver: true } });
    expect(rule.warnings).toEqual(['CONSENT_CARRIED_OVER']);
  });
});
