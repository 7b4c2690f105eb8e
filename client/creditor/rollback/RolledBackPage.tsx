import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { ContinuationView } from '../../../server/protocol/rest/continuation-routes.ts';
import { LinkButton } from '../../components/Button.tsx';
import { ErrorNotice, Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { dateTime } from '../../format/time.ts';
import { useContinuation } from '../../record/use-continuation.ts';
import { usePreferences } from '../../state/preferences.ts';

/** In the place of a meeting whose record was rolled back: what happened, what to keep, where it goes on. */
export function RolledBackPage() {
  const { t } = useTranslation();
  const { meetingId = '' } = useParams();
  const told = useContinuation(meetingId);
  const next = told.data?.continuedBy ?? null;
  return (
    <Page
      title={t('rollback.title')}
      back={{ to: '/meetings', label: t('meetings.title') }}
      {...(next !== null && {
        action: (
          <LinkButton to={`/meetings/${next.meetingId}`} look="primary">
            {t('rollback.goOn')}
          </LinkButton>
        ),
      })}
    >
      <Notice kind="attention" role="alert" label={t('rollback.title')}>
        <h2>{t('rollback.stopped')}</h2>
        <p>{t('rollback.what')}</p>
      </Notice>
      {told.isLoading && <Skeleton heights={[4, 6]} />}
      {told.error !== undefined && <ErrorNotice error={told.error} retry={told.reload} />}
      {told.data !== undefined && <Told view={told.data} />}
    </Page>
  );
}

function Told({ view: { halt, continuedBy } }: { readonly view: ContinuationView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <>
      {halt !== null && (
        <dl className="facts">
          <dt>{t('rollback.noticedAt')}</dt>
          <dd>{dateTime(halt.detectedAt, language)}</dd>
          <dt>{t('rollback.signed')}</dt>
          <dd>{t('rollback.entries', { count: halt.signedSize })}</dd>
          <dt>{t('rollback.found')}</dt>
          <dd>{t('rollback.entries', { count: halt.foundSize })}</dd>
        </dl>
      )}
      <section className="card" aria-labelledby="rollback-do">
        <h2 id="rollback-do">{t('rollback.whatToDo')}</h2>
        <p>{t('rollback.keepReceipts')}</p>
        <p>
          {continuedBy === null
            ? t('rollback.wait')
            : t('rollback.continued', {
                title: continuedBy.title,
                time: dateTime(continuedBy.startsAt, language),
              })}
        </p>
      </section>
    </>
  );
}
