import { keepPreviousData } from '@tanstack/react-query';
import { api } from '../api/client';
import type { components } from '../api/schema';
import type { DashboardSearch } from './dashboard-search';

export type FunnelRow = components['schemas']['FunnelRow'];
export type OnTimeRow = components['schemas']['OnTimeRow'];

/** Figures are read anew while they are looked at; those before stand until the next are there. */
const live = { refetchInterval: 30_000, placeholderData: keepPreviousData };

export const funnelQuery = (search: DashboardSearch) => ({
  ...api.queryOptions('get', '/api/v1/reports/funnel', { params: { query: search } }),
  ...live,
});
export const onTimeQuery = (search: DashboardSearch) => ({
  ...api.queryOptions('get', '/api/v1/reports/on-time', { params: { query: search } }),
  ...live,
});
