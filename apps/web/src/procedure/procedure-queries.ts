import { api } from '../api/client';
import type { components } from '../api/schema';

export type Procedure = components['schemas']['ProcedureAnswer'];
export type Allowed = Procedure['allowed'][number];
export type Option = Procedure['options'][number];

/** A procedure as it is, or stood. */
export const procedureQuery = (id: string, asOf?: string) =>
  api.queryOptions('get', '/api/v1/procedures/{id}', { params: { path: { id }, query: asOf === undefined ? {} : { asOf } } });

/** Whose work it is, and was. */
export const claimsQuery = (id: string) =>
  api.queryOptions('get', '/api/v1/procedures/{id}/claims', { params: { path: { id }, query: { limit: 200 } } });

/** Its deadlines, those of its past too. */
export const deadlinesOfQuery = (id: string) => api.queryOptions('get', '/api/v1/procedures/{id}/deadlines', { params: { path: { id } } });

/** What units were asked about it. */
export const tasksOfQuery = (id: string) =>
  api.queryOptions('get', '/api/v1/procedures/{id}/tasks', { params: { path: { id }, query: { limit: 200 } } });

export const filesOfQuery = (id: string) =>
  api.queryOptions('get', '/api/v1/procedures/{id}/attachments', { params: { path: { id }, query: { limit: 200 } } });

/** What was said about it, oldest first. */
export const commentsOfQuery = (id: string) => api.queryOptions('get', '/api/v1/procedures/{id}/comments', { params: { path: { id } } });

/** What changed between two revisions. */
export const differencesQuery = (id: string, from: number, to: number) =>
  api.queryOptions('get', '/api/v1/procedures/{id}/diff', { params: { path: { id }, query: { from: String(from), to: String(to) } } });
