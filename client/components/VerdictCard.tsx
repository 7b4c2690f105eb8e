import { useTranslation } from 'react-i18next';
import type { TestView, VerdictView } from '../../server/protocol/room-slices.ts';
import type { GroupVerdictView } from '../../server/protocol/vote/slices.ts';
import { yuan } from '../format/money.ts';
import { Amount } from './Amount.tsx';
import './verdict.css';

type Unit = 'heads' | 'amount';

/** `percent` has at most two decimals and is for the bar's length only. */
function TestBar({ test, unit }: { readonly test: TestView; readonly unit: Unit }) {
  const { t } = useTranslation();
  const required = (100 * Number(test.requiredNum)) / Number(test.requiredDen);
  const share = Math.min(100, Number(test.percent));
  const figure = (value: string): string => (unit === 'heads' ? value : yuan(value));
  return (
    <div className="verdict-test">
      <h3>
        {t(`verdict.test.${unit}`)}
        <span className="tag">{t(test.passed ? 'verdict.met' : 'verdict.notMet')}</span>
      </h3>
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
        {t(test.comparison === '>' ? 'verdict.moreThan' : 'verdict.atLeast', {
          num: test.requiredNum,
          den: test.requiredDen,
          base: t(`verdict.base.${unit}`),
        })}
      </p>
    </div>
  );
}

const CHOICES = ['for', 'against', 'abstain', 'silent'] as const;

function FiguresTable({ group }: { readonly group: GroupVerdictView }) {
  const { t } = useTranslation();
  return (
    <table className="figures">
      <caption>{t('verdict.figures')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('verdict.choice')}</th>
          <th scope="col">{t('verdict.headsColumn')}</th>
          <th scope="col">{t('verdict.amountColumn')}</th>
        </tr>
      </thead>
      <tbody>
        {CHOICES.map((choice) => (
          <tr key={choice}>
            <th scope="row">{t(`choice.${choice}`)}</th>
            <td>{group[choice].heads}</td>
            <td>{yuan(group[choice].fen)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Shortfall({ heads, amount }: GroupVerdictView) {
  const { t } = useTranslation();
  const missesHeads = heads !== null && !heads.passed;
  const missesAmount = amount !== null && !amount.passed;
  return (
    <p className="verdict__shortfall">
      {t('verdict.shortfall')}
      {missesHeads && <strong>{t('verdict.heads', { count: Number(heads.shortfall) })}</strong>}
      {missesHeads && missesAmount && t('verdict.and')}
      {missesAmount && (
        <strong>
          <Amount fen={amount.shortfall} />
        </strong>
      )}
    </p>
  );
}

/** One group with its tests and figures; it has a name where the vote is by classes. */
function GroupVerdict({ group }: { readonly group: GroupVerdictView }) {
  const { t } = useTranslation();
  return (
    <>
      {group.group !== 'ALL' && (
        <h3>
          {t(`group.${group.group}`)}：{t(`verdict.outcome.${group.outcome}`)}
        </h3>
      )}
      {group.heads && <TestBar test={group.heads} unit="heads" />}
      {group.amount && <TestBar test={group.amount} unit="amount" />}
      {group.outcome === 'FAILED' && <Shortfall {...group} />}
      <FiguresTable group={group} />
    </>
  );
}

/** The verdict: a word, the article, both tests as bars with figures, a table in text, what follows by law. */
export function VerdictCard({ title, verdict }: { readonly title: string; readonly verdict: VerdictView }) {
  const { t } = useTranslation();
  return (
    <section className="verdict" aria-label={t('verdict.of', { title })}>
      <p className={verdict.passed ? 'verdict__word' : 'verdict__word verdict__word--failed'}>
        {t(`verdict.outcome.${verdict.outcome}`)}
      </p>
      <p className="small">{t('verdict.article', { article: verdict.article })}</p>
      {verdict.groups.map((group) => (
        <GroupVerdict key={group.group} group={group} />
      ))}
      <p className="muted">
        {t(`verdict.attendance.${verdict.attendanceBasis}`, { count: Number(verdict.presentHeads) })}
      </p>
      {verdict.passedWithoutTemporary !== null && (
        <p className="small">
          {t(
            verdict.passedWithoutTemporary === verdict.passed
              ? 'verdict.sameWithoutTemporary'
              : 'verdict.otherWithoutTemporary',
          )}
        </p>
      )}
      {verdict.warnings.map((warning) => (
        <p key={warning} className="small">
          {t(`verdict.warning.${warning}`, { defaultValue: warning })}
        </p>
      ))}
      {verdict.followUp.map((key) => (
        <p key={key}>{t(`followUp.${key}`, { defaultValue: key })}</p>
      ))}
      <p className="muted">{t('verdict.entry', { seq: verdict.seq })}</p>
    </section>
  );
}
