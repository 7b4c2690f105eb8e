/** Cases of the tally command, as auditors write them down: what is read is counted, and stays within the roll. */
import { caseResult } from '../../../server/domain/count-check/case-result.ts';
import { countCase } from '../../../server/domain/count-check/count-case.ts';
import { readCaseText } from '../../../server/domain/count-check/read-case.ts';

const claim = {
  confirmedFen: '100000000',
  temporaryFen: null,
  securedFen: '100000000',
  priorityWaived: false,
};
const row = (unitId: string, amountFen: string, group: string) => ({
  unitId,
  group,
  amountFen,
  unsecuredFen: amountFen,
  signedIn: true,
});

/** Of a management plan with a secured creditor, of a distribution by its rule, and of a plan by groups. */
export const tallyCases: readonly object[] = [
  {
    v: '1',
    type: 'R03',
    round: '1',
    settings: { attendanceBasis: 'SIGN_IN_OR_VOTED' },
    roll: [
      { unitId: 'S', group: 'SECURED', claims: [claim], signedIn: true },
      row('A', '6000', 'ORDINARY'),
      row('B', '4000', 'ORDINARY'),
    ],
    ballots: [
      { unitId: 'S', choice: 'for', channel: 'online' },
      { unitId: 'A', choice: 'for', channel: 'mail' },
      { unitId: 'B', choice: 'against', channel: 'paper' },
    ],
  },
  {
    v: '1',
    ruleId: 'DISTRIBUTION_65',
    roll: [
      { unitId: 'S', claims: [claim], signedIn: true },
      { unitId: 'A', amountFen: '99999999999999999', unsecuredFen: '99999999999999999' },
    ],
    ballots: [{ unitId: 'A', choice: 'abstain' }],
  },
  {
    v: '1',
    type: 'R06',
    roll: [row('A', '33333', 'ORDINARY'), row('B', '33333', 'TAX'), row('C', '33334', 'ORDINARY')],
    ballots: [
      { unitId: 'A', choice: 'for' },
      { unitId: 'B', choice: 'against' },
    ],
  },
];

interface Whole {
  readonly P: string;
  readonly F: string;
  readonly FA: string;
}

/** Counted twice the same, and never more heads than the roll and the ballots have. @throws MalformedCase */
export function isCountedWithin(text: string): boolean {
  const count = () => {
    const input = readCaseText(text);
    return { input, answer: caseResult(input, countCase(input)) };
  };
  const { input, answer } = count();
  const { P, F, FA } = (answer as unknown as { whole: Whole }).whole;
  const isWithin = BigInt(P) <= input.roll.length && BigInt(F) <= input.ballots.length && BigInt(FA) >= 0n;
  return isWithin && JSON.stringify(answer) === JSON.stringify(count().answer);
}
