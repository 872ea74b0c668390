import { decimalText } from '../format/format';
import { valueText } from './cells';
import type { CellWords } from './cells';
import type { ExplainingEvent } from './report-queries';

/** What events come to. */
export interface Explained {
  readonly number: number;
  /** Null where none adds to a sum. */
  readonly sum: number | null;
  /** Null where there is no ratio. */
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** So many values that a median or percentile is taken of. */
  readonly samples: number;
}

/** Contributions together: of a sum, of both parts of a ratio, of samples how many there are. */
export function sumOf(events: readonly Pick<ExplainingEvent, 'contributes' | 'part'>[]): Explained {
  const together = (part: ExplainingEvent['part']): number | null => {
    const there = events.flatMap((event) => (event.part === part && event.contributes !== null ? [event.contributes] : []));
    return there.length === 0 ? null : there.reduce((so, one) => so + one, 0);
  };
  return {
    ...{ number: events.length, sum: together(undefined), numerator: together('numerator'), denominator: together('denominator') },
    samples: events.filter(({ part }) => part === 'sample').length,
  };
}

/** A value that is explained: text of figures as a figure. */
export const valueOf = (column: string, value: unknown, words: CellWords): string =>
  typeof value === 'string' && /^-?\d+\.\d\d$/.test(value) ? decimalText(value, words.language) : valueText(column, value, words);
