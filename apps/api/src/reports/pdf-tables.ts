import type { Paper } from './report-pdf.js';

/** Points between the margins of a page. */
const room = { portrait: 515, landscape: 761 } as const;
/** More columns are not read upright. */
const mostUpright = 6;
/** Points of a letter of nine points, rather too many, and of what a column leaves free beside its text. */
const letter = 6;
const beside = 16;
/** Letters of the longest word that stands unbroken: an id. */
export const longestWord = 36;
/** Letters of a line that is read at ease. */
const goodLine = 20;

interface PdfTable {
  /** Its columns by their places; the first one of all, by which rows are told, stands in each table. */
  readonly places: readonly number[];
  /** Points that their texts have. */
  readonly widths: readonly number[];
}

/**
 * How the columns of a paper stand on its pages: those that have no room beside the others follow in tables of their own, since nobody misses what is cut off at the edge. The
 * widths are told here, because a column that takes what is left makes pdfmake give all such columns that of the widest one.
 */
export function tablesOf({ columns, rows }: Pick<Paper, 'columns' | 'rows'>): {
  readonly pageOrientation: keyof typeof room;
  readonly tables: readonly PdfTable[];
} {
  const needs = columns.map(({ title, isFigure }, at) => lettersOf([title, ...rows.map((row) => row[at] ?? '')], isFigure) * letter);
  const taken = (places: readonly number[]): number => places.reduce((sum, at) => sum + (needs[at] ?? 0) + beside, 0);
  const isUpright = columns.length <= mostUpright && taken([...needs.keys()]) <= room.portrait;
  const pageOrientation = isUpright ? 'portrait' : 'landscape';
  const tables: number[][] = [[0]];
  for (const at of [...needs.keys()].slice(1)) {
    const places = tables.at(-1) ?? [];
    if (places.length > 1 && taken([...places, at]) > room[pageOrientation]) tables.push([0, at]);
    else places.push(at);
  }
  const isText = (at: number): boolean => columns[at]?.isFigure === false;
  return {
    pageOrientation,
    tables: tables.map((places) => {
      const spare = Math.max(0, room[pageOrientation] - taken(places)) / Math.max(1, places.filter(isText).length);
      return { places, widths: places.map((at) => (needs[at] ?? 0) + (isText(at) ? spare : 0)) };
    }),
  };
}

/** Letters that a column asks for in a line: of figures no more than they need. */
function lettersOf(texts: readonly string[], isFigure: boolean): number {
  const longest = (of: readonly string[]): number => of.reduce((most, { length }) => Math.max(most, length), 0);
  const word = Math.min(longest(texts.flatMap((text) => text.split(/\s+/))), longestWord);
  return isFigure ? word : Math.max(word, Math.min(longest(texts), goodLine));
}
