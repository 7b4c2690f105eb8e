import { useRouteError, isRouteErrorResponse } from 'react-router';
import { useTranslation } from 'react-i18next';
import { AppError } from '../api/app-error.ts';
import { Button, LinkButton } from '../components/Button.tsx';
import { ErrorNotice } from '../components/Notice.tsx';
import { Page } from '../components/Page.tsx';

/** The last net: a fault in drawing a page, or a part of the program that could not be loaded. */
export function ErrorPage() {
  const { t } = useTranslation();
  const thrown = useRouteError();
  const isMissing = isRouteErrorResponse(thrown) && thrown.status === 404;
  if (isMissing) return <NotFoundPage />;
  const isOldProgram = thrown instanceof TypeError && /import|module/i.test(thrown.message);
  return (
    <Page title={t('common.faultTitle')}>
      <ErrorNotice
        error={thrown instanceof AppError ? thrown : new AppError(isOldProgram ? 'NETWORK' : 'INTERNAL')}
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
