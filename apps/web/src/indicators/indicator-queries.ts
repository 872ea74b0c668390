import { infiniteQueryOptions } from '@tanstack/react-query';
import { answerOf, api, client } from '../api/client';
import type { components } from '../api/schema';

export type Indicator = components['schemas']['IndicatorAnswer'];
export type UnitReport = Indicator['units'][number];
export type Happening = components['schemas']['IndicatorHistoryAnswer']['items'][number];

interface Asked {
  readonly period?: string | undefined;
  /** ISO 8601 with its zone. (Default: now) */
  readonly asOf?: string | undefined;
}

export const indicatorQuery = (id: string, { period, asOf }: Asked = {}) =>
  api.queryOptions('get', '/api/v1/indicators/{id}', {
    params: { path: { id }, query: { ...(period !== undefined && { period }), ...(asOf !== undefined && { asOf }) } },
  });

/** What happened with it, newest first. */
export const indicatorHistoryQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['pages', '/api/v1/indicators/{id}/history', id],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        client.GET('/api/v1/indicators/{id}/history', {
          params: { path: { id }, query: { order: '-revision', limit: 20, ...(pageParam !== null && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
