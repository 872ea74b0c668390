import { api } from '../../api/client';
import type { components } from '../../api/schema';

export type Person = components['schemas']['PersonAnswer'];

export const personQuery = (id: string) => api.queryOptions('get', '/api/v1/people/{id}', { params: { path: { id } } });
