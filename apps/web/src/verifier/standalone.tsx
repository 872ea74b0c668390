import '../theme/tokens.css';
import './standalone.css';
import { StrictMode, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Language } from '../words/words';
import { brand } from '../theme/brand';
import { Verifier } from './verifier';
import { sayIn } from './verifier-words';

const named = { vi: 'Tiếng Việt', en: 'English' } as const satisfies Record<Language, string>;

/** The page that is in each bundle, and needs nothing but itself. */
function Standalone(): ReactNode {
  const [language, speak] = useState<Language>(navigator.language.startsWith('en') ? 'en' : 'vi');
  const title = sayIn(language)('title');
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${title} · ${brand.name}`;
  }, [language, title]);
  return (
    <main>
      <div className="languages">
        {(['vi', 'en'] as const).map((one) => (
          <button key={one} type="button" lang={one} aria-pressed={one === language} onClick={() => speak(one)}>
            {named[one]}
          </button>
        ))}
      </div>
      <h1>{title}</h1>
      <Verifier language={language} />
    </main>
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('The page has no place for the verifier.');
createRoot(root).render(
  <StrictMode>
    <Standalone />
  </StrictMode>,
);
