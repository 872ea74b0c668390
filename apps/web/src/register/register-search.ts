import { readFilters, readOne } from '../table/filters';
import type { Filters } from '../table/filters';
import { readCounted } from './counted-search';
import type { Counted } from './counted-search';

const sorted = ['title', 'registered', 'stageSince', 'updated', 'stage', 'field'] as const;
export const sorts = sorted.flatMap((one) => [one, `-${one}`] as const);

/** What can stand beside the title, in the order in which it does. */
export const columnNames = ['code', 'kind', 'owningUnit', 'field', 'classification', 'registeredAt', 'stageSince', 'stage'] as const;
export type ColumnName = (typeof columnNames)[number];
const usualColumns: readonly ColumnName[] = ['code', 'kind', 'owningUnit', 'stageSince', 'stage'];

/** What is looked for; left out is everything. */
export interface RegisterSearch extends Filters, Counted {
  /** With a minus it descends. (Default: the newest first) */
  readonly sort?: (typeof sorts)[number];
  /** Names with commas between; `none` for the title alone. (Default: the usual ones) */
  readonly columns?: string;
}

/** What the address says; what is unreadable counts as left out. */
export function readRegisterSearch(search: Record<string, unknown>): RegisterSearch {
  const sort = readOne(sorts, search.sort);
  const columns = typeof search.columns === 'string' ? writeColumns(columnsIn(search.columns)) : undefined;
  return {
    ...readFilters(search),
    ...readCounted(search),
    ...(sort && sort !== '-registered' && { sort }),
    ...(columns !== undefined && { columns }),
  };
}

/** The columns that the address asks for, in their order. */
export function columnsIn(text: string | undefined): readonly ColumnName[] {
  if (text === undefined) return usualColumns;
  const named = text.split(',');
  const known = columnNames.filter((name) => named.includes(name));
  return known.length === 0 && text !== 'none' ? usualColumns : known;
}

/** How the address names columns; undefined for the usual ones. */
export function writeColumns(columns: readonly ColumnName[]): string | undefined {
  const inOrder = columnNames.filter((name) => columns.includes(name));
  if (inOrder.join() === usualColumns.join()) return undefined;
  return inOrder.length === 0 ? 'none' : inOrder.join();
}

/** What stands after `?` in the address of that list. */
export const addressOf = (search: RegisterSearch): string => new URLSearchParams({ ...search }).toString();

export const readAddress = (text: string): RegisterSearch => readRegisterSearch(Object.fromEntries(new URLSearchParams(text)));
