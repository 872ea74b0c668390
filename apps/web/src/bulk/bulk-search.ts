import { bulkActs } from '../actions/several-acts';
import { readId } from '../frame/address';
import { readFilters, readOne } from '../table/filters';
import type { Filters } from '../table/filters';

export const orders = ['-registered', 'registered', 'title', 'stageSince', '-stageSince', 'stage', 'field'] as const;

/** What something is done with, and what; left out is everything, and nothing yet. */
export interface BulkSearch extends Filters {
  /** (Default: the newest first) */
  readonly sort?: (typeof orders)[number];
  /** The action whose form is open. */
  readonly do?: string;
  /** Id of the run that is looked at. */
  readonly run?: string;
}

/** What the address says; what is unreadable counts as left out. */
export function readBulkSearch(search: Record<string, unknown>): BulkSearch {
  const sort = readOne(orders, search.sort);
  const action = readOne(Object.keys(bulkActs), search.do);
  const run = readId(search.run);
  return {
    ...readFilters(search),
    ...(sort && sort !== '-registered' && { sort }),
    ...(action !== undefined && { do: action }),
    ...(run !== undefined && { run }),
  };
}
