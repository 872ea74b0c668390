import type { DueRange } from '../words/codes';

/** Where the list stands that a figure counts. */
export type ListAddress =
  | {
      readonly to: '/procedures';
      readonly search: {
        readonly unit?: string;
        readonly kind?: 'internal' | 'public' | 'quality';
        readonly group?: 'A' | 'B' | 'C' | 'D';
        readonly stage?: string;
        readonly waitsFor?: string;
        readonly onTime?: `${'signedBeforeEffect' | 'disclosedAfterSigning'}.${'met' | 'late' | 'open' | 'unknown'}`;
        readonly registeredFrom?: string;
        readonly inStageFrom?: string;
      };
    }
  | { readonly to: '/deadlines'; readonly search: { readonly unit?: string; readonly due?: DueRange } }
  | {
      readonly to: '/reports/$name';
      readonly params: { readonly name: string };
      readonly search: { readonly unit?: string; readonly row: string; readonly column: string };
    }
  | { readonly to: '/dashboard'; readonly search: { readonly unit?: string } };

export interface Figure {
  readonly number: number;
  readonly list?: ListAddress;
  /** It counts what is late. (Default: not) */
  readonly isLate?: boolean;
}

interface FigureRow {
  readonly key: string;
  /** What the row is of, column by column; the first one leads to its list, or further down. */
  readonly names: readonly string[];
  readonly list?: ListAddress;
  readonly figures: readonly Figure[];
}

/** A report as a table: the page draws it, and the file has the same. */
export interface Figures {
  /** Titles of the columns that say what a row is of. */
  readonly names: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly FigureRow[];
  /** Which column is drawn as a bar beside it. (Default: none) */
  readonly bar?: number;
}
