import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type vi from './vi.json';

const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];
/** Names a sentence or word that is there in both languages. */
export type Word = keyof typeof vi;

/** Fetched when they are first spoken: those of the first pages, and the rest with the first page that is another. */
const parts = {
  first: {
    vi: async () => (await import('./vi.json?first')).default,
    en: async () => (await import('./en.json?first')).default,
  },
  rest: {
    vi: async () => (await import('./vi.json?rest')).default,
    en: async () => (await import('./en.json?rest')).default,
  },
} as const;
const kept = 'tinhgon-language';
let isWhole = false;

export async function startWords(): Promise<void> {
  const asked = new URLSearchParams(window.location.search).get('lang') ?? localStorage.getItem(kept);
  const language = languages.find((one) => one === asked) ?? 'vi';
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: await parts.first[language]() } },
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
  void wordsOf(language).then((words) => {
    // Another one may have been asked for meanwhile.
    if (localStorage.getItem(kept) !== language) return;
    i18next.addResourceBundle(language, 'translation', words, true);
    keep(language);
    void i18next.changeLanguage(language);
  });
}

const wordsOf = async (language: Language): Promise<Readonly<Record<string, string>>> => ({
  ...(await parts.first[language]()),
  ...(isWhole && (await parts.rest[language]())),
});

/** Has the words of every page. */
export async function allWords(): Promise<void> {
  if (isWhole) return;
  const language = languages.find((one) => one === i18next.language) ?? 'vi';
  i18next.addResourceBundle(language, 'translation', await parts.rest[language](), true);
  isWhole = true;
  // Another one may be spoken by now.
  if (i18next.language !== language) speak(languages.find((one) => one === i18next.language) ?? 'vi');
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
