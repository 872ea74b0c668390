import { decimalKind } from '../form/number-fields';
import type { Say, Word, Words } from '../words/words';

/** A figure that was reported, as people write it. */
export const figureText = (value: string | number, words: Words): string => decimalKind.text(String(value), words);

/** A period in words. */
export function periodText(period: string | null, say: Say): string {
  if (period === null) return say('indicators.noPeriod');
  const [year = '', part] = period.split('-');
  if (part === undefined) return say('indicators.year', { year });
  return part.startsWith('Q') ? say('indicators.quarter', { quarter: part.slice(1), year }) : `${part}/${year}`;
}

/** At which level it is reported. */
export const perWords = { unit: 'indicators.perUnit', service: 'indicators.perService' } as const satisfies Record<string, Word>;
