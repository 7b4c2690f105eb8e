import { useEffect } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../components/Notice.tsx';
import { Page } from '../components/Page.tsx';
import { Skeleton } from '../components/Skeleton.tsx';
import { loadSession, useSession } from '../state/session.ts';
import { signInPath } from './safe-next.ts';

/** Somebody who reloaded in a dead spot is let in as soon as the server can be reached. */
const ASK_AGAIN_EVERY_MS = 4_000;

function useAskAgain(isUnreachable: boolean): void {
  useEffect(() => {
    if (!isUnreachable) return undefined;
    const ask = (): void => void loadSession();
    const timer = setInterval(ask, ASK_AGAIN_EVERY_MS);
    window.addEventListener('online', ask);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', ask);
    };
  }, [isUnreachable]);
}

/** Everything below needs a full session; without one the sign-in page comes first and leads back. */
export function RequireSession({ signInAt }: { readonly signInAt: string }) {
  const { t } = useTranslation();
  const { status, error } = useSession();
  const { pathname, search } = useLocation();
  useEffect(() => {
    if (status === 'unknown') void loadSession();
  }, [status]);
  useAskAgain(status === 'unreachable');
  if (status === 'full') return <Outlet />;
  if (status === 'unknown') {
    return (
      <Page title={t('common.loading')} isTitleHidden>
        <Skeleton />
      </Page>
    );
  }
  if (status === 'unreachable' && error !== undefined) {
    return (
      <Page title={t('common.unreachable')}>
        <ErrorNotice error={error} retry={() => void loadSession()} />
      </Page>
    );
  }
  return <Navigate to={signInPath(signInAt, pathname + search)} replace />;
}
