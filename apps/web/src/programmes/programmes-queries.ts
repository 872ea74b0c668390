import { api } from '../api/client';
import type { components } from '../api/schema';

export type Standing = components['schemas']['StandingAnswer'];

export const programmeQuery = (id: string) => api.queryOptions('get', '/api/v1/programmes/{id}', { params: { path: { id } } });

/** @param asOf ISO 8601 with its zone. (Default: now) */
export const progressQuery = (id: string, asOf?: string) =>
  api.queryOptions('get', '/api/v1/programmes/{id}/progress', { params: { path: { id }, query: { ...(asOf !== undefined && { asOf }) } } });
