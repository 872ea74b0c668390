import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client';
import type { components } from '../api/schema';
import { endOf } from '../format/format';
import type { ReportSearch, UnitBasis } from './report-search';
import { lineOf } from './reports';
import type { ReportName } from './reports';

type Schemas = components['schemas'];
export type ReportColumn = Schemas['ReportColumnAnswer'];
export type ReportRow = { readonly key: string } & Readonly<Record<string, unknown>>;
export type ComparedRow = Schemas['ComparedRow'];
export type ExplainingEvent = Schemas['ExplainingEventAnswer'];

/** What every report answers. */
export interface ReportAnswer {
  readonly asOf: Schemas['AsOfAnswer'];
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly ReportRow[];
  readonly totals?: Readonly<Record<string, unknown>>;
  readonly nextCursor?: string | null;
}

/** What a report is asked with besides its moment. */
type Asked = Readonly<Record<string, string>>;

/** As its call takes it: what it does not know is left out, and would be refused. */
export function askedOf(name: ReportName, search: ReportSearch): Asked {
  const { filters, period, by = [], ofProgramme = false } = lineOf(name);
  const named: readonly (readonly [string, string | undefined])[] = [
    ...filters.map((filter) => [filter, search[filter]] as const),
    ...(period ? ([[period[0], search.from], [period[1], search.to]] as const) : []), // prettier-ignore
    ['by', by.find((one) => one === search.by)],
    ['programme', ofProgramme ? search.programme : undefined],
    ['units', unitBasesOf(name, search).find((one) => one === search.units)],
  ];
  return Object.fromEntries(named.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

/** By which units it can be told besides as it does itself: those of a moment that is looked at are what it takes anyway. */
export function unitBasesOf(name: ReportName, { asOf, with: other, from, to }: ReportSearch): readonly UnitBasis[] {
  const { period } = lineOf(name);
  if (period && (from !== undefined || to !== undefined)) return ['then', 'today'];
  return asOf === undefined && other === undefined ? [] : ['today'];
}

/** The same with the end of the day that is looked at, where the report knows what was. */
export function askedThen(name: ReportName, search: ReportSearch): Asked {
  const { asOf } = search;
  return { ...askedOf(name, search), ...(asOf !== undefined && { asOf: endOf(asOf) }) };
}

// All reports are called alike; the call of one stands for all of them.
const pathOf = (name: ReportName) => `/api/v1/reports/${name}` as '/api/v1/reports/overdue';

/** Its rows so far, with the next page on request. */
export const reportQuery = (name: ReportName, asked: Asked) =>
  infiniteQueryOptions({
    queryKey: ['pages', pathOf(name), asked],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }): Promise<ReportAnswer> => {
      const query = { ...asked, format: 'json', ...(pageParam !== null && { cursor: pageParam }) } as const;
      return answerOf(client.GET(pathOf(name), { params: { query }, signal }));
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** @param at, other Moments as the API takes them, the earlier first */
export const compareQuery = (name: ReportName, asked: Asked, at: string, other: string) =>
  queryOptions({
    queryKey: ['compared', `${pathOf(name)}/compare`, { ...asked, at, with: other }],
    queryFn: ({ signal }) => {
      const path = `${pathOf(name)}/compare` as '/api/v1/reports/overdue/compare';
      return answerOf(client.GET(path, { params: { query: { ...asked, at, with: other } }, signal }));
    },
  });

export const explainQuery = (name: ReportName, asked: Asked, cell: { readonly row: string; readonly column: string }) =>
  infiniteQueryOptions({
    queryKey: ['pages', `${pathOf(name)}/explain`, { ...asked, ...cell }],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const path = `${pathOf(name)}/explain` as '/api/v1/reports/overdue/explain';
      const query = { ...asked, ...cell, ...(pageParam !== null && { cursor: pageParam }) };
      return answerOf(client.GET(path, { params: { query }, signal }));
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** The report as a file, exactly as it was asked. */
export async function reportFile(name: ReportName, asked: Asked, form: { readonly format: 'csv' | 'xlsx' | 'pdf'; readonly separator?: ',' | ';' }): Promise<Blob> {
  return answerOf(client.GET(pathOf(name), { params: { query: { ...asked, ...form } }, parseAs: 'blob' }));
} // prettier-ignore
