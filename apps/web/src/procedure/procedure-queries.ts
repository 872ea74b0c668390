import { api } from '../api/client';
import type { components } from '../api/schema';

export type Procedure = components['schemas']['ProcedureAnswer'];

/** A procedure as it is, or stood. @param actingFor Person id: `allowed` says what the caller may do for them */
export const procedureQuery = (id: string, asOf?: string, actingFor?: string) =>
  api.queryOptions('get', '/api/v1/procedures/{id}', {
    params: {
      path: { id },
      query: asOf === undefined ? {} : { asOf },
      ...(actingFor !== undefined && { header: { 'Acting-For': actingFor } }),
    },
  });

/** Whose work it is, and was. */
export const claimsQuery = (id: string) =>
  api.queryOptions('get', '/api/v1/procedures/{id}/claims', { params: { path: { id }, query: { limit: 200 } } });
