import { create } from 'zustand';
import type { Language } from '../../server/protocol/scalars.ts';
import { applyTypeSize } from '../theme/theme.ts';
import { changeLanguage, findInitialLanguage } from '../i18n/i18n.ts';
import { readStored, writeStored } from './storage.ts';

const KEY_LARGE = 'preferences.large';
const KEY_LANGUAGE = 'preferences.language';

interface Preferences {
  readonly isLarge: boolean;
  readonly language: Language;
}

export const usePreferences = create<Preferences>(() => ({ isLarge: false, language: 'zh-CN' }));

/** Reads what this phone was set to before; called once, before the first page is drawn. */
export async function restorePreferences(): Promise<void> {
  const isLarge = readStored<boolean>('local', KEY_LARGE) ?? false;
  const language = findInitialLanguage(readStored<string>('local', KEY_LANGUAGE));
  applyTypeSize(document.documentElement, isLarge);
  await changeLanguage(language);
  usePreferences.setState({ isLarge, language });
}

export function setLargeType(isLarge: boolean): void {
  applyTypeSize(document.documentElement, isLarge);
  writeStored('local', KEY_LARGE, isLarge);
  usePreferences.setState({ isLarge });
}

export async function setLanguage(language: Language): Promise<void> {
  await changeLanguage(language);
  writeStored('local', KEY_LANGUAGE, language);
  usePreferences.setState({ language });
}
