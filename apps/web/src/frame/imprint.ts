import type { QueryClient } from '@tanstack/react-query';
import { api } from '../api/client';
import type { components } from '../api/schema';
import type { Language } from '../words/words';
import { shownBetween } from './shown';

type Imprint = components['schemas']['ImprintAnswer'];

/** What is printed of the log below a page. */
export interface PageImprint {
  /** Between which positions what is on it was read; null where no answer says. */
  readonly between: { readonly from: string; readonly to: string } | null;
  /** By which checkpoint it can be verified; undefined as long as that has not come. */
  readonly imprint: Imprint | undefined;
  readonly code: { readonly path: string; readonly dots: number } | null;
}

/** A checkpoint that holds the position goes on holding it; where none does yet it is asked for again. */
const askAgainMs = 10_000;

const imprintQuery = (position: string | undefined, language: Language) => ({
  ...api.queryOptions('get', '/api/v1/audit/imprint', {
    params: { query: position === undefined ? {} : { position } },
    headers: { 'accept-language': language },
  }),
  retry: false,
});

/** Fetched when there is something to print; no page needs it before. */
let draw: typeof import('./code-path').codePath | null = null;

const between = (queries: QueryClient): PageImprint['between'] =>
  shownBetween(
    queries
      .getQueryCache()
      .findAll({ type: 'active', predicate: ({ meta }) => meta?.['isOfFrame'] !== true })
      .map(({ state }): unknown => state.data),
  );

/** Has at hand what is printed of the page as it is now: paper is made in the moment in which it is asked for. Fails where it cannot. */
export async function prepareImprint(queries: QueryClient, language: Language): Promise<void> {
  const query = imprintQuery(between(queries)?.to, language);
  const known = queries.getQueryData<Imprint>(query.queryKey);
  const [{ codePath }] = await Promise.all([
    import('./code-path'),
    queries.query({ ...query, staleTime: known?.isSealed === true ? Infinity : askAgainMs }),
  ]);
  draw = codePath;
}

/** What is printed of the page as it is now, as far as it is at hand. */
export function imprintNow(queries: QueryClient, language: Language): PageImprint {
  const read = between(queries);
  const imprint = queries.getQueryData<Imprint>(imprintQuery(read?.to, language).queryKey);
  return { between: read, imprint, code: imprint?.code && draw ? draw(imprint.code.text) : null };
}
