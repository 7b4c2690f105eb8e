import type { LawCheck } from '../../../server/protocol/rest/meeting-routes.ts';
import { Mark, type MarkShape } from '../parts/Mark.tsx';
import type { TFunction } from 'i18next';
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

/** As the law wants it; where it is otherwise and a figure says how far, that is said instead. */
export function checkText(t: TFunction, check: LawCheck): string {
  const { code, state, params } = check;
  const plain = wordOr(t, `staff.lawCheck.code.${code}`, check);
  return wordOr(t, `staff.lawCheck.instead.${state}.${code}`, { code: plain, params });
}

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
              {checkText(t, check)}
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
