import { useTranslation } from 'react-i18next';
import type { OtherCountView, SettingView } from '../../../server/protocol/vote/slices.ts';
import { yuanWithUnit } from '../../format/money.ts';
import { usePreferences } from '../../state/preferences.ts';

/** A point that the law leaves open, in words: what it is and how it was decided for this vote. */
function useSettingText(): (setting: SettingView) => string {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return ({ name, value }) =>
    name === 'smallClaimsMaxFen' && value !== 'NONE'
      ? t('setting.smallClaimsMaxFen.upTo', { amount: yuanWithUnit(value, language) })
      : t(`setting.${name}.${value}`, { defaultValue: value });
}

interface SettingsListProps {
  readonly settings: readonly SettingView[];
  /** Folded even where something departs from the default, whose number is then told. */
  readonly isFolded?: boolean;
}

/** Where the law leaves a point open: how this vote has it, what departs from the usual first. */
export function SettingsList({ settings, isFolded = false }: SettingsListProps) {
  const { t } = useTranslation();
  const textOf = useSettingText();
  if (settings.length === 0) return null;
  const ordered = [...settings].sort((a, b) => Number(a.isDefault) - Number(b.isDefault));
  const departing = settings.filter(({ isDefault }) => !isDefault).length;
  return (
    <details className="verdict-settings" open={departing > 0 && !isFolded}>
      <summary>
        {t('setting.title')}
        {departing > 0 && t('setting.departing', { count: departing })}
      </summary>
      <dl className="settings">
        {ordered.map((setting) => (
          <div key={setting.name}>
            <dt>{t(`setting.${setting.name}.label`, { defaultValue: setting.name })}</dt>
            <dd>
              {textOf(setting)} {!setting.isDefault && <span className="tag">! {t('setting.departs')}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** The same ballots counted otherwise, each with whether the result would be another. */
export function OtherCounts({ counts }: { readonly counts: readonly OtherCountView[] }) {
  const { t } = useTranslation();
  if (counts.length === 0) return null;
  return (
    <section>
      <h3>{t('verdict.otherCounts')}</h3>
      <ul className="other-counts">
        {counts.map(({ view, outcome, flips }) => (
          <li key={view}>
            {t(`verdict.view.${view}`, { defaultValue: view })}
            {'：'}
            <strong>{t(`verdict.outcome.${outcome}`)}</strong>{' '}
            <span className="tag">{t(flips ? 'verdict.flips' : 'verdict.same')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
