import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import en from './en.json' with { type: 'json' };
import vi from './vi.json' with { type: 'json' };

const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];
/** Names a sentence or word that is there in both languages. */
export type Word = keyof typeof vi;

const all: Readonly<Record<Language, Readonly<Record<Word, string>>>> = { vi, en };
const kept = 'tinhgon-language';

export function startWords(): void {
  const asked = new URLSearchParams(window.location.search).get('lang') ?? localStorage.getItem(kept);
  const language = languages.find((one) => one === asked) ?? 'vi';
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'vi',
    resources: { vi: { translation: all.vi }, en: { translation: all.en } },
    keySeparator: false,
    nsSeparator: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  speak(language);
}

/** Changes the language and keeps it in this browser. */
export function speak(language: Language): void {
  localStorage.setItem(kept, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
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
