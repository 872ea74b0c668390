import { api } from '../api/client';
import type { components } from '../api/schema';

export type Procedure = components['schemas']['ProcedureAnswer'];

/** A procedure as it is, or stood. */
export const procedureQuery = (id: string, asOf?: string) =>
  api.queryOptions('get', '/api/v1/procedures/{id}', { params: { path: { id }, query: asOf === undefined ? {} : { asOf } } });

/** Whose work it is, and was. */
export const claimsQuery = (id: string) =>
  api.queryOptions('get', '/api/v1/procedures/{id}/claims', { params: { path: { id }, query: { limit: 200 } } });
