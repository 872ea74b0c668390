import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';
import type { SaxesTagPlain } from 'saxes';
import { tooWide } from './csv.js';
import { dateOfSerial, isBuiltInDate, isDateFormat } from './serial-dates.js';
import { mostColumns, mostRowCharacters, SheetRefused } from './sheet.js';
import type { Cell, SheetBytes, SheetRow } from './sheet.js';
import { unreadable, WorkbookParts } from './workbook.js';

/** Most characters of the texts that a workbook keeps apart from its sheets; they are held in memory. */
const mostSharedCharacters = 64 * 1024 * 1024;
const mostSharedTexts = 4_000_000;

/** What the cells of a sheet mean by their numbers. */
interface Meanings {
  readonly texts: readonly string[];
  /** Whether cells of that style are days. */
  readonly dates: readonly boolean[];
  readonly is1904: boolean;
}

/**
 * The lines of the first sheet of a workbook that is not hidden (ECMA-376), each as it is unpacked: nothing runs ahead of whoever asks for the next
 * one. @throws SheetRefused
 */
export async function* rowsOfXlsx(bytes: SheetBytes): AsyncGenerator<SheetRow> {
  const parts = await WorkbookParts.open(bytes);
  try {
    const { sheet, texts, styles, is1904 } = await findSheet(parts);
    const meanings = { texts: texts === null ? [] : await sharedTexts(parts, texts), dates: styles === null ? [] : await dateStyles(parts, styles), is1904 }; // prettier-ignore
    const ready: SheetRow[] = [];
    const reader = new RowReader(meanings, (row) => ready.push(row));
    for await (const lines of parsed(parts, sheet, reader, () => ready.splice(0))) yield* lines;
    yield* ready;
  } finally {
    parts.close();
  }
}

interface Listener {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

/** Bytes of one text of a part: more than those of any line that is taken. */
const mostGathered = 4 * mostRowCharacters;

/** Reads a part of XML and tells the listener; yields what was made of each piece, so that nothing runs ahead. */
async function* parsed<Made>(parts: WorkbookParts, name: string, listener: Listener, made: () => Made): AsyncGenerator<Made> {
  const parser = new SaxesParser();
  const decoder = new StringDecoder('utf8');
  parser.on('error', () => {
    throw unreadable(`${name} is not well formed`);
  });
  // The parser gathers a text, a comment or an attribute until it ends, however long it is.
  let gathered = 0;
  const told = (tell: () => void): void => {
    gathered = 0;
    tell();
  };
  parser.on('opentag', ({ name: tag, attributes }: SaxesTagPlain) => told(() => listener.open(localName(tag), attributes)));
  parser.on('text', (text) => told(() => listener.text(text)));
  parser.on('cdata', (text) => told(() => listener.text(text)));
  parser.on('closetag', ({ name: tag }) => told(() => listener.close(localName(tag))));
  for await (const piece of parts.stream(name)) {
    gathered += piece.length;
    if (gathered > mostGathered) throw unreadable(`${name} has a text without end`);
    parser.write(decoder.write(piece));
    yield made();
  }
  parser.close();
}

async function parseWhole(parts: WorkbookParts, name: string, listener: Partial<Listener>): Promise<void> {
  const nothing = (): void => undefined;
  const pieces = parsed(parts, name, { open: nothing, text: nothing, close: nothing, ...listener }, nothing);
  while ((await pieces.next()).done !== true);
}

const localName = (tag: string): string => tag.slice(tag.indexOf(':') + 1);

interface Found {
  readonly sheet: string;
  readonly texts: string | null;
  readonly styles: string | null;
  readonly is1904: boolean;
}

async function findSheet(parts: WorkbookParts): Promise<Found> {
  if (!parts.has('[Content_Types].xml') || !parts.has('_rels/.rels')) throw unreadable('it names no workbook');
  if (/macroEnabled/i.test(await parts.text('[Content_Types].xml')))
    throw new SheetRefused('file-macros', 'The workbook may hold macros: save it as .xlsx without them.', 'Bảng tính có thể chứa macro: hãy lưu lại dạng .xlsx.'); // prettier-ignore
  const [workbook] = (await relationships(parts, '')).filter(({ type }) => type.endsWith('/officeDocument'));
  if (!workbook) throw unreadable('it names no workbook');
  const related = await relationships(parts, workbook.target);
  const ids: string[] = [];
  let is1904 = false;
  await parseWhole(parts, workbook.target, {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
      if (name === 'sheet' && id !== undefined && (attributes.state ?? 'visible') === 'visible') ids.push(id);
    },
  });
  const [sheet] = ids.flatMap((id) => related.filter((one) => one.id === id && one.type.endsWith('/worksheet')));
  if (!sheet) throw unreadable('it has no sheet');
  const targetOf = (type: string): string | null => related.find((one) => one.type.endsWith(`/${type}`))?.target ?? null;
  return { sheet: sheet.target, texts: targetOf('sharedStrings'), styles: targetOf('styles'), is1904 };
}

interface Relationship {
  readonly id: string;
  readonly type: string;
  readonly target: string;
}

/** @param part Whose relationships; empty for those of the file itself. */
async function relationships(parts: WorkbookParts, part: string): Promise<readonly Relationship[]> {
  const folder = part.includes('/') ? part.slice(0, part.lastIndexOf('/') + 1) : '';
  const list = `${folder}_rels/${part.slice(folder.length)}.rels`;
  if (!parts.has(list)) return [];
  const found: Relationship[] = [];
  await parseWhole(parts, list, {
    open: (name, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode = '' }) => {
      if (name === 'Relationship' && mode !== 'External') found.push({ id, type, target: resolved(folder, target) });
    },
  });
  return found;
}

const resolved = (folder: string, target: string): string =>
  target.startsWith('/') ? target.slice(1) : new URL(target, `file:///${folder}`).pathname.slice(1);

async function sharedTexts(parts: WorkbookParts, name: string): Promise<readonly string[]> {
  const texts: string[] = [];
  let [text, characters, within, isSpelling] = ['', 0, false, false];
  await parseWhole(parts, name, {
    open: (tag) => {
      if (tag === 'si') text = '';
      if (tag === 'rPh') isSpelling = true;
      if (tag === 't') within = !isSpelling;
    },
    text: (more) => {
      if (within) text += more;
      if (within && (characters += more.length) > mostSharedCharacters) throw tooManyTexts();
    },
    close: (tag) => {
      if (tag === 't') within = false;
      if (tag === 'rPh') isSpelling = false;
      if (tag === 'si' && texts.push(unescaped(text)) > mostSharedTexts) throw tooManyTexts();
    },
  });
  return texts;
}

const tooManyTexts = (): SheetRefused =>
  new SheetRefused('file-inflated', 'The workbook holds more text than is read: divide it, or save it as CSV.', 'Bảng tính chứa quá nhiều chữ: hãy chia nhỏ hoặc lưu dạng CSV.'); // prettier-ignore

/** Which styles show days. */
async function dateStyles(parts: WorkbookParts, name: string): Promise<readonly boolean[]> {
  const own = new Map<string, boolean>();
  const dates: boolean[] = [];
  let within = false;
  await parseWhole(parts, name, {
    open: (tag, { numFmtId: id = '0', formatCode = '' }) => {
      if (tag === 'numFmt') own.set(id, isDateFormat(formatCode));
      if (tag === 'cellXfs') within = true;
      if (tag === 'xf' && within) dates.push(own.get(id) ?? isBuiltInDate(Number(id)));
    },
    close: (tag) => {
      if (tag === 'cellXfs') within = false;
    },
  });
  return dates;
}

/** As programs write what XML cannot hold. */
const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Makes lines out of the cells of a sheet. */
class RowReader implements Listener {
  private row = 0;
  private cells: Cell[] = [];
  private column = -1;
  private characters = 0;
  private cell: { type: string; style: number; text: string; isFormula: boolean } | null = null;
  private takes = false;
  private isSpelling = false;

  constructor(
    private readonly meanings: Meanings,
    private readonly done: (row: SheetRow) => void,
  ) {}

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') this.begin(attributes.r);
    else if (name === 'c') this.beginCell(attributes);
    else if (!this.cell) return;
    else if (name === 'f') this.cell.isFormula = true;
    else if (name === 'rPh') this.isSpelling = true;
    else if (name === 'v' || (name === 't' && !this.isSpelling)) this.takes = true;
  }

  text(text: string): void {
    if (!this.takes || !this.cell) return;
    this.cell.text += text;
    this.characters += text.length;
    if (this.characters > mostRowCharacters) throw unreadable(`line ${String(this.row)} is too long`, this.row);
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.takes = false;
    else if (name === 'rPh') this.isSpelling = false;
    else if (name === 'c' && this.cell) {
      while (this.cells.length < this.column) this.cells.push(null);
      this.cells[this.column] = this.cellOf(this.cell);
      this.cell = null;
    } else if (name === 'row' && this.cells.some((cell) => cell !== null)) this.done({ row: this.row, cells: this.cells });
  }

  private begin(written: string | undefined): void {
    const row = written === undefined ? this.row + 1 : Number(written);
    // Lines come in order (18.3.1.73); one that comes twice would be read twice by some programs and once by others.
    if (!Number.isSafeInteger(row) || row <= this.row) throw unreadable(`line ${String(this.row)} is followed by ${String(written)}`);
    this.row = row;
    this.cells = [];
    this.column = -1;
    this.characters = 0;
  }

  private beginCell({ r: reference, t: type = 'n', s: style = '-1' }: Readonly<Record<string, string>>): void {
    const column = reference === undefined ? this.column + 1 : columnOf(reference);
    if (column <= this.column) throw unreadable(`the cells of line ${String(this.row)} are out of order`, this.row);
    if (column >= mostColumns) throw tooWide(this.row);
    this.column = column;
    this.cell = { type, style: Number(style), text: '', isFormula: false };
  }

  private cellOf({ type, style, text, isFormula }: NonNullable<RowReader['cell']>): Cell {
    if (isFormula) return { type: 'formula' };
    const { texts, dates, is1904 } = this.meanings;
    if (type === 's') return textCell(texts[Number(text)] ?? '');
    if (type === 'str' || type === 'inlineStr') return textCell(unescaped(text));
    if (text === '') return null;
    if (type === 'b') return { type: 'boolean', value: text === '1' || text === 'true' };
    if (type === 'e') return { type: 'fault', text };
    if (type === 'd') return textCell(text);
    const value = Number(text);
    return Number.isFinite(value)
      ? { type: 'number', value, isDate: dates[style] ?? false, date: dateOfSerial(value, is1904) }
      : textCell(text);
  }
}

const textCell = (text: string): Cell => (text.trim() === '' ? null : { type: 'text', text });

/** From 0; `A1` is 0. */
function columnOf(reference: string): number {
  const letters = /^\$?([A-Z]{1,3})\$?\d*$/i.exec(reference)?.[1] ?? '';
  const column = Buffer.from(letters.toUpperCase()).reduce((sum, letter) => sum * 26 + letter - 64, 0) - 1;
  if (column < 0) throw unreadable(`a cell is named ${reference.slice(0, 20)}`);
  return column;
}

/** As spreadsheets name a column: 0 is `A`. */
export function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}
