import { useEffect } from 'react';
import { useRouteError, isRouteErrorResponse } from 'react-router';
import { useTranslation } from 'react-i18next';
import { AppError } from '../api/app-error.ts';
import { Button, LinkButton } from '../components/Button.tsx';
import { ErrorNotice } from '../components/Notice.tsx';
import { Page } from '../components/Page.tsx';

/** A part of the program that a dead spot kept away is fetched again with the page, once there is a network. */
function useReloadOnline(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) return undefined;
    const reload = (): void => window.location.reload();
    window.addEventListener('online', reload);
    return () => window.removeEventListener('online', reload);
  }, [isWanted]);
}

/** The last net: a fault in drawing a page, or a part of the program that could not be loaded. */
export function ErrorPage() {
  const { t } = useTranslation();
  const thrown = useRouteError();
  const isMissing = isRouteErrorResponse(thrown) && thrown.status === 404;
  const isPartMissing = thrown instanceof TypeError && /import|module/i.test(thrown.message);
  useReloadOnline(isPartMissing);
  if (isMissing) return <NotFoundPage />;
  return (
    <Page title={t('common.faultTitle')}>
      <ErrorNotice
        error={thrown instanceof AppError ? thrown : new AppError(isPartMissing ? 'NETWORK' : 'INTERNAL')}
      />
      <Button look="primary" onClick={() => window.location.reload()}>
        {t('common.reload')}
      </Button>
    </Page>
  );
}

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('common.notFoundTitle')}>
      <p>{t('common.notFound')}</p>
      <LinkButton to="/" look="primary">
        {t('common.toStart')}
      </LinkButton>
    </Page>
  );
}
