import { keepPreviousData } from '@tanstack/react-query';
import { api, client } from '../../api/client';
import type { components } from '../../api/schema';
import type { Json } from './document';

export type Definition = components['schemas']['DefinitionAnswer'];
export type Version = Definition['versions'][number];
export type Finding = components['schemas']['FindingAnswer'];

export const definitionsQuery = () => api.queryOptions('get', '/api/v1/definitions');

/** How many procedures keep which version, by their stages. */
export const keptQuery = (id: string) => api.queryOptions('get', '/api/v1/definitions/{id}/kept-versions', { params: { path: { id } } });

/** What is amiss with a version that is drafted. */
export const validationQuery = (id: string, version: number, language: string) => ({
  queryKey: ['post', '/api/v1/definitions/{id}/versions/{version}/validate', id, version, language],
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const path = { id, version: String(version) };
    const headers = { 'accept-language': language };
    const { data } = await client.POST('/api/v1/definitions/{id}/versions/{version}/validate', {
      ...{ params: { path, header: headers }, body: {}, signal },
    });
    return data?.findings ?? [];
  },
});

/** What is amiss with what is being written; what was found before stands until then. */
export const checkQuery = (id: string, document: unknown, language: string) => ({
  queryKey: ['post', '/api/v1/definitions/{id}/check', id, document, language],
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const { data } = await client.POST('/api/v1/definitions/{id}/check', {
      ...{ params: { path: { id }, header: { 'accept-language': language } }, body: document as Json, signal },
    });
    return data?.findings ?? [];
  },
  placeholderData: keepPreviousData,
  staleTime: 60_000,
});
