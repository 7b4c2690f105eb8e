import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RulingView } from '../../../server/protocol/vote/slices.ts';

function Checklist({ checklist }: Pick<RulingView, 'checklist'>) {
  const { t } = useTranslation();
  if (checklist.length === 0) return null;
  return (
    <details>
      <summary>{t('cramDown.title')}</summary>
      <p className="muted">{t('cramDown.disclaimer')}</p>
      <ol className="cram-down-answers">
        {checklist.map(({ condition, answer, statement }) => (
          <li key={condition}>
            {t(`cramDown.condition.${condition}`)}
            <br />
            <strong>{t(`cramDown.answer.${answer}`)}</strong>
            {statement === '' ? null : `：${statement}`}
          </li>
        ))}
      </ol>
    </details>
  );
}

interface CourtDecisionsProps {
  readonly rulings: readonly RulingView[];
  /** Where those entitled record a decision; absent for everybody else. */
  readonly recordAt?: string | undefined;
}

/** What the court decided of an item and what was applied for, as recorded; the program decided none of it. */
export function CourtDecisions({ rulings, recordAt }: CourtDecisionsProps) {
  const { t } = useTranslation();
  if (rulings.length === 0 && recordAt === undefined) return null;
  return (
    <section className="court-decisions" aria-label={t('ruling.title')}>
      <h3>{t('ruling.title')}</h3>
      {rulings.length === 0 ? <p className="muted">{t('ruling.none')}</p> : null}
      <ul>
        {rulings.map(({ rulingId, kind, group, round, decidedOn, reference, text, checklist, seq }) => (
          <li key={rulingId}>
            <strong>{t(`ruling.kind.${kind}`, { defaultValue: kind })}</strong>
            {group && `（${t(`group.${group}`)}）`}
            {round !== null && round !== '1' && t('verdict.round', { round })}
            {'：'}
            {[reference, decidedOn, text].filter(Boolean).join(' · ')}{' '}
            <small className="muted">{t('verdict.entry', { seq })}</small>
            <Checklist checklist={checklist} />
          </li>
        ))}
      </ul>
      {recordAt === undefined ? null : <Link to={recordAt}>{t('ruling.record')}</Link>}
    </section>
  );
}
