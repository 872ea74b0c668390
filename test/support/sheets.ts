import type { Answer, Caller } from './client.js';
import { archive } from './sample-files.js';
import type { SamplePart } from './sample-files.js';

/** What an import is answered with. */
export interface Imported {
  readonly id: string;
  readonly state: string;
  readonly rows: number;
  readonly accepted: number;
  readonly repeated: number;
  readonly refusedRows: number;
  readonly moreRefused: number;
  readonly refused: readonly { readonly row: number; readonly column: string; readonly code: string; readonly message: string }[];
}

/** Sends a file as a form does. @param query Of the call, such as `kind=units&dryRun=false` */
export async function sendSheet<Body = Imported>(
  by: Caller,
  query: string,
  name: string,
  content: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<Body>> {
  const form = new FormData();
  form.set('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), name);
  const authorization = `Bearer ${by.token ?? ''}`;
  const response = await fetch(`${by.url}/api/v1/imports?${query}`, { method: 'POST', body: form, headers: { authorization, ...headers } });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}

/** Waits until the import has ended. */
export async function ended(by: Caller, id: string, withinMs = 60_000): Promise<Imported> {
  for (const deadline = Date.now() + withinMs; ; await new Promise((resolve) => setTimeout(resolve, 30))) {
    const { body } = await by.get<Imported>(`/api/v1/imports/${id}`);
    if (!['checking', 'running'].includes(body.state)) return body;
    if (Date.now() > deadline) throw new Error(`The import is ${body.state} still: ${JSON.stringify(body)}`);
  }
}

/** A cell: text, a figure, or the XML of it. */
export type WrittenCell = string | number | null | { readonly xml: string };
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const spreadsheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A workbook as programs write it, of one sheet; figures with style 1 are days. */
export function workbook(
  rows: readonly (readonly WrittenCell[])[],
  { is1904 = false, more = [], contentTypes = `${spreadsheetType}.sheet.main+xml`, after = '' }: { readonly is1904?: boolean; readonly more?: readonly SamplePart[]; readonly contentTypes?: string; readonly after?: string } = {},
): Buffer {
  const part = (name: string, content: string): SamplePart => ({ name, content: `<?xml version="1.0" encoding="UTF-8"?>${content}`, deflated: true });
  const lines = rows.map((cells, index) => `<row r="${String(index + 1)}">${cells.map((cell, at) => cellXml(cell, `${letter(at)}${String(index + 1)}`)).join('')}</row>`);
  const related = (...all: readonly (readonly [string, string])[]): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.map(([type, target], at) => `<Relationship Id="rId${String(at + 1)}" Type="${relationships}/${type}" Target="${target}"/>`).join('')}</Relationships>`;
  return archive([
    part('[Content_Types].xml', `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="${contentTypes}"/></Types>`),
    part('_rels/.rels', related(['officeDocument', 'xl/workbook.xml'])),
    part('xl/workbook.xml', `<workbook xmlns="${main}" xmlns:r="${relationships}"><workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets><sheet name="Biểu" sheetId="1" r:id="rId1"/></sheets></workbook>`),
    part('xl/_rels/workbook.xml.rels', related(['worksheet', 'worksheets/sheet1.xml'], ['styles', 'styles.xml'])),
    part('xl/styles.xml', `<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`),
    part('xl/worksheets/sheet1.xml', `<worksheet xmlns="${main}"><sheetData>${lines.join('')}</sheetData>${after}</worksheet>`),
    ...more,
  ]);
} // prettier-ignore

const letter = (at: number): string => (at < 26 ? '' : letter(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));
const escaped = (text: string): string => text.replace(/[&<>]/g, (one) => `&#${String(one.charCodeAt(0))};`);

function cellXml(cell: WrittenCell, at: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${String(cell)}</v></c>`;
  if (typeof cell === 'string') return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
  return cell.xml.replace('<c', `<c r="${at}"`);
}

/** A day as a spreadsheet counts it. */
export const day = (serial: number): WrittenCell => ({ xml: `<c s="1"><v>${String(serial)}</v></c>` });
