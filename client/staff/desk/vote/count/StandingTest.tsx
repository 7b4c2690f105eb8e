import type { TestView } from '../../../../../server/protocol/room-slices.ts';
import { Amount } from '../../../../components/Amount.tsx';
import { yuan } from '../../../../format/money.ts';
import { useWords } from '../../../parts/use-words.ts';

interface StandingTestProps {
  readonly test: TestView;
  readonly unit: 'heads' | 'amount';
}

/** Width of a bar in percent, for the eye only: the figures beside it are exact. */
function share(test: TestView): number {
  const denominator = BigInt(test.denominator);
  if (denominator === 0n) return 0;
  return Math.min(100, Number((BigInt(test.numerator) * 10_000n) / denominator) / 100);
}

/** One test as it stands now: bar with its threshold, fraction, truncated percentage, what is missing. */
export function StandingTest({ test, unit }: StandingTestProps) {
  const { t } = useWords();
  const threshold = (Number(test.requiredNum) / Number(test.requiredDen)) * 100;
  const figure = (value: string): string => (unit === 'heads' ? value : yuan(value));
  const comparison = test.comparison === '>' ? 'moreThan' : 'atLeast';
  return (
    <div className="standing-test">
      <p>
        <strong>{t(`staff.test.${unit}`)}</strong>{' '}
        <span className="muted">
          {t(`staff.test.${comparison}`, { num: test.requiredNum, den: test.requiredDen })}
        </span>
      </p>
      <div className="verdict-bar" aria-hidden="true">
        <div className="verdict-bar__share" style={{ width: `${share(test)}%` }} />
        <div className="verdict-bar__threshold" style={{ left: `${threshold}%` }} />
      </div>
      <p className="num">
        {figure(test.numerator)} / {figure(test.denominator)}
        {t(`staff.test.unit.${unit}`)} = {test.percent}%
      </p>
      <p>
        {test.passed ? (
          t('staff.test.reached')
        ) : unit === 'heads' ? (
          t('staff.test.missingHeads', { heads: test.shortfall })
        ) : (
          <>
            {t('staff.test.missing')} <Amount fen={test.shortfall} />
          </>
        )}
      </p>
    </div>
  );
}
