import { keepPreviousData } from '@tanstack/react-query';
import { api } from '../api/client';
import type { components } from '../api/schema';
import type { DashboardSearch } from './dashboard-search';

type Answers = components['schemas'];
export type FunnelAnswer = Answers['FunnelAnswer'];
export type OnTimeAnswer = Answers['OnTimeReportAnswer'];
export type OverdueAnswer = Answers['OverdueAnswer'];
export type ProgressAnswer = Answers['ProgressAnswer'];
export type SavingsAnswer = Answers['SavingsAnswer'];
export type WorkloadAnswer = Answers['WorkloadAnswer'];
export type ProceduresAnswer = Answers['ProceduresAnswer'];

/** What happens has figures read anew; the day goes on without that. Those before stand until the next are there. */
const live = { refetchInterval: 300_000, placeholderData: keepPreviousData };
const newest = 5;

export const overdueQuery = (query: DashboardSearch) => ({
  ...api.queryOptions('get', '/api/v1/reports/overdue', { params: { query } }),
  ...live,
});
export const workloadQuery = (query: DashboardSearch) => ({
  ...api.queryOptions('get', '/api/v1/reports/workload', { params: { query } }),
  ...live,
});
export const funnelQuery = (query: DashboardSearch) => ({
  ...api.queryOptions('get', '/api/v1/reports/funnel', { params: { query } }),
  ...live,
});
export const onTimeQuery = (query: DashboardSearch) => ({
  ...api.queryOptions('get', '/api/v1/reports/on-time', { params: { query } }),
  ...live,
});

export const savingsQuery = (query: DashboardSearch) => ({
  ...api.queryOptions('get', '/api/v1/reports/savings', { params: { query } }),
  ...live,
});
export const programmesQuery = () => ({
  ...api.queryOptions('get', '/api/v1/programmes', { params: { query: { limit: 50 } } }),
  ...live,
});
/** How far the targets of a programme are, of everything that the person may see. */
export const progressQuery = (id: string) => ({
  ...api.queryOptions('get', '/api/v1/programmes/{id}/progress', { params: { path: { id } } }),
  ...live,
});

/** What came to its stage since that day, the newest first. */
export const movedQuery = (search: DashboardSearch, inStageFrom: string) => {
  const query = { ...search, inStageFrom, sort: '-stageSince', limit: newest, total: 'true' } as const;
  return { ...api.queryOptions('get', '/api/v1/procedures', { params: { query } }), ...live };
};
/** How much was registered since that day. */
export const registeredQuery = (search: DashboardSearch, registeredFrom: string) => {
  const query = { ...search, registeredFrom, limit: 1, total: 'true' } as const;
  return { ...api.queryOptions('get', '/api/v1/procedures', { params: { query } }), ...live };
};
