import { AlignmentType, BorderStyle, Document, Footer, Header, ImageRun, Packer, PageNumber, PageOrientation, Paragraph, Tab, Table, TableCell, TableLayoutType, TableRow, TextRun, VerticalAlignTable, WidthType } from 'docx'; // prettier-ignore
import type { IParagraphOptions, IRunOptions, ISectionOptions } from 'docx';
import type { Alignment, Block, LaidPaper, PaperTable, Run } from '#reporting';
import { codePicture } from '../proofs/code-picture.js';
import type { PrintedCode } from '../proofs/imprints.js';

/** As plain data, which another thread takes. */
export interface PaperToLayOut {
  readonly paper: LaidPaper;
  /** At its very end; null where there is none. */
  readonly code: PrintedCode | null;
}

/** Twentieths of a point, never less than so many millimetres. */
const mm = (millimetres: number): number => Math.ceil((millimetres * 1_440) / 25.4);
/** Sizes are told in half points. */
const points = (size: number): number => size * 2;

/** A4, and the margins of Decree 30/2020, Annex I: top and bottom 20–25 mm, left 30–35 mm, right 15–20 mm. */
const page = { width: 11_906, height: 16_838, top: mm(20), bottom: mm(20), left: mm(30), right: mm(15), header: mm(10), footer: mm(9) } as const; // prettier-ignore
const textWidth = { upright: page.width - page.left - page.right, landscape: page.height - page.left - page.right } as const;
const face = 'Times New Roman';
const sizes = { text: points(14), table: points(11), nation: points(12.5), issuer: points(12.5), recipients: points(11), note: points(8) } as const; // prettier-ignore
const noBorder = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const line = { style: BorderStyle.SINGLE, size: 6, color: '000000', space: 1 } as const;
const noBorders = { top: noBorder, bottom: noBorder, left: noBorder, right: noBorder, insideHorizontal: noBorder, insideVertical: noBorder } as const; // prettier-ignore

/** What no XML may hold is left out; it is never seen. */
const clean = (text: string): string => text.normalize('NFC').replace(/[^\P{Cc}\t\n]|\p{Cs}|[\uFFFE\uFFFF]/gu, '');

/** Its options named as such: a text has properties of the same names. */
const run = (options: IRunOptions): TextRun => new TextRun(options);

/** The paper as a file for word processors, laid out as Decree 30/2020, Annex I says. */
export function layOut({ paper, code }: PaperToLayOut): Promise<Buffer> {
  const { head, title, body, recipients, signer, annexes, note } = paper;
  const end = code ? [spacer(6), sealOf(code), spacer(0)] : [];
  const first: ISectionOptions = {
    ...pages(note),
    children: [
      nationalHeading(head),
      ...titleOf(title),
      ...body.flatMap((block) => laid(block, textWidth.upright)),
      ...(signer.length > 0 || recipients.length > 0 ? [spacer(6), signatures(recipients, signer)] : []),
      spacer(0),
      ...(annexes.length === 0 ? end : []),
    ],
  };
  const document = new Document({
    ...{ title: clean(title.join(' ')), creator: 'Tinh Gọn', description: clean(note) },
    styles: { default: { document: { run: { font: face, size: sizes.text, language: { value: 'vi-VN' } }, paragraph: { spacing: { before: 0, after: 0, line: 264, lineRule: 'auto' } } } } },
    sections: [
      first,
      ...annexes.map(({ isLandscape, blocks }, at) => ({
        ...pages(note, isLandscape),
        children: [...blocks.flatMap((block) => laid(block, isLandscape ? textWidth.landscape : textWidth.upright)), spacer(0), ...(at === annexes.length - 1 ? end : [])],
      })),
    ],
  });
  return Packer.toBuffer(document);
} // prettier-ignore

/** Pages are numbered in the middle above the text, those of an annex for themselves, from the second on. */
function pages(note: string, isLandscape = false): Omit<ISectionOptions, 'children'> {
  const number = new Paragraph({ alignment: AlignmentType.CENTER, children: [run({ children: [PageNumber.CURRENT], size: points(13) })] }); // prettier-ignore
  const below = (): Footer => new Footer({ children: [new Paragraph({ children: [run({ text: clean(note), size: sizes.note, color: '595959' })] })] }); // prettier-ignore
  const { width, height, header, footer, ...margin } = page;
  return {
    properties: {
      titlePage: true,
      page: {
        size: { width, height, orientation: isLandscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
        margin: { ...margin, header, footer },
        pageNumbers: { start: 1 },
      },
    },
    headers: { default: new Header({ children: [number] }), first: new Header({ children: [new Paragraph({})] }) },
    footers: { default: below(), first: below() },
  };
}

/** The issuer on the left; on the right the name of the state, its motto with a line below, place and date. */
function nationalHeading({ issuer, number, place, mark }: LaidPaper['head']): Table {
  const left = Math.round(textWidth.upright * 0.4);
  const right = textWidth.upright - left;
  const own = issuer.at(-1) ?? '';
  const middle = (text: string, look: { readonly bold?: boolean; readonly italics?: boolean; readonly size: number }): Paragraph =>
    new Paragraph({ alignment: AlignmentType.CENTER, children: [run({ text: clean(text), ...look })] });
  const marked = mark === null ? [] : [new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: 80 }, indent: { left: 1_100, right: 1_100 }, border: { top: line, bottom: line, left: line, right: line }, children: [run({ text: mark, bold: true, size: points(13) })] })]; // prettier-ignore
  return bare(
    [left, right],
    [
      [
        [...issuer.slice(0, -1).map((above) => middle(above, { size: sizes.issuer })), middle(own, { size: sizes.issuer, bold: true }), ruled(left, 0.35)],
        [middle('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { size: sizes.nation, bold: true }), middle('Độc lập - Tự do - Hạnh phúc', { size: points(13.5), bold: true }), ruled(right, 0.59)],
      ],
      [[middle(number, { size: points(13) }), ...marked], [middle(place, { size: points(13.5), italics: true })]],
    ],
  );
} // prettier-ignore

/** A line below what stands in the middle, over this share of the width. */
const ruled = (width: number, share: number): Paragraph => {
  const side = Math.round((width * (1 - share)) / 2);
  return new Paragraph({ spacing: { before: 0, after: 100, line: 60, lineRule: 'exact' }, indent: { left: side, right: side }, border: { top: line }, children: [] }); // prettier-ignore
};

/** What kind of paper it is, and what it is about. */
function titleOf(title: readonly string[]): readonly Paragraph[] {
  return [
    spacer(10),
    ...title.map((text) => new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, children: [run({ text: clean(text), bold: true, size: points(14) })] })),
    new Paragraph({ spacing: { before: 40, after: 160, line: 60, lineRule: 'exact' }, indent: { left: 3_400, right: 3_400 }, border: { top: line }, children: [] }),
  ];
} // prettier-ignore

/** Who gets it below on the left; who signs it on the right, with space for the signature. They stay on one page. */
function signatures(recipients: readonly string[], signer: readonly string[]): Table {
  const left = Math.round(textWidth.upright * 0.5);
  const small = (text: string, look: object = {}): Paragraph => new Paragraph({ children: [run({ text: clean(text), size: sizes.recipients, ...look })] });
  const told = recipients.length === 0 ? [new Paragraph({})] : [small('Nơi nhận:', { bold: true, italics: true, size: points(12) }), ...recipients.map((text) => small(text))];
  const signed = signer.map((text, at) => new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: at > 0 && at === signer.length - 1 ? 1_300 : 0 }, children: [run({ text: clean(text), bold: true, size: points(14) })] }));
  return bare([left, textWidth.upright - left], [[told, signed.length > 0 ? signed : [new Paragraph({})]]]);
} // prettier-ignore

/** Millimetres of a side: telephones still tell such apart. */
const dotSide = 0.4;

/** A code and beside it what it is for, together on one page. */
function sealOf({ text, says }: PrintedCode): Table {
  const { png, dots } = codePicture(text);
  const side = Math.round((dots * dotSide * 96) / 25.4);
  const picture = new ImageRun({ type: 'png', data: png, transformation: { width: side, height: side }, altText: { name: 'QR', title: 'QR', description: says } });
  const beside = new Paragraph({ children: [run({ text: says, size: sizes.note, color: '595959' })] });
  const left = mm(dots * dotSide + 4);
  return bare([left, textWidth.upright - left], [[[new Paragraph({ children: [picture] })], [beside]]]);
} // prettier-ignore

/** A table of which nothing is seen but what stands in it. */
function bare(widths: readonly number[], rows: readonly (readonly (readonly Paragraph[])[])[]): Table {
  return new Table({
    ...{ width: { size: sum(widths), type: WidthType.DXA }, columnWidths: [...widths], layout: TableLayoutType.FIXED, borders: noBorders },
    rows: rows.map((cells) => new TableRow({ cantSplit: true, children: cells.map((children, at) => new TableCell({ children, width: { size: widths[at] ?? 0, type: WidthType.DXA }, borders: noBorders, margins: { left: 0, right: 0 } })) })),
  });
} // prettier-ignore

const aligned = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  justify: AlignmentType.BOTH,
} as const satisfies Readonly<Record<Alignment, string>>;

function laid(block: Block, width: number): readonly (Paragraph | Table)[] {
  if (block.kind === 'table') return [tableOf(block, width), spacer(6)];
  const { runs, align = 'justify', indented = false, withNext = false, onNewPage = false } = block;
  const look: IParagraphOptions = {
    ...{ alignment: aligned[align], keepNext: withNext, pageBreakBefore: onNewPage, spacing: { before: 0, after: 120 } },
    ...(indented && { indent: { firstLine: mm(10) } }),
  };
  return [new Paragraph({ ...look, children: runs.flatMap((one) => textRuns(one)) })];
}

/** Line ends and tabs of a text stay such. */
function textRuns({ text, bold = false, italic = false }: Run, size: number = sizes.text): readonly TextRun[] {
  return clean(text)
    .split('\n')
    .map((each, at) => {
      const children = each.split('\t').flatMap((part, index) => (index === 0 ? [part] : [new Tab(), part]));
      return run({ children, bold, italics: italic, size, ...(at > 0 && { break: 1 }) });
    });
}

/** A row of more characters may go on overleaf. */
const mostUnsplit = 1_000;

function tableOf({ columns, rows }: PaperTable, width: number): Table {
  const shares = columns.reduce((all, column) => all + column.width, 0);
  const widths = columns.map((column) => Math.floor((width * column.width) / shares));
  const cell = (text: string, at: number, { bold = false, align }: { readonly bold?: boolean; readonly align?: Alignment }): TableCell =>
    new TableCell({
      ...{ width: { size: widths[at] ?? 0, type: WidthType.DXA }, margins: { top: 30, bottom: 30, left: 70, right: 70 }, verticalAlign: VerticalAlignTable.CENTER },
      children: [new Paragraph({ alignment: aligned[align ?? columns[at]?.align ?? 'left'], children: [...textRuns({ text, bold }, sizes.table)] })],
    });
  return new Table({
    ...{ width: { size: sum(widths), type: WidthType.DXA }, columnWidths: widths, layout: TableLayoutType.FIXED },
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: columns.map(({ title }, at) => cell(title, at, { bold: true, align: 'center' })) }),
      ...rows.map(({ cells, bold = false }) => new TableRow({ cantSplit: cells.join('').length < mostUnsplit, children: columns.map((_, at) => cell(cells[at] ?? '', at, { bold })) })),
    ],
  });
} // prettier-ignore

/** @param height In points. (0: as little as there can be, where a table must not be the last) */
const spacer = (height: number): Paragraph =>
  new Paragraph({ spacing: { before: 0, after: 0, line: Math.max(20, height * 20), lineRule: 'exact' }, children: [] });

const sum = (all: readonly number[]): number => all.reduce((one, other) => one + other, 0);
