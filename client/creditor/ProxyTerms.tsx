import { useTranslation } from 'react-i18next';
import type { ProxyTermsView } from '../../server/protocol/room.ts';
import { dateTime } from '../format/time.ts';
import { usePreferences } from '../state/preferences.ts';
import { findResolution } from '../state/rights.ts';
import { useMeeting } from './use-meeting.ts';

/** What a proxy covers and until when; or that nobody has reviewed its document yet. */
export function ProxyTerms({ proxy: { scope, expiresAt } }: { readonly proxy: ProxyTermsView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { state } = useMeeting();
  if (scope === null) return <p className="muted">{t('proxy.unreviewed')}</p>;
  const named =
    scope.kind === 'all'
      ? [t('proxy.all')]
      : scope.kind === 'types'
        ? scope.types.map((type) => t(`resolutionType.${type}.name`))
        : scope.resolutionIds.map((id) => findResolution(state, id)?.title ?? t('proxy.others'));
  const items = [...new Set(named)].join(t('common.listComma'));
  return (
    <p className="muted">
      {t('proxy.scope', { items })}
      {expiresAt !== null && <> {t('proxy.until', { time: dateTime(expiresAt, language) })}</>}
    </p>
  );
}
