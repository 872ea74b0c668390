import type { RefusedCell } from '#imports';
import type { SheetRow } from '#sheets';
import { valueOf } from './cell-values.js';
import type { CellValue } from './cell-values.js';
import { faultInVietnamese } from '../http/faults-in-vietnamese.js';
import type { FieldProblem } from '../http/problem.js';
import { nameOfColumn } from './header.js';
import type { Column } from './header.js';

/** What a line says, as a body that the API takes. */
export interface ReadRow {
  readonly row: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly refused: readonly RefusedCell[];
}

/** Makes a body out of a line; cells that cannot be read are left out and told. @param unitOf The unit that a text names */
export function readRow({ row, cells }: SheetRow, columns: readonly Column[], unitOf: (text: string) => CellValue): ReadRow {
  const refused: RefusedCell[] = [];
  const body: Tree = new Map();
  for (const { index, header, path, type } of columns) {
    const read = valueOf(cells[index] ?? null, type, unitOf);
    if (read === undefined) continue;
    if ('fault' in read) refused.push({ row, column: header, ...read.fault });
    else put(body, path.split('.'), read.value);
  }
  const titled = new Set(columns.map(({ index }) => index));
  cells.forEach((cell, index) => {
    if (cell !== null && !titled.has(index))
      refused.push({ row, column: nameOfColumn(index, columns), code: 'column-without-header', message: 'stands in a column without a header', vi: 'nằm ở cột không có tiêu đề' }); // prettier-ignore
  });
  return { row, body: plain(body) as Readonly<Record<string, unknown>>, refused };
}

/** What the API says of fields, told of cells. */
export const refusedFields = (
  row: number,
  errors: readonly (FieldProblem & { readonly code?: string })[],
  columns: readonly Column[],
): readonly RefusedCell[] =>
  errors.map(({ path, message, vi = faultInVietnamese(message) ?? message, code = 'invalid-body' }) => {
    const found = columnAt(path, columns);
    const within = path === '' || found?.path === path ? '' : `${path} `;
    return { row, column: found?.header ?? '', code, message: `${within}${message}`, vi: `${within}${vi}` };
  });

/** The column of the path, or the first one of what is within it or around it. */
function columnAt(path: string, columns: readonly Column[]): Column | undefined {
  if (path === '') return undefined;
  return (
    columns.find((one) => one.path === path) ??
    columns.find((one) => one.path.startsWith(`${path}.`) || path.startsWith(`${one.path}.`)) ??
    columns.find((one) => path.includes('.') && one.path.startsWith(path.slice(0, path.lastIndexOf('.') + 1)))
  );
}

type Tree = Map<string, unknown>;

function put(tree: Tree, [name = '', ...below]: readonly string[], value: unknown): void {
  if (below.length === 0) {
    tree.set(name, value);
    return;
  }
  const known = tree.get(name);
  const branch: Tree = known instanceof Map ? (known as Tree) : new Map<string, unknown>();
  tree.set(name, branch);
  put(branch, below, value);
}

/** Branches whose names are numbers are lists; what nobody filled in a list is left out. */
function plain(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  const entries = [...(value as Tree)].map(([name, one]) => [name, plain(one)] as const);
  if (!entries.every(([name]) => /^\d+$/.test(name)) || entries.length === 0) return Object.fromEntries(entries);
  return [...entries].sort(([one], [other]) => Number(one) - Number(other)).map(([, one]) => one);
}
