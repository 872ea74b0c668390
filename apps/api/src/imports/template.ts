import { workbookOf } from '#sheets';
import type { SheetFormat } from '#sheets';
import { csvLine, mark } from '../reading/register-csv.js';
import { requiredIn, typeAt } from './columns.js';
import type { ColumnType } from './columns.js';
import type { Headed } from './header.js';
import { wordOf } from './words.js';

type Language = 'vi' | 'en';

export const templateTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const satisfies Readonly<Record<SheetFormat, string>>;

const sheets = { vi: ['Bảng', 'Hướng dẫn'], en: ['Sheet', 'How to fill it'] } as const;
const guide = { vi: ['Cột', 'Bắt buộc', 'Ghi gì', 'Tên trường'], en: ['Column', 'Required', 'What stands there', 'Field'] } as const;
const yes = { vi: 'có', en: 'yes' } as const;

/** Empty sheets to be filled, each made once. */
export class Templates {
  private readonly made = new Map<string, Promise<Buffer>>();

  of(kind: Headed, format: SheetFormat, language: Language): Promise<Buffer> {
    const name = `${kind.shape.make.name} ${format} ${language}`;
    const known = this.made.get(name);
    if (known) return known;
    const template = templateOf(kind, format, language);
    this.made.set(name, template);
    return template;
  }
}

/** A workbook says on its second sheet what stands where. */
async function templateOf(kind: Headed, format: SheetFormat, language: Language): Promise<Buffer> {
  const header = kind.titles.map((title) => title[language]);
  if (format === 'csv') return Buffer.from(`${mark}${csvLine(header, ',')}`);
  const required = [...requiredIn(kind.shape), ...kind.besides];
  const [name, second] = sheets[language];
  const rows = kind.titles.map((title) => {
    const type = typeAt(kind.shape, title.path);
    return [title[language], required.includes(title.path) ? yes[language] : '', type ? saidOf(type, language) : '', title.path];
  });
  return workbookOf([
    { name, header, rows: [] },
    { name: second, header: guide[language], rows },
  ]);
}

const said: Readonly<Record<Exclude<ColumnType['name'], 'choice'>, Readonly<Record<Language, string>>>> = {
  text: { vi: 'chữ', en: 'text' },
  code: { vi: 'chữ', en: 'text' },
  texts: { vi: 'chữ, mỗi mục một dòng hoặc cách nhau bằng dấu ;', en: 'texts, each on a line or parted by ;' },
  whole: { vi: 'số nguyên', en: 'a whole number' },
  decimal: { vi: 'số', en: 'a number' },
  amountOrText: { vi: 'số tiền (đồng) hoặc chữ', en: 'an amount (đồng) or text' },
  date: { vi: 'ngày, ví dụ 31/12/2025', en: 'a date such as 31/12/2025' },
  boolean: { vi: 'có hoặc không', en: 'true or false' },
  unit: { vi: 'tên đúng của đơn vị, hoặc định danh', en: 'the exact name of a unit, or its id' },
};

const saidOf = (type: ColumnType, language: Language): string =>
  type.name === 'choice' ? type.choices.map((code) => wordOf(code, language)).join('; ') : said[type.name][language];
