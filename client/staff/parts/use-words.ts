import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../../server/protocol/scalars.ts';
import { usePreferences } from '../../state/preferences.ts';

interface Words {
  readonly t: TFunction;
  readonly language: Language;
}

/** The catalogue and the language, for formatters that need both. */
export function useWords(): Words {
  const { t } = useTranslation();
  const language = usePreferences((state) => state.language);
  return { t, language };
}

interface Coded {
  readonly code: string;
  readonly params?: Readonly<Record<string, string>>;
}

/** Words of a code that the server may extend before this client knows it: the code itself is better than nothing. */
export function wordOr(t: TFunction, key: string, { code, params }: Coded): string {
  const text = t(key, { ...params, defaultValue: '' });
  return text === '' ? code : text;
}
