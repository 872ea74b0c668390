import { readId } from '../frame/address';

export interface DashboardSearch {
  /** Unit id: owned by it or by a unit below. (Default: all that the person may see) */
  readonly unit?: string;
}

/** What the address says; what is unreadable counts as left out. */
export function readDashboardSearch(search: Record<string, unknown>): DashboardSearch {
  const unit = readId(search.unit);
  return unit === undefined ? {} : { unit };
}
