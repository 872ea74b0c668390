export const taskTabs = ['toAnswer', 'asking', 'obstacles', 'all'] as const;
export type TaskTab = (typeof taskTabs)[number];
export const taskStates = ['open', 'overdue', 'answered', 'closed'] as const;

export interface TasksSearch {
  /** (Default: toAnswer) */
  readonly tab?: TaskTab;
  /** (Default: any; under toAnswer only what waits is shown) */
  readonly state?: (typeof taskStates)[number];
}

/** What the address says; what is unreadable counts as left out. */
export function readTasksSearch(search: Record<string, unknown>): TasksSearch {
  const tab = taskTabs.find((one) => one === search.tab);
  const state = taskStates.find((one) => one === search.state);
  const isDefault = tab === undefined || tab === 'toAnswer';
  return { ...(!isDefault && { tab }), ...(state && !isDefault && { state }) };
}
