import { useEffect } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { useTranslation } from 'react-i18next';
import { safeNext } from '../../app/safe-next.ts';
import { Page } from '../../components/Page.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { homePath, loadSession, useSession } from '../../state/session.ts';
import { useSignIn } from '../../state/sign-in.ts';
import { CodeStep } from './CodeStep.tsx';
import { NameStep } from './NameStep.tsx';
import { NumberStep } from './NumberStep.tsx';

/** Number → code → name; the step follows from what the server and this tab know, so a reload comes back to it. */
export function SignInPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { status, me } = useSession();
  const step = useSignIn((store) => store.step);
  useEffect(() => {
    void loadSession();
  }, []);
  if (status === 'full' && me !== undefined) {
    return <Navigate to={safeNext(search.get('next')) ?? homePath(me)} replace />;
  }
  if (status === 'unknown') {
    return (
      <Page title={t('signIn.title')}>
        <Skeleton />
      </Page>
    );
  }
  if (status === 'code-verified') return <NameStep />;
  return step === 'code' ? <CodeStep /> : <NumberStep />;
}
