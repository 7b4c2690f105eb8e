import { useEffect, useState } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';
import { useTranslation } from 'react-i18next';
import { authRoutes } from '../../../server/protocol/rest/auth-routes.ts';
import { call } from '../../api/call.ts';
import { safeNext } from '../../app/safe-next.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Page } from '../../components/Page.tsx';
import { homePath, loadSession, useSession } from '../../state/session.ts';
import { withChallenge } from '../../state/sign-in.ts';
import { ProvingNotice } from './ProvingNotice.tsx';
import { useSubmit } from './use-submit.ts';

interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly totp: string;
}

async function signIn(credentials: Credentials): Promise<void> {
  await withChallenge((challenge) =>
    call(authRoutes.staffSignIn, {
      body: challenge === undefined ? { ...credentials } : { ...credentials, challenge },
    }),
  );
  await loadSession();
}

/** Administrator, judge, clerk, reviewer, operator: name, password and one-time password. */
export function StaffSignInPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { status, me } = useSession();
  const [credentials, setCredentials] = useState<Credentials>({ username: '', password: '', totp: '' });
  const { isBusy, error, submit, setError } = useSubmit(() =>
    signIn({ ...credentials, username: credentials.username.trim() }),
  );
  useEffect(() => {
    void loadSession();
  }, []);
  if (status === 'full' && me !== undefined) {
    return <Navigate to={safeNext(search.get('next')) ?? homePath(me)} replace />;
  }
  const isComplete =
    credentials.username !== '' && credentials.password !== '' && /^[\s0-9]{6,14}$/.test(credentials.totp);
  const set = (change: Partial<Credentials>): void => setCredentials({ ...credentials, ...change });
  return (
    <Page title={t('signIn.staffTitle')} back={{ to: '/', label: t('common.toStart') }}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) submit();
          else setError(t('signIn.staffIncomplete'));
        }}
      >
        <Field
          label={t('signIn.username')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          maxLength={64}
          value={credentials.username}
          onChange={(event) => set({ username: event.target.value })}
        />
        <Field
          label={t('signIn.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          maxLength={128}
          value={credentials.password}
          onChange={(event) => set({ password: event.target.value })}
        />
        <Field
          label={t('signIn.totp')}
          hint={t('signIn.totpHint')}
          error={error}
          name="totp"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={14}
          value={credentials.totp}
          onChange={(event) => set({ totp: event.target.value })}
        />
        <ProvingNotice />
        <Button type="submit" look="primary" isBusy={isBusy}>
          {t('signIn.signIn')}
        </Button>
      </form>
      <p className="muted">
        {t('signIn.firstTime')} <Link to="/staff/enrol">{t('signIn.activate')}</Link>
      </p>
      <p className="muted">{t('signIn.factorLost')}</p>
      <p className="muted">
        {t('signIn.creditorInstead')} <Link to="/sign-in">{t('start.creditor')}</Link>
      </p>
    </Page>
  );
}
