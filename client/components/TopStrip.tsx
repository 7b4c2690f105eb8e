import { useTranslation } from 'react-i18next';
import { setLanguage, setLargeType, usePreferences } from '../state/preferences.ts';
import { useHelp } from '../state/help.ts';

/** The strip that stands on top of every creditor page: whom to call, large type, language. */
export function TopStrip() {
  const { t } = useTranslation();
  const { isLarge, language } = usePreferences();
  const { phone, isDemonstration } = useHelp();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <header aria-label={t('common.helpRegion')}>
      <div className="strip">
        <p className="strip__help">
          <span>{t('common.helpPhone')}</span>
          {phone === undefined ? (
            <span>{t('common.helpInNotice')}</span>
          ) : (
            <a href={`tel:${phone}`}>{phone}</a>
          )}
        </p>
        <button
          type="button"
          className="strip__button"
          aria-pressed={isLarge}
          onClick={() => setLargeType(!isLarge)}
        >
          {t('common.largeType')}
        </button>
        <button type="button" className="strip__button" lang={other} onClick={() => void setLanguage(other)}>
          {other === 'en' ? 'English' : '中文'}
        </button>
      </div>
      {isDemonstration && <p className="demo-mark">{t('common.demonstration')}</p>}
    </header>
  );
}
