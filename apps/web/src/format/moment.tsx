import type { ReactNode } from 'react';
import type { Preferences } from '../api/preferences';
import { usePreferences } from '../api/preferences';
import { useWords } from '../words/words';
import { agoText, momentText } from './format';

/** How the person wants times to be told. (Default: absolute, as papers tell them) */
export const useTimes = (): NonNullable<Preferences['times']> => usePreferences()?.times ?? 'absolute';

/** An instant, as the person likes it told: when it was, or how long ago; on paper always when. @param at ISO 8601 */
export function Moment({ at }: { readonly at: string }): ReactNode {
  const { language } = useWords();
  const exact = momentText(at, language);
  if (useTimes() === 'absolute') return <time dateTime={at}>{exact}</time>;
  return (
    <time dateTime={at} title={exact}>
      <span data-noprint>{agoText(at, language)}</span>
      <span data-print>{exact}</span>
    </time>
  );
}
