import type { LawCheck } from '../../../server/protocol/rest/meeting-routes.ts';
import { Mark, type MarkShape } from '../parts/Mark.tsx';
import { useWords, wordOr } from '../parts/use-words.ts';

const SHAPES: Record<LawCheck['state'], MarkShape> = {
  conforms: 'done',
  deviates: 'warning',
  'not-due': 'waiting',
  'cannot-verify': 'unknown',
};

/** Deviations first, then what cannot be verified: both need a person. */
const ORDER: Record<LawCheck['state'], number> = {
  deviates: 0,
  'cannot-verify': 1,
  'not-due': 2,
  conforms: 3,
};

/** Checks of the law beside the record: each a shape, a word and its article. They decide nothing. */
export function LawChecks({ checks }: { readonly checks: readonly LawCheck[] }) {
  const { t } = useWords();
  const sorted = checks.toSorted((a, b) => ORDER[a.state] - ORDER[b.state]);
  return (
    <section className="panel" aria-labelledby="law-checks">
      <h2 id="law-checks">{t('staff.lawCheck.title')}</h2>
      <p className="disclaimer">{t('staff.lawCheck.disclaimer')}</p>
      {sorted.length === 0 ? <p className="muted">{t('staff.lawCheck.none')}</p> : null}
      <ul className="law-checks">
        {sorted.map((check) => (
          <li key={`${check.code}/${JSON.stringify(check.params)}`}>
            <Mark shape={SHAPES[check.state]} word={t(`staff.lawCheck.state.${check.state}`)} />
            <span>
              {wordOr(t, `staff.lawCheck.code.${check.code}`, check)}
              <small className="muted">
                {wordOr(t, `staff.lawCheck.article.${check.article}`, { code: check.article })}
              </small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
