import { Button, Skeleton } from 'antd';
import { AppError } from '../../api/app-error.ts';
import { useResource } from '../../state/use-resource.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Mark } from '../parts/Mark.tsx';
import { useWords, wordOr } from '../parts/use-words.ts';

interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, boolean>>;
}

/** `/readyz` answers 503 with the same body when a part does not work: that is an answer, not a failure. */
async function readReadiness(): Promise<Readiness> {
  const response = await fetch('/readyz').catch(() => undefined);
  if (response === undefined) throw new AppError('NETWORK');
  if (response.status !== 200 && response.status !== 503) throw new AppError('UNAVAILABLE');
  return (await response.json()) as Readiness;
}

/** Which parts of this machine work, and what to do about one that does not. */
export function ReadinessPanel() {
  const { t } = useWords();
  const readiness = useResource('readiness', readReadiness);
  return (
    <section className="panel" aria-labelledby="readiness">
      <div className="toolbar">
        <h2 id="readiness">{t('staff.readiness.title')}</h2>
        <span className="toolbar-end">
          <Button onClick={readiness.reload}>{t('staff.readiness.again')}</Button>
        </span>
      </div>
      {readiness.error === undefined ? null : (
        <ErrorNotice error={readiness.error} onRetry={readiness.reload} />
      )}
      {readiness.isLoading ? <Skeleton active paragraph={{ rows: 2 }} /> : null}
      <ul className="checklist">
        {Object.entries(readiness.data?.checks ?? {}).map(([name, works]) => (
          <li key={name}>
            <Mark
              shape={works ? 'done' : 'blocks'}
              word={t(works ? 'staff.readiness.works' : 'staff.readiness.fails')}
            />
            <span>
              {wordOr(t, `staff.readiness.part.${name}`, { code: name })}
              {works ? null : (
                <small className="muted">{wordOr(t, `staff.readiness.advice.${name}`, { code: '' })}</small>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
