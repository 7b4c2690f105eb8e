/**
 * Words. A catalogue is one file per language and area; only the active language is loaded, and an
 * area that not everybody needs (staff) only with its pages.
 */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../server/protocol/scalars.ts';
import { catalogues, type Area } from './catalogues.ts';

const loadedAreas = new Set<Area>(['core']);
let isReady = false;

export function findInitialLanguage(stored: string | undefined): Language {
  return stored === 'en' ? 'en' : 'zh-CN';
}

async function addArea(language: Language, area: Area): Promise<void> {
  const { catalogue } = await catalogues[language][area]();
  i18next.addResourceBundle(language, 'translation', catalogue, true, true);
}

async function initialise(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { useSuspense: false, bindI18nStore: 'added' },
  });
  isReady = true;
}

/** Loads the language's words, then switches. */
export async function changeLanguage(language: Language): Promise<void> {
  if (!isReady) await initialise(language);
  await Promise.all([...loadedAreas].map((area) => addArea(language, area)));
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Adds the words of an area, in the active language now and in another when it is switched to. */
export async function loadArea(area: Area): Promise<void> {
  if (loadedAreas.has(area)) return;
  await addArea(i18next.language as Language, area);
  loadedAreas.add(area);
}
