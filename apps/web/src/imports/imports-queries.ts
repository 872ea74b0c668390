import { useQuery } from '@tanstack/react-query';
import { api, queries } from '../api/client';
import { useProgress } from '../api/progress';
import type { components } from '../api/schema';
import type { Word } from '../words/words';

export type Import = components['schemas']['ImportAnswer'];

/** What can be brought in, and how it is called. */
export const importKindWords = {
  procedures: 'imports.kind.procedures',
  options: 'imports.kind.options',
  units: 'imports.kind.units',
  people: 'imports.kind.people',
  indicators: 'imports.kind.indicators',
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

/** How far an import has come, asked again until it ends. @param id (Default: none is asked about) @param isHeard Whether that is heard as it comes on */
export const importQuery = (id: string | undefined, isHeard = false) => ({
  ...api.queryOptions('get', '/api/v1/imports/{id}', { params: { path: { id: id ?? '' } } }),
  enabled: id !== undefined,
  refetchInterval: ({ state: { data } }: { readonly state: { readonly data: Import | undefined } }) =>
    isHeard || (data && !isUnderWay(data)) ? false : lookEveryMs,
});

/** An import as it comes on; undefined before anything is known of it. */
export function useImport(id: string | undefined): Import | undefined {
  const { queryKey } = importQuery(id);
  const known = useQuery({ ...importQuery(id), enabled: false, refetchInterval: false }).data;
  const isFollowed = id !== undefined && known !== undefined && isUnderWay(known);
  const isHeard = useProgress<Pick<Import, 'state' | 'rows' | 'accepted' | 'repeated' | 'refusedRows'>>(
    isFollowed ? `/api/v1/imports/${id}/events` : null,
    {
      heard: (progress) => {
        // What is wrong comes with the whole of it, once it has ended.
        if (isUnderWay(progress)) queries.setQueryData(queryKey, (before) => before && { ...before, ...progress });
      },
      ended: () => void queries.invalidateQueries({ queryKey }),
    },
  );
  return useQuery(importQuery(id, isHeard)).data;
}
