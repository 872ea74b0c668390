import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type vi from './vi.json';

const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];
/** Names a sentence or word that is there in both languages. */
export type Word = keyof typeof vi;

/** Each is fetched when it is first spoken. */
const all: Readonly<Record<Language, () => Promise<Readonly<Record<Word, string>>>>> = {
  vi: async () => (await import('./vi.json')).default,
  en: async () => (await import('./en.json')).default,
};
const kept = 'tinhgon-language';

export async function startWords(): Promise<void> {
  const asked = new URLSearchParams(window.location.search).get('lang') ?? localStorage.getItem(kept);
  const language = languages.find((one) => one === asked) ?? 'vi';
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: await all[language]() } },
    keySeparator: false,
    nsSeparator: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    fallbackLng: false,
  });
  keep(language);
}

function keep(language: Language): void {
  localStorage.setItem(kept, language);
  document.documentElement.lang = language;
}

/** Changes the language and keeps it in this browser. */
export function speak(language: Language): void {
  localStorage.setItem(kept, language);
  void all[language]().then((words) => {
    // Another one may have been asked for meanwhile.
    if (localStorage.getItem(kept) !== language) return;
    i18next.addResourceBundle(language, 'translation', words);
    keep(language);
    void i18next.changeLanguage(language);
  });
}

export type Say = (word: Word, values?: Readonly<Record<string, string | number>>) => string;

export interface Words {
  readonly language: Language;
  readonly say: Say;
}

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const language = languages.find((one) => one === i18n.language) ?? 'vi';
  return { language, say: (word, values = {}) => t(word, values) };
}
