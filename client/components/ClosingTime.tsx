import { useTranslation } from 'react-i18next';
import { deadline } from '../format/time.ts';
import { serverNowMs } from '../state/clock.ts';
import { usePreferences } from '../state/preferences.ts';
import { Countdown } from './Countdown.tsx';

/** What is left, and the moment at which it ends. */
export function ClosingTime({ closesAt }: { readonly closesAt: string }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <p className="small">
      {t('vote.left')} <Countdown until={closesAt} label={t('vote.left')} />
      {' · '}
      {t('vote.deadline', { time: deadline(closesAt, serverNowMs(), language) })}
    </p>
  );
}
