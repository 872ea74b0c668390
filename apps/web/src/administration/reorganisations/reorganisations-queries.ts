import { api } from '../../api/client';
import type { components } from '../../api/schema';

export type Reorganisation = components['schemas']['ReorganisationAnswer'];
export type Step = Reorganisation['steps'][number];
export type Preview = components['schemas']['PreviewAnswer'];

const everyMs = 1_000;

/** While it is under way it is looked at again and again. */
export const reorganisationQuery = (id: string) => ({
  ...api.queryOptions('get', '/api/v1/reorganisations/{id}', { params: { path: { id } } }),
  refetchInterval: ({ state: { data } }: { readonly state: { readonly data: Reorganisation | undefined } }) =>
    data?.state === 'running' || (data?.state === 'planned' && data.effectiveOn <= today()) ? everyMs : false,
});

export const previewQuery = (id: string) => api.queryOptions('get', '/api/v1/reorganisations/{id}/preview', { params: { path: { id } } });

/** The date in Vietnam. */
const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format();
