import { useQuery } from '@tanstack/react-query';
import { answerOf, client } from '../api/client';
import type { components } from '../api/schema';

export type WhyAnswer = components['schemas']['WhyAnswer'];
export type Rule = WhyAnswer['rules'][number];

/** What is asked about: what a procedure came to, or a refusal by its position. */
export type Of = { readonly procedure: string; readonly revision: number } | { readonly refusal: string };

/** What held then does not change, so it is asked for once. */
export function useWhy(of: Of) {
  return useQuery({
    queryKey: ['why', of],
    queryFn: ({ signal }): Promise<WhyAnswer> =>
      answerOf(
        'refusal' in of
          ? client.GET('/api/v1/audit/refusals/{position}/why', { params: { path: { position: of.refusal } }, signal })
          : client.GET('/api/v1/procedures/{id}/revisions/{revision}/why', {
              params: { path: { id: of.procedure, revision: String(of.revision) } },
              signal,
            }),
      ),
    staleTime: Infinity,
  });
}
