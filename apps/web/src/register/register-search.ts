import { readFilters, readOne } from '../table/filters';
import type { Filters } from '../table/filters';
import { readCounted } from './counted-search';
import type { Counted } from './counted-search';

const sorted = ['title', 'registered', 'stageSince', 'updated', 'stage', 'field'] as const;
export const sorts = sorted.flatMap((one) => [one, `-${one}`] as const);

/** What is looked for; left out is everything. */
export interface RegisterSearch extends Filters, Counted {
  /** With a minus it descends. (Default: the newest first) */
  readonly sort?: (typeof sorts)[number];
}

/** What the address says; what is unreadable counts as left out. */
export function readRegisterSearch(search: Record<string, unknown>): RegisterSearch {
  const sort = readOne(sorts, search.sort);
  return { ...readFilters(search), ...readCounted(search), ...(sort && sort !== '-registered' && { sort }) };
}
