import { api } from '../api/client';
import type { components } from '../api/schema';

export type Inspection = components['schemas']['InspectionAnswer'];
export type Finding = Inspection['findings'][number];

export const inspectionQuery = (id: string) => api.queryOptions('get', '/api/v1/inspections/{id}', { params: { path: { id } } });
