import { api } from '../api/client';
import type { components } from '../api/schema';
import type { Word } from '../words/words';

export type Import = components['schemas']['ImportAnswer'];

/** What can be brought in, and how it is called. */
export const importKindWords = {
  procedures: 'imports.kind.procedures',
  options: 'imports.kind.options',
  units: 'imports.kind.units',
  people: 'imports.kind.people',
} as const satisfies Record<string, Word>;
export type ImportKind = keyof typeof importKindWords;

export const isImportKind = (text: string): text is ImportKind => Object.hasOwn(importKindWords, text);

/** A sheet, and what is wanted of it. */
export interface Wanted {
  readonly file: File;
  readonly kind: ImportKind;
  /** Whether rows that are refused are passed over. */
  readonly partial: boolean;
}

const lookEveryMs = 1_000;

export const isUnderWay = ({ state }: Pick<Import, 'state'>): boolean => state === 'checking' || state === 'running';

/** How far an import has come, asked again until it ends. @param id (Default: none is asked about) */
export const importQuery = (id: string | undefined) => ({
  ...api.queryOptions('get', '/api/v1/imports/{id}', { params: { path: { id: id ?? '' } } }),
  enabled: id !== undefined,
  refetchInterval: ({ state: { data } }: { readonly state: { readonly data: Import | undefined } }) =>
    data && !isUnderWay(data) ? false : lookEveryMs,
});
