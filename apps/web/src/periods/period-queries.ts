import { api } from '../api/client';
import type { components } from '../api/schema';

export type Period = components['schemas']['PeriodAnswer'];
export type Difference = components['schemas']['PeriodDifferenceAnswer'];

/** A closed period with its figures. */
export const periodQuery = (id: string) => api.queryOptions('get', '/api/v1/periods/{id}', { params: { path: { id } } });

/** What would read otherwise if it were closed now. */
export const differencesQuery = (id: string) => api.queryOptions('get', '/api/v1/periods/{id}/differences', { params: { path: { id } } });
