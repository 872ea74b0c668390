import { api } from '../api/client';
import type { components } from '../api/schema';

export type Standing = components['schemas']['StandingAnswer'];

export const programmeQuery = (id: string) => api.queryOptions('get', '/api/v1/programmes/{id}', { params: { path: { id } } });

export const planQuery = (id: string, target: string) =>
  api.queryOptions('get', '/api/v1/programmes/{id}/targets/{target}/plan', { params: { path: { id, target } } });

/** @param asOf ISO 8601 with its zone. (Default: now) */
export const progressQuery = (id: string, asOf?: string) =>
  api.queryOptions('get', '/api/v1/programmes/{id}/progress', { params: { path: { id }, query: { ...(asOf !== undefined && { asOf }) } } });
