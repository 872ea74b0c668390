/**
 * Terminology
 *
 * - paper: an official document that is made of what is recorded, to be signed outside
 * - template: the wording of a paper, with placeholders for what is recorded
 * - block: a paragraph or a table of its body
 * - annex: what follows the signature, each on pages of its own
 *
 * All of it is plain data, so that another thread can lay it out.
 */

export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
}

export type Alignment = 'left' | 'center' | 'right' | 'justify';

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly runs: readonly Run[];
  /** (Default: justify) */
  readonly align?: Alignment;
  /** Its first line is indented. (Default: not) */
  readonly indented?: boolean;
  /** Stays on the page of what follows. (Default: not) */
  readonly withNext?: boolean;
  /** Begins a page. (Default: not) */
  readonly onNewPage?: boolean;
}

interface PaperColumn {
  readonly title: string;
  /** Its share of the width, in parts of the sum of all. */
  readonly width: number;
  /** (Default: left) */
  readonly align?: Alignment;
}

export interface PaperTable {
  readonly kind: 'table';
  readonly columns: readonly PaperColumn[];
  /** A cell for each column. */
  readonly rows: readonly { readonly cells: readonly string[]; readonly bold?: boolean }[];
}

export type Block = Paragraph | PaperTable;

export interface LaidPaper {
  /** The national heading, whose lines Decree 30/2020 places; a form has none of it but the issuer. */
  readonly head: {
    /** Lines, the body above the issuer first, the issuer itself last. */
    readonly issuer: readonly string[];
    /** As `Số: 12/QĐ-BQP`; empty where the paper has none. */
    readonly number: string;
    /** As `Hà Nội, ngày 05 tháng 3 năm 2025`. */
    readonly place: string;
    /** The mark of secrecy; null where nothing in it is classified. */
    readonly mark: string | null;
  };
  /** The name of its kind, then what it is about. */
  readonly title: readonly string[];
  readonly body: readonly Block[];
  /** Empty where nobody is told. */
  readonly recipients: readonly string[];
  /** The last line is the name, below the space for the signature. */
  readonly signer: readonly string[];
  readonly annexes: readonly { readonly isLandscape: boolean; readonly blocks: readonly Block[] }[];
  /** As of when its data are. */
  readonly note: string;
}

/** What nobody said stays blank, to be filled in by hand. */
export const blank = '……';

/** Beginning with words in bold, if any. */
export const paragraph = (text: string, bold = ''): Paragraph => ({
  ...{ kind: 'paragraph', indented: true },
  runs: [...(bold === '' ? [] : [{ text: bold, bold: true }]), { text }],
});
/** Words in bold above what belongs to them, such as a table. */
export const above = (bold: string): Paragraph => ({ ...paragraph('', bold), withNext: true });
/** Above what belongs to it. */
export const subtitle = (text: string): Paragraph => ({ kind: 'paragraph', runs: [{ text, bold: true }], indented: true, withNext: true });
/** A paragraph for each line of a text; a blank one where there is none. */
export const paragraphsOf = (text: string): readonly Paragraph[] => text.split('\n').map((line) => paragraph(line));

/** Of how many lines and cells a paper is made, by which it is told how long laying it out takes. */
export function piecesIn({ body, annexes }: LaidPaper): number {
  const lines = (text: string): number => text.split('\n').length;
  const pieces = (block: Block): number =>
    block.kind === 'paragraph'
      ? block.runs.reduce((all, { text }) => all + lines(text), 0)
      : block.rows.reduce((all, { cells }) => cells.reduce((more, text) => more + lines(text), all), 0);
  return [...body, ...annexes.flatMap(({ blocks }) => blocks)].reduce((all, block) => all + pieces(block), 0);
}
