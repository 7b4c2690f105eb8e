import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { objectionRoutes } from '../../../server/protocol/rest/objection-routes.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../components/Button.tsx';
import { ErrorNotice } from '../../components/Notice.tsx';
import { useResource } from '../../state/use-resource.ts';
import { useMeeting } from '../use-meeting.ts';
import { ClaimRow } from './ClaimRow.tsx';

/** A phone shows two of them at a time. */
const PAGE_SIZE = 5;
/** As the server bounds it. */
const SEARCH_MAX = 50;

/** The rows of the other creditors, by part of the name or by number; people's names are masked. */
export function OtherClaims({ objectAt }: { readonly objectAt: ((claimNo: string) => string) | undefined }) {
  const { t } = useTranslation();
  const { meetingId } = useMeeting().meeting;
  const id = useId();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const query = { page, pageSize: PAGE_SIZE, ...(search !== '' && { search }) };
  const found = useResource(`claims/${meetingId}/${JSON.stringify(query)}`, () =>
    call(objectionRoutes.claimRows, { params: { meetingId }, query }),
  );
  const pages = Math.ceil((found.data?.total ?? 0) / PAGE_SIZE);
  return (
    <section className="stack" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('claims.all')}</h2>
      <form
        role="search"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          setPage(1);
          setSearch(typed.trim());
        }}
      >
        <div className="field">
          <label htmlFor={id}>{t('claims.search')}</label>
          <input
            id={id}
            type="search"
            maxLength={SEARCH_MAX}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        <Button type="submit">{t('claims.find')}</Button>
      </form>
      {found.error !== undefined && <ErrorNotice error={found.error} retry={found.reload} />}
      {found.data !== undefined && (
        <>
          <p className="muted" role="status">
            {t(found.data.total === 0 ? 'claims.noneFound' : 'claims.found', { count: found.data.total })}
          </p>
          <ul className="stack">
            {found.data.rows.map((row) => (
              <ClaimRow key={row.claimNo} row={row} objectAt={objectAt?.(row.claimNo)} />
            ))}
          </ul>
          {pages > 1 && (
            <nav className="claim__pages" aria-label={t('claims.pages')}>
              <Button
                onClick={() => setPage(page - 1)}
                disabledReason={page === 1 ? t('claims.firstPage') : undefined}
              >
                {t('claims.previous')}
              </Button>
              <p>{t('claims.pageOf', { page, pages })}</p>
              <Button
                onClick={() => setPage(page + 1)}
                disabledReason={page >= pages ? t('claims.lastPage') : undefined}
              >
                {t('claims.next')}
              </Button>
            </nav>
          )}
        </>
      )}
    </section>
  );
}
