import { useSearchParams } from 'react-router';
import { useTranslation } from 'react-i18next';
import { demoRoutes } from '../../../server/protocol/rest/auth-routes.ts';
import { call } from '../../api/call.ts';
import { LinkButton } from '../../components/Button.tsx';
import { Page } from '../../components/Page.tsx';
import { setLargeType, usePreferences } from '../../state/preferences.ts';
import { readStored, writeStored } from '../../state/storage.ts';
import { useResource } from '../../state/use-resource.ts';
import { DemoPanel } from './DemoPanel.tsx';

const SECRET_KEY = 'demo.secret';

/** The secret of the printed address (`--lan`), kept for this tab. */
function useDemoSecret(): string | undefined {
  const [search] = useSearchParams();
  const given = search.get('secret') ?? undefined;
  if (given !== undefined) writeStored('session', SECRET_KEY, given);
  return given ?? readStored<string>('session', SECRET_KEY);
}

export function StartPage() {
  const { t } = useTranslation();
  const secret = useDemoSecret();
  const isLarge = usePreferences((store) => store.isLarge);
  // Outside demonstration mode the route does not exist: a refusal simply means that there is none.
  const demo = useResource('demo', () =>
    call(demoRoutes.demo, { query: secret === undefined ? {} : { secret } }),
  );
  return (
    <Page title={t('common.product')}>
      <p>{t('start.lead')}</p>
      <div className="stack">
        <LinkButton to="/sign-in" look="primary">
          {t('start.creditor')}
        </LinkButton>
        <LinkButton to="/staff/sign-in">{t('start.staff')}</LinkButton>
      </div>
      <div className="card">
        <p>{t('start.largeHint')}</p>
        <button
          type="button"
          className="button"
          aria-pressed={isLarge}
          onClick={() => setLargeType(!isLarge)}
        >
          {t(isLarge ? 'start.standardType' : 'start.largeType')}
        </button>
      </div>
      {demo.data !== undefined && <DemoPanel demo={demo.data} secret={secret} reload={demo.reload} />}
    </Page>
  );
}
