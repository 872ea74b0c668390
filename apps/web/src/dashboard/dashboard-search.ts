export interface DashboardSearch {
  /** Unit id: owned by it or by a unit below. (Default: all that the person may see) */
  readonly unit?: string;
}

/** What the address says; what is unreadable counts as left out. */
export function readDashboardSearch({ unit }: Record<string, unknown>): DashboardSearch {
  return typeof unit === 'string' && /^[0-9a-f-]{36}$/i.test(unit) ? { unit } : {};
}
