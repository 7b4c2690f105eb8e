import { useTranslation } from 'react-i18next';
import type { TestView } from '../../../server/protocol/room-slices.ts';
import { yuan } from '../../format/money.ts';

interface TestBarProps {
  readonly test: TestView;
  readonly unit: 'heads' | 'amount';
  /** What it is measured against, in words. */
  readonly base: string;
  /** Below the name of a group the heading is one level deeper. */
  readonly level: 'h3' | 'h4';
}

/** One test: bar with its threshold, fraction and truncated percentage, for the eye; the rule in words below. */
export function TestBar({ test, unit, base, level: Heading }: TestBarProps) {
  const { t } = useTranslation();
  const required = (100 * Number(test.requiredNum)) / Number(test.requiredDen);
  // `percent` has at most two decimals and is for the bar's length only.
  const share = Math.min(100, Number(test.percent));
  const figure = (value: string): string => (unit === 'heads' ? value : yuan(value));
  const isAll = test.requiredNum === test.requiredDen;
  return (
    <div className="verdict-test">
      <Heading>
        {t(`verdict.test.${unit}`)}
        <span className="tag">{t(test.passed ? 'verdict.met' : 'verdict.notMet')}</span>
      </Heading>
      <div className="verdict-bar" aria-hidden="true">
        <div className="verdict-bar__share" style={{ width: `${share}%` }} />
        <div className="verdict-bar__threshold" style={{ left: `${required}%` }} />
      </div>
      <p className="verdict-test__figures">
        <span className="amount">
          {figure(test.numerator)} / {figure(test.denominator)} {t(`verdict.unit.${unit}`)}
        </span>
        <strong className="amount">{test.percent}%</strong>
      </p>
      <p className="muted">
        {t(isAll ? 'verdict.allOf' : test.comparison === '>' ? 'verdict.moreThan' : 'verdict.atLeast', {
          num: test.requiredNum,
          den: test.requiredDen,
          base,
        })}
      </p>
    </div>
  );
}
