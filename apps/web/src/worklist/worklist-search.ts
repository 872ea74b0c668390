export const scopes = ['mine', 'unit', 'claimed', 'waiting', 'overdue', 'dueThisWeek'] as const;
export type Scope = (typeof scopes)[number];

export interface WorklistSearch {
  /** (Default: mine) */
  readonly scope?: Scope;
}

/** What the address says; what is unreadable counts as left out. */
export function readWorklistSearch({ scope }: Record<string, unknown>): WorklistSearch {
  const known = scopes.find((one) => one === scope);
  return known === undefined || known === 'mine' ? {} : { scope: known };
}
