import { readFilters, readOne } from '../table/filters';
import type { Filters } from '../table/filters';

export const scopes = ['mine', 'unit', 'claimed', 'waiting', 'overdue', 'dueThisWeek'] as const;
export type Scope = (typeof scopes)[number];
export const orders = ['due', 'waiting'] as const;

export interface WorklistSearch extends Filters {
  /** (Default: mine) */
  readonly scope?: Scope;
  /** The next due first, or the longest waiting. (Default: due) */
  readonly sort?: (typeof orders)[number];
}

/** What the address says; what is unreadable counts as left out. */
export function readWorklistSearch(search: Record<string, unknown>): WorklistSearch {
  const scope = readOne(scopes, search.scope);
  const sort = readOne(orders, search.sort);
  return { ...(scope && scope !== 'mine' && { scope }), ...readFilters(search), ...(sort && sort !== 'due' && { sort }) };
}

/** What stands after `?` in the address of that list. */
export const addressOf = (search: WorklistSearch): string => new URLSearchParams({ ...search }).toString();
