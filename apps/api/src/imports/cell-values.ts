import { isRecordedDate } from '#procedures';
import type { Cell } from '#sheets';
import type { ColumnType } from './columns.js';
import { choiceOf, wordOf } from './words.js';

/** What is wrong with a cell, in both languages. */
interface CellFault {
  readonly code: string;
  readonly message: string;
  readonly vi: string;
}

/** What a cell says as a value of the body. */
export type CellValue = { readonly value: unknown } | { readonly fault: CellFault };
type Filled = NonNullable<Cell>;

const is = (value: unknown): CellValue => ({ value });
const wrong = (message: string, vi: string, code = 'invalid-body'): CellValue => ({ fault: { code, message, vi } });

/** Reads a cell as its column asks; undefined where nothing stands. @param unitOf The unit that a text names */
export function valueOf(cell: Cell, type: ColumnType, unitOf: (text: string) => CellValue): CellValue | undefined {
  if (cell === null) return undefined;
  if (cell.type === 'formula') return wrong('is a formula: put its value in its place', 'là công thức: hãy thay bằng giá trị', 'formula');
  if (cell.type === 'fault')
    return wrong('holds a fault of the spreadsheet, such as #REF!', 'là lỗi của bảng tính, ví dụ #REF!', 'cell-fault');
  switch (type.name) {
    case 'text':
      return is(textOf(cell));
    case 'code':
      return codeOf(cell);
    case 'whole':
      return wholeOf(cell);
    case 'decimal':
      return decimalOf(cell);
    case 'date':
      return dateOf(cell);
    case 'boolean':
      return booleanOf(cell);
    case 'unit':
      return unitOf(textOf(cell));
    case 'amountOrText': {
      const amount = wholeOf(cell);
      return 'value' in amount ? amount : is(textOf(cell));
    }
    case 'choice':
      return choice(textOf(cell), type.choices);
    case 'texts':
      return texts(textOf(cell), type.choices);
  }
}

/** As a reader of the sheet sees it, composed (NFC). */
export function textOf(cell: Filled): string {
  switch (cell.type) {
    case 'text':
      return cell.text.normalize('NFC').trim();
    case 'number':
      return cell.isDate && cell.date !== null ? cell.date.split('-').reverse().join('/') : written(cell.value);
    case 'boolean':
      return cell.value ? 'true' : 'false';
    case 'formula':
    case 'fault':
      return '';
  }
}

/** Without an exponent. */
const written = (value: number): string => (Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value));

function codeOf(cell: Filled): CellValue {
  // 1.00120 and 1.0012 are one number and two codes.
  if (cell.type === 'number' && (cell.isDate || !Number.isInteger(cell.value)))
    return wrong('is a number to the spreadsheet, which may have dropped a zero: format the column as text and write it anew', 'đang là số nên có thể đã mất chữ số 0: hãy định dạng cột là văn bản rồi nhập lại', 'code-as-number'); // prettier-ignore
  return is(textOf(cell));
}

/** Without the spaces that part thousands; others stay, for what they part is no single number. */
const unspaced = (text: string): string => text.replace(/(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))/gu, '');

/** Whole numbers: `1234567`, `1.234.567`, `1,234,567`, `1 234 567`, with `,0` or `đồng` behind them perhaps. What begins with `0,` is a part of one. */
function wholeOf(cell: Filled): CellValue {
  const fault = wrong('must be a whole number', 'phải là số nguyên');
  if (cell.type === 'number') return !cell.isDate && Number.isSafeInteger(cell.value) ? is(cell.value) : fault;
  if (cell.type !== 'text') return fault;
  const bare = unspaced(textOf(cell).replace(/\s*(₫|đồng|đ|vnđ|vnd)$/iu, ''));
  const plain =
    /^-?\d+$/.exec(bare)?.[0] ??
    /^(-?[1-9]\d{0,2}(?:\.\d{3})+)(?:,0+)?$/.exec(bare)?.[1]?.replaceAll('.', '') ??
    /^(-?[1-9]\d{0,2}(?:,\d{3})+)(?:\.0+)?$/.exec(bare)?.[1]?.replaceAll(',', '') ??
    /^(-?\d+)[.,]0{1,2}$/.exec(bare)?.[1];
  const value = plain === undefined ? Number.NaN : Number(plain);
  return Number.isSafeInteger(value) ? is(value) : fault;
}

/** Decimals in text with a point: `0,5`, `0.5`, `1.234,5`; one separator alone is the decimal one. */
function decimalOf(cell: Filled): CellValue {
  const fault = wrong('must be a number', 'phải là số');
  if (cell.type === 'number') return cell.isDate || /e/i.test(written(cell.value)) ? fault : is(written(cell.value));
  if (cell.type !== 'text') return fault;
  const bare = unspaced(textOf(cell));
  if (/^-?\d+([.,]\d+)?$/.test(bare)) return is(bare.replace(',', '.'));
  if (/^-?[1-9]\d{0,2}(\.\d{3})+,\d+$/.test(bare)) return is(bare.replaceAll('.', '').replace(',', '.'));
  if (/^-?[1-9]\d{0,2}(,\d{3})+\.\d+$/.test(bare)) return is(bare.replaceAll(',', ''));
  if (/^-?[1-9]\d{0,2}([.,]\d{3}){2,}$/.test(bare)) return is(bare.replace(/[.,]/g, ''));
  return fault;
}

/** Dates as people write them, the day first: `31/12/2025`, `1-2-2025`, `1.2.2025`; or `2025-12-31`; or as a spreadsheet counts days. */
function dateOf(cell: Filled): CellValue {
  const fault = wrong('must be a date such as 31/12/2025 or 2025-12-31', 'phải là ngày có thật, ví dụ 31/12/2025');
  if (cell.type === 'number') return cell.date !== null && isRecordedDate(cell.date) ? is(cell.date) : fault;
  if (cell.type !== 'text') return fault;
  const text = textOf(cell);
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/.exec(text) ?? [];
  const [, dayFirst, monthThen, yearLast] = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: 0?0:00(?::00)?)?$/.exec(text) ?? [];
  const parts = [year ?? yearLast, month ?? monthThen, day ?? dayFirst];
  const date = parts.map((part) => (part ?? '').padStart(2, '0')).join('-');
  return isRecordedDate(date) ? is(date) : fault;
}

const yes: readonly string[] = ['true', 'có', 'yes', 'x', '1', 'đúng'];
const no: readonly string[] = ['false', 'không', 'no', '0', 'sai'];

function booleanOf(cell: Filled): CellValue {
  if (cell.type === 'boolean') return is(cell.value);
  const text = textOf(cell).toLowerCase();
  if (yes.includes(text)) return is(true);
  return no.includes(text) ? is(false) : wrong('must be true or false', 'phải là có hoặc không');
}

function choice(text: string, choices: readonly string[]): CellValue {
  const code = choiceOf(text, choices);
  if (code !== undefined) return is(code);
  const named = (language: 'vi' | 'en'): string => choices.map((one) => wordOf(one, language)).join(', ');
  return wrong(`must be one of ${choices.join(', ')} (${named('en')})`, `phải là một trong các giá trị ${named('vi')}`);
}

/** Several in one cell, each on a line, or parted by semicolons. */
function texts(text: string, choices: readonly string[] | null): CellValue {
  const all = text.split(/[\n;]/).map((one) => one.trim()).filter((one) => one !== ''); // prettier-ignore
  if (!choices) return is(all);
  const codes = all.map((one) => choice(one, choices));
  return codes.find((one) => 'fault' in one) ?? is(codes.map((one) => ('value' in one ? one.value : null)));
}
