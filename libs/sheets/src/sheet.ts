/** A cell as it stands in a sheet; null where nothing stands. */
export type Cell =
  | null
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'number';
      readonly value: number;
      /** Whether it is shown as a date. */
      readonly isDate: boolean;
      /** The day that it counts up to, `YYYY-MM-DD`; null where it is none from 1900 to 9999. */
      readonly date: string | null;
    }
  | { readonly type: 'boolean'; readonly value: boolean }
  /** What a program counts out, and counts out anew elsewhere. */
  | { readonly type: 'formula' }
  /** What a program says where it cannot count, such as `#REF!`. */
  | { readonly type: 'fault'; readonly text: string };

/** A line of a sheet that is not empty. */
export interface SheetRow {
  /** As spreadsheets number it, the first is 1. */
  readonly row: number;
  /** By column; those at the end may be left out. */
  readonly cells: readonly Cell[];
}

/** Where a sheet is kept; it is never held in memory as a whole. */
export interface SheetBytes {
  readonly size: number;
  /** From a byte to the one before another, in order. */
  read(from: number, to: number): AsyncIterable<Buffer>;
}

export const sheetFormats = ['csv', 'xlsx'] as const;
export type SheetFormat = (typeof sheetFormats)[number];

/** Why no sheet is read. */
export type SheetFault =
  'file-encrypted' | 'file-macros' | 'file-external-links' | 'file-unreadable' | 'file-inflated' | 'file-empty' | 'file-too-long';

/** The file is none that is read, or not further than here. */
export class SheetRefused extends Error {
  override readonly name = 'SheetRefused';
  constructor(
    readonly code: SheetFault,
    /** English. */
    message: string,
    /** The same in Vietnamese. */
    readonly vi: string,
    /** The line at which it ends; 0 where it is about the file. */
    readonly row = 0,
  ) {
    super(message);
  }
}

/** Most columns that are looked at; no form has so many. */
export const mostColumns = 2_000;
/** Most characters of one line. */
export const mostRowCharacters = 2_000_000;
