/**
 * The case that somebody outside the system gives to the tally command: read strictly, counted by the
 * meeting's own functions (企业破产法 arts. 59, 64, 84; domain.md 2.1-2.5).
 */
import { describe, expect, it } from '@jest/globals';
import { caseResult } from '../../../server/domain/count-check/case-result.ts';
import { countCase } from '../../../server/domain/count-check/count-case.ts';
import { MalformedCase } from '../../../server/domain/count-check/malformed.ts';
import { readCaseText } from '../../../server/domain/count-check/read-case.ts';

type Fields = Record<string, unknown>;

const row = (unitId: string, amountFen: string, rest: Fields = {}) => ({
  unitId,
  amountFen,
  unsecuredFen: amountFen,
  ...rest,
});
const ballot = (unitId: string, choice: string, rest: Fields = {}) => ({ unitId, choice, ...rest });
const base = (rest: Fields = {}): Fields => ({
  v: '1',
  type: 'R03',
  roll: [row('A', '60'), row('B', '40')],
  ballots: [ballot('A', 'for')],
  ...rest,
});

function count(input: Fields): Fields {
  const read = readCaseText(JSON.stringify(input));
  return caseResult(read, countCase(read)) as Fields;
}

function refusal(text: string): { path: string; reason: string } {
  try {
    readCaseText(text);
  } catch (error) {
    if (error instanceof MalformedCase) return { path: error.path, reason: error.reason };
    throw error;
  }
  throw new Error('the case was read');
}

describe('a case that counts', () => {
  it('T8: says P, F, FA, the base, both tests and what is missing', () => {
    const secured = {
      confirmedFen: '100000000',
      temporaryFen: null,
      securedFen: '100000000',
      priorityWaived: false,
    };
    const answer = count({
      v: '1',
      type: 'R03',
      round: '1',
      roll: [
        { unitId: 'S', group: 'SECURED', claims: [secured], signedIn: true },
        row('A', '6000', { group: 'ORDINARY' }),
        row('B', '4000'),
      ],
      ballots: [ballot('S', 'for'), ballot('A', 'for', { channel: 'mail' }), ballot('B', 'against')],
    });
    expect(answer).toMatchObject({
      ruleId: 'MANAGE_65',
      outcome: 'PASSED',
      passed: true,
      whole: {
        P: '3',
        F: '2',
        FA: '6000',
        base: 'unsecuredTotal',
        baseTotal: '10000',
        heads: { fraction: '2/3', percent: '66.66', passed: true },
        amount: { fraction: '6000/10000', percent: '60.00', passed: true },
        shortfall: { heads: '0', fen: '0' },
      },
      warnings: [],
    });
  });

  it('T9: the same roll under a distribution leaves the secured creditor out, ballot and all', () => {
    const secured = {
      confirmedFen: '100000000',
      temporaryFen: null,
      securedFen: '100000000',
      priorityWaived: false,
    };
    const answer = count({
      v: '1',
      ruleId: 'DISTRIBUTION_65',
      roll: [{ unitId: 'S', claims: [secured], signedIn: true }, row('A', '6000'), row('B', '4000')],
      ballots: [ballot('S', 'for'), ballot('A', 'for'), ballot('B', 'against')],
    });
    expect(answer).toMatchObject({
      passed: false,
      whole: { P: '2', F: '1', shortfall: { heads: '1' } },
      ballotsNotCounted: [{ unitId: 'S', reason: 'SECURED_NOT_WAIVED' }],
      followUp: ['SECOND_VOTE'],
      warnings: ['BALLOT_WITHOUT_VOTE'],
    });
  });

  it('T5: a group fails by one fen, and the whole with it', () => {
    const inGroup = { group: 'ORDINARY' };
    const answer = count({
      v: '1',
      type: 'R06',
      roll: [row('A', '33333', inGroup), row('B', '33333', inGroup), row('C', '33334', inGroup)],
      ballots: [ballot('A', 'for'), ballot('B', 'for'), ballot('C', 'against')],
    });
    expect(answer).toMatchObject({
      passed: false,
      groups: [
        { group: 'ORDINARY', passed: false, baseTotal: '100000', shortfall: { heads: '0', fen: '1' } },
      ],
    });
  });

  it('sums heads and fen of several groups, whose tests stay their own', () => {
    const answer = count({
      v: '1',
      type: 'R06',
      roll: [
        row('A', '10', { group: 'TAX' }),
        row('B', '20', { group: 'ORDINARY' }),
        row('C', '0', { group: 'SMALL' }),
      ],
      ballots: [ballot('A', 'for'), ballot('B', 'for')],
    });
    expect(answer).toMatchObject({
      passed: true,
      whole: { P: '2', F: '2', FA: '30', heads: null, amount: null },
      groupsNotFormed: [{ group: 'SMALL', reason: 'EMPTY' }],
      withoutVote: [{ unitId: 'C', reason: 'ZERO_AMOUNT' }],
    });
  });

  it('E1, E2: takes claims as they are, undetermined and temporary', () => {
    const answer = count({
      v: '1',
      type: 'R11',
      roll: [
        { unitId: 'A', claims: [{ confirmedFen: null }] },
        { unitId: 'B', claims: [{ confirmedFen: '10', temporaryFen: '90' }] },
        { unitId: 'C', claims: [{ confirmedFen: '50' }, { confirmedFen: '50', securedFen: '20' }] },
      ],
      ballots: [ballot('B', 'for'), ballot('C', 'against')],
    });
    expect(answer).toMatchObject({
      withoutVote: [{ unitId: 'A', reason: 'NOT_DETERMINED' }],
      whole: { baseTotal: '180', FA: '100' },
      otherwise: { withoutTemporary: { outcome: 'FAILED', flips: false } },
    });
  });

  it('T10: the settings of the case decide who is present', () => {
    const input = base({
      roll: [...'ABCDEFGHIJ'].map((id) => row(id, '10', { signedIn: true })),
      ballots: [
        ...[...'ABCD'].map((id) => ballot(id, 'for')),
        ballot('E', 'against'),
        ballot('F', 'abstain'),
      ],
    });
    expect(count(input)).toMatchObject({ whole: { P: '10', heads: { fraction: '4/10' } } });
    expect(count({ ...input, settings: { attendanceBasis: 'VOTED' } })).toMatchObject({
      whole: { P: '6', heads: { fraction: '4/6' } },
    });
  });

  it('counts members of a committee by heads alone, and records objections without counting', () => {
    const members = [{ unitId: 'A' }, { unitId: 'B' }, { unitId: 'C' }];
    expect(
      count({ v: '1', type: 'R12', roll: members, ballots: [ballot('A', 'for'), ballot('B', 'for')] }),
    ).toMatchObject({
      passed: true,
      article: 'Interpretation III 14',
      whole: { heads: { fraction: '2/3' } },
    });
    expect(count(base({ type: 'R01', ballots: [] }))).toMatchObject({ outcome: 'RECORDED', passed: null });
  });

  it('E14: employees have no vote outside a plan unless the settings say so', () => {
    const roll = [row('A', '60'), row('W', '40', { group: 'EMPLOYEE' })];
    expect(count(base({ roll }))).toMatchObject({
      withoutVote: [{ unitId: 'W', reason: 'EMPLOYEE_NO_VOTE' }],
    });
    expect(count(base({ roll, settings: { employeeMode: 'COLLECTIVE_ONE' } }))).toMatchObject({
      withoutVote: [],
      whole: { units: '2' },
    });
  });

  it('E7: counts an invalid ballot as present and for nothing', () => {
    const roll = ['a', 'b', 'c'].map((unitId) => row(unitId, '100'));
    const ballots = [ballot('a', 'FOR'), ballot('b', 'INVALID', { channel: 'PAPER' })];
    expect(count(base({ roll, ballots }))).toMatchObject({
      outcome: 'FAILED',
      whole: { P: '2', F: '1', invalid: { heads: '1', fen: '100' }, absent: { heads: '1' } },
      ballotsByChannel: [{ channel: 'online', heads: '1' }],
    });
  });

  it('E25: sets the small claims up without temporary amounts where the roll names them in vain', () => {
    const claims = [{ confirmedFen: '50', temporaryFen: '1' }];
    const roll = [
      row('s', '0', { group: 'SMALL' }),
      { unitId: 't', group: 'TAX', claims },
      row('o', '5', { group: 'ORDINARY' }),
    ];
    const ballots = [ballot('t', 'for'), ballot('o', 'against')];
    const answer = count(base({ type: 'R06', settings: { smallClaimsMaxFen: '10' }, roll, ballots }));
    expect(answer).toMatchObject({
      outcome: 'FAILED',
      otherwise: { withoutTemporary: { outcome: 'FAILED', flips: false } },
    });
  });

  it('warns of a waived claim that stands whole with the secured ones', () => {
    const bank = (priorityWaived: boolean) => ({
      unitId: 'bank',
      group: 'SECURED',
      claims: [{ confirmedFen: '100', temporaryFen: null, securedFen: '100', priorityWaived }],
    });
    const warningsOf = (priorityWaived: boolean) =>
      count(base({ type: 'R06', roll: [bank(priorityWaived)], ballots: [] }))['warnings'];
    expect(warningsOf(true)).toContain('CLAIM_NOT_SPLIT');
    expect(warningsOf(false)).not.toContain('CLAIM_NOT_SPLIT');
  });

  it('warns of what may have been meant otherwise', () => {
    const half = { confirmedFen: '100', securedFen: '60' };
    expect(
      count({ v: '1', type: 'R06', roll: [{ unitId: 'A', group: 'SECURED', claims: [half] }], ballots: [] }),
    ).toMatchObject({ warnings: ['CLAIM_NOT_SPLIT'] });
    expect(count(base({ round: '2', ballots: [ballot('A', 'for', { channel: 'deemed' })] }))).toMatchObject({
      otherwise: { withoutDeemed: { flips: true } },
      warnings: ['SILENCE_DECIDES', 'ROUND_BEYOND_LAW', 'DEEMED_WITHOUT_SETTING'],
    });
  });

  it('asks the court where there is no unsecured claim', () => {
    expect(count(base({ roll: [row('A', '60', { unsecuredFen: '0' })] }))).toMatchObject({
      outcome: 'NOT_APPLICABLE',
      passed: false,
      followUp: ['ASK_COURT'],
    });
  });
});

describe('a malformed case is refused with its path', () => {
  it.each<[string, Fields, string]>([
    ['an unknown field', { note: 'x' }, '/note'],
    ['an unknown field of a row', { roll: [row('A', '1', { name: 'x' })] }, '/roll/0/name'],
    ['no version', { v: undefined }, '/v'],
    ['another version', { v: '2' }, '/v'],
    ['no type and no rule', { type: undefined }, '/type'],
    ['an unknown type', { type: 'R99' }, '/type'],
    ['a name every object has', { type: 'toString' }, '/type'],
    ['an unknown rule', { type: undefined, ruleId: 'GENERAL_65' }, '/ruleId'],
    ['a rule that is not the type’s', { ruleId: 'SETTLEMENT_97' }, '/ruleId'],
    ['a number for the round', { round: 1 }, '/round'],
    ['round zero', { round: '0' }, '/round'],
    ['an unknown setting', { settings: { quorum: '1' } }, '/settings/quorum'],
    ['an unknown value', { settings: { attendanceBasis: 'present' } }, '/settings/attendanceBasis'],
    ['a number for an amount', { roll: [{ unitId: 'A', amountFen: 60 }] }, '/roll/0/amountFen'],
    ['a negative amount', { roll: [row('A', '-1')] }, '/roll/0/amountFen'],
    ['yuan with decimals', { roll: [row('A', '1.00')] }, '/roll/0/amountFen'],
    ['a leading zero', { roll: [row('A', '01')] }, '/roll/0/amountFen'],
    ['an amount beyond 10^18', { roll: [row('A', '1'.repeat(19))] }, '/roll/0/amountFen'],
    [
      'an amount without its unsecured part',
      { roll: [{ unitId: 'A', amountFen: '1' }] },
      '/roll/0/unsecuredFen',
    ],
    ['a part beyond the whole', { roll: [row('A', '1', { unsecuredFen: '2' })] }, '/roll/0/unsecuredFen'],
    ['no amount', { roll: [{ unitId: 'A' }] }, '/roll/0/claims'],
    ['no claim', { roll: [{ unitId: 'A', claims: [] }] }, '/roll/0/claims'],
    ['claims and amount', { roll: [row('A', '1', { claims: [] })] }, '/roll/0/amountFen'],
    [
      'a claim without its amount',
      { roll: [{ unitId: 'A', claims: [{}] }] },
      '/roll/0/claims/0/confirmedFen',
    ],
    [
      'a word for true',
      { roll: [{ unitId: 'A', claims: [{ confirmedFen: '1', priorityWaived: 'no' }] }] },
      '/roll/0/claims/0/priorityWaived',
    ],
    ['a unit twice', { roll: [row('A', '1'), row('A', '2')] }, '/roll/1/unitId'],
    ['a unit without name', { roll: [row(' ', '1')] }, '/roll/0/unitId'],
    ['an unknown group', { roll: [row('A', '1', { group: 'BANKS' })] }, '/roll/0/group'],
    ['no group in a plan', { type: 'R06' }, '/roll/0/group'],
    ['a group that no plan has', { type: 'R06', roll: [row('A', '1', { group: 'ALL' })] }, '/roll/0/group'],
    ['a ballot from outside', { ballots: [ballot('Z', 'for')] }, '/ballots/0/unitId'],
    ['two ballots', { ballots: [ballot('A', 'for'), ballot('A', 'against')] }, '/ballots/1/unitId'],
    ['an unknown choice', { ballots: [ballot('A', 'yes')] }, '/ballots/0/choice'],
    ['an unknown channel', { ballots: [ballot('A', 'for', { channel: 'fax' })] }, '/ballots/0/channel'],
    [
      'consent that is against',
      { ballots: [ballot('A', 'against', { channel: 'deemed' })] },
      '/ballots/0/choice',
    ],
    ['ballots on objections', { type: 'R01' }, '/ballots'],
    ['no ballots', { ballots: undefined }, '/ballots'],
    ['an object for a list', { roll: {} }, '/roll'],
    ['null for a list', { ballots: null }, '/ballots'],
    [
      'many rows for the employees’ one vote',
      {
        settings: { employeeMode: 'COLLECTIVE_ONE' },
        roll: [row('A', '1', { group: 'EMPLOYEE' }), row('B', '1', { group: 'EMPLOYEE' })],
      },
      '/roll/1',
    ],
  ])('%s', (_, change, path) => {
    expect(refusal(JSON.stringify(base(change)))).toEqual({ path, reason: expect.stringMatching(/\w/) });
  });

  it.each([
    ['no JSON', '{"v":"1"', ''],
    ['an array', '[]', ''],
    ['the same field twice', '{"v":"1","v":"1"}', '/v'],
    [
      'the same field twice in a ballot',
      '{"v":"1","ballots":[{},{"choice":"for","choice":"against"}]}',
      '/ballots/1/choice',
    ],
    [
      'the same field twice, spelt otherwise',
      '{"v":"1","roll":[{"unitId":"A","unit\\u0049d":"B"}]}',
      '/roll/0/unitId',
    ],
  ])('%s', (_, text, path) => {
    expect(refusal(text).path).toBe(path);
  });

  it('says what was found instead', () => {
    expect(refusal(JSON.stringify(base({ roll: [{ unitId: 'A', amountFen: 60 }] })))).toEqual({
      path: '/roll/0/amountFen',
      reason: 'expected a decimal string of fen, found a number',
    });
  });
});
