import { useWords } from './use-words.ts';

/** Stands on every page of a fictitious case. */
export function DemoMark({ isDemonstration }: { readonly isDemonstration: boolean }) {
  const { t } = useWords();
  return isDemonstration ? <span className="demo-tag">{t('common.demoShort')}</span> : null;
}
