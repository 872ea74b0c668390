import { rowsOfCsv, rowsOfXlsx } from '#sheets';
import type { Cell, SheetFormat, WrittenSheet } from '#sheets';

/** What a line of the sheet is about; lists are lines of one section each. */
const sections = ['programme', 'target', 'procedures', 'indicator', 'inspection', 'recommendation', 'expect'] as const;
type Section = (typeof sections)[number];
type Line = Readonly<Record<string, unknown>>;

/** Columns whose values are whole numbers. */
const counts: readonly string[] = ['count', 'units', 'value', 'of', 'year', 'recommendations'];
const mostLines = 5_000;

/** The figures of a scenario as one sheet: a line for each thing, which section it is of in the first column. @param content As the file of the scenario has it */
export function reportSheetOf(content: Line): WrittenSheet {
  const lines = sections.flatMap((section) =>
    linesOf(section, content).map((line) => new Map([['section', section], ...cellsOf('', line)])),
  );
  return sheetOf('report', lines);
}

/** Columns are all that any row has, in the order in which they come up. */
export function sheetOf(name: string, rows: readonly ReadonlyMap<string, string>[]): WrittenSheet {
  const header = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return { name, header, rows: rows.map((row) => header.map((column) => row.get(column) ?? '')) };
}

function linesOf(section: Section, content: Line): readonly Line[] {
  const { targets, ...programme } = objectOf(content['programme']);
  const { recommendations, ...inspection } = objectOf(content['inspection']);
  switch (section) {
    case 'programme':
      return [programme];
    case 'target':
      return listOf(targets);
    case 'procedures':
      return listOf(content['procedures']);
    case 'indicator':
      return listOf(content['indicators']);
    case 'inspection':
      return content['inspection'] === undefined
        ? []
        : [{ ...inspection, ...(typeof recommendations === 'number' && { recommendations }) }];
    case 'recommendation':
      return Array.isArray(recommendations) ? recommendations.map((text: unknown) => ({ text })) : [];
    case 'expect':
      return Object.entries(objectOf(content['expect'])).map(([name, value]) => ({ name, value }));
  }
}

/**
 * What such a sheet says, as the file of a scenario would.
 * @throws Error with a sentence where it is no such sheet
 */
export async function readReportSheet(bytes: Uint8Array, format: SheetFormat): Promise<Line> {
  const content = Buffer.from(bytes);
  const source = {
    size: content.length,
    async *read(from: number, to: number) {
      yield await Promise.resolve(content.subarray(from, to));
    },
  };
  let header: readonly string[] | null = null;
  const lines: { readonly section: string; readonly line: Line }[] = [];
  for await (const { row, cells } of format === 'csv' ? rowsOfCsv(source) : rowsOfXlsx(source)) {
    if (header) lines.push(lineOf(header, cells, row));
    else header = cells.map(textOf);
    if (header[0] !== 'section') throw new Error('Say what the sheet holds: --kind procedures, options, units, people or indicators.');
    if (lines.length > mostLines) throw new Error(`The sheet has more than ${mostLines} lines.`);
  }
  const of = (section: Section): readonly Line[] => lines.filter((one) => one.section === section).map(({ line }) => line);
  const [programme, inspection] = [of('programme')[0], of('inspection')[0]];
  const recommendations = of('recommendation').map(({ text }) => text);
  return {
    programme: { ...programme, targets: of('target') },
    procedures: of('procedures'),
    indicators: of('indicator'),
    ...(inspection && { inspection: { ...inspection, ...(recommendations.length > 0 && { recommendations }) } }),
    expect: Object.fromEntries(of('expect').map(({ name, value }) => [String(name), value])),
  };
}

function lineOf(header: readonly string[], cells: readonly Cell[], row: number): { readonly section: string; readonly line: Line } {
  const line: Record<string, unknown> = {};
  header.forEach((path, at) => {
    const text = textOf(cells[at] ?? null);
    if (at > 0 && path !== '' && text !== '') put(line, path.split('.'), counts.includes(path) && /^\d+$/.test(text) ? Number(text) : text);
  });
  const section = textOf(cells[0] ?? null);
  if (!sections.some((one) => one === section)) throw new Error(`Line ${row} is of no section that is known: ${sections.join(', ')}.`);
  return { section, line };
}

function textOf(cell: Cell): string {
  if (cell?.type === 'text') return cell.text.normalize('NFC').trim();
  if (cell?.type !== 'number') return '';
  return cell.isDate && cell.date !== null ? cell.date : String(cell.value);
}

/** Each field by its path. */
function cellsOf(path: string, value: unknown): readonly (readonly [string, string])[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, below]) => cellsOf(path === '' ? name : `${path}.${name}`, below));
  return typeof value === 'string' || typeof value === 'number' ? [[path, String(value)]] : [];
}

function put(line: Record<string, unknown>, [name = '', ...below]: readonly string[], value: unknown): void {
  if (below.length === 0) line[name] = value;
  else {
    const within = { ...objectOf(line[name]) };
    put(within, below, value);
    line[name] = within;
  }
}

const objectOf = (value: unknown): Line => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Line) : {});
const listOf = (value: unknown): readonly Line[] => (Array.isArray(value) ? value.map(objectOf) : []);
