import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import type { DemoAccountView, DemoView } from '../../../server/protocol/rest/account-views.ts';
import { demoRoutes } from '../../../server/protocol/rest/auth-routes.ts';
import { errorText, toAppError } from '../../api/app-error.ts';
import { call } from '../../api/call.ts';
import { Notice } from '../../components/Notice.tsx';
import { dateTimeWithSeconds } from '../../format/time.ts';
import { usePreferences } from '../../state/preferences.ts';
import { homePath, loadSession } from '../../state/session.ts';
import './demo.css';

const OUTBOX_REFRESH_MS = 3_000;

interface DemoPanelProps {
  readonly demo: DemoView;
  readonly secret: string | undefined;
  readonly reload: () => void;
}

/** Everything that one person needs to hold the demonstration meeting alone: accounts and the SMS outbox. */
export function DemoPanel({ demo, secret, reload }: DemoPanelProps) {
  const { t } = useTranslation();
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), OUTBOX_REFRESH_MS);
    return () => clearInterval(timer);
  }, [reload]);
  // Without the secret the server tells nothing; one from an earlier start is as good as none.
  if (demo.needsSecret && demo.accounts.length === 0) {
    return (
      <section className="card" aria-labelledby="demo-accounts">
        <h2 id="demo-accounts">{t('demo.accounts')}</h2>
        <Notice kind="attention">{t('demo.needsSecret')}</Notice>
      </section>
    );
  }
  return (
    <div className="demo-columns">
      <section className="card" aria-labelledby="demo-accounts">
        <h2 id="demo-accounts">{t('demo.accounts')}</h2>
        <p className="muted">{t('demo.lead')}</p>
        <Accounts accounts={demo.accounts} secret={secret} />
      </section>
      <section className="card" aria-labelledby="demo-outbox">
        <h2 id="demo-outbox">{t('demo.outbox')}</h2>
        <Outbox demo={demo} />
      </section>
    </div>
  );
}

function Accounts({
  accounts,
  secret,
}: {
  readonly accounts: readonly DemoAccountView[];
  readonly secret: string | undefined;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const enter = async (accountId: string): Promise<void> => {
    try {
      await call(demoRoutes.demoSignIn, {
        body: secret === undefined ? { accountId } : { accountId, secret },
      });
      const me = await loadSession();
      if (me !== undefined) await navigate(homePath(me));
    } catch (thrown) {
      setFailure(errorText(toAppError(thrown), t));
    }
  };
  return (
    <>
      {failure !== undefined && (
        <Notice kind="error" role="alert">
          {failure}
        </Notice>
      )}
      <table className="demo-table" aria-labelledby="demo-accounts">
        <tbody>
          {accounts.map((account) => (
            <tr key={account.accountId}>
              <th scope="row">
                <strong>{account.name}</strong>{' '}
                {account.title !== account.name && (
                  <span>{t(`demo.account.${account.title}`, { defaultValue: account.title })}</span>
                )}
                <br />
                <span className="muted demo-table__login">
                  {account.username ?? account.mobile}
                  {account.idLast4 !== null && ` · ${t('demo.idLast4', { id: account.idLast4 })}`}
                </span>
              </th>
              <td>
                <button
                  type="button"
                  className="button demo-table__enter"
                  aria-label={t('demo.enterAs', { name: account.name })}
                  onClick={() => void enter(account.accountId)}
                >
                  {t('demo.enter')}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Outbox({ demo }: { readonly demo: DemoView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  if (demo.outbox.length === 0) return <p className="muted">{t('demo.outboxEmpty')}</p>;
  return (
    <ul className="stack" aria-label={t('demo.outbox')}>
      {demo.outbox.map((message, index) => (
        <li key={`${message.at}.${index}`} className="demo-message">
          <p className="muted">
            {message.to} · {dateTimeWithSeconds(message.at, language)}
          </p>
          {message.subject !== null && <p>{message.subject}</p>}
          <p>{message.text}</p>
        </li>
      ))}
    </ul>
  );
}
