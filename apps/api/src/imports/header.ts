import { columnName } from '#sheets';
import type { Cell, SheetRow } from '#sheets';
import type { RefusedCell } from '#imports';
import type { Shape } from '../http/shape-of.js';
import { textOf } from './cell-values.js';
import { requiredIn, typeAt } from './columns.js';
import type { ColumnType } from './columns.js';
import type { TitledColumn } from './titles.js';
import { folded } from './words.js';

/** A column of a sheet that says something of the body. */
export interface Column {
  /** From 0. */
  readonly index: number;
  /** As it stands in the sheet. */
  readonly header: string;
  /** Of the body. */
  readonly path: string;
  readonly type: ColumnType;
}

/** What the header of a sheet may name. */
export interface Headed {
  readonly shape: Shape;
  /** What a row says besides its body. */
  readonly besides: readonly string[];
  readonly titles: readonly TitledColumn[];
}

const mostHeader = 200;

/** The columns of a sheet by its first line, and what is wrong with it. */
export function readHeader(
  { row, cells }: SheetRow,
  headed: Headed,
): { readonly columns: readonly Column[]; readonly refused: readonly RefusedCell[] } {
  const refused: RefusedCell[] = [];
  const columns: Column[] = [];
  const refuse = (column: string, code: string, message: string, vi: string): void => void refused.push({ row, column, code, message, vi });
  cells.forEach((cell, index) => {
    const header = headerOf(cell);
    if (header === '') return;
    const path = pathOf(header, headed);
    if (/^(password|mật khẩu|mat khau)$/i.test(header.normalize('NFC').trim()))
      refuse(
        header,
        'password-column',
        'is not taken: passwords do not belong in sheets',
        'không được nhận: mật khẩu không được ghi trong bảng',
      );
    else if (path === undefined) refuse(header, 'unknown-column', 'is not a column here', 'không phải là cột được chấp nhận');
    else if (columns.some((one) => one.path === path.path)) refuse(header, 'column-twice', 'stands there twice', 'bị lặp lại');
    else columns.push({ index, header, ...path });
  });
  for (const path of [...headed.besides, ...requiredIn(headed.shape)])
    if (!columns.some((one) => one.path === path))
      refuse(path, 'column-missing', 'must be a column', `thiếu cột "${titleOf(path, headed)}"`);
  return { columns, refused };
}

/** What the column of that number is called: its header, or its letters where it has none. */
export const nameOfColumn = (index: number, columns: readonly Column[]): string =>
  columns.find((one) => one.index === index)?.header ?? columnName(index);

const headerOf = (cell: Cell | undefined): string =>
  cell
    ? textOf(cell)
        .replace(/[^\P{C}\n\t]/gu, '')
        .slice(0, mostHeader)
    : '';

function pathOf(header: string, { shape, besides, titles }: Headed): { readonly path: string; readonly type: ColumnType } | undefined {
  // Some mark what must be filled.
  const bare = folded(header.replace(/\*+\s*$/, ''));
  const titled = titles.find(({ vi, en, path }) => [vi, en, path].some((one) => folded(one) === bare))?.path;
  const path = titled ?? header.trim();
  if (besides.includes(path)) return { path, type: { name: 'code' } };
  const type = typeAt(shape, path);
  return type && { path, type };
}

const titleOf = (path: string, { titles }: Headed): string => titles.find((one) => one.path === path)?.vi ?? path;
