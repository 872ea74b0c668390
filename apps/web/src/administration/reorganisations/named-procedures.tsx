import { Button, List, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { answerOf, api, client } from '../../api/client';
import { numberText } from '../../format/format';
import { PageLink } from '../../frame/link';
import type { Item } from '../../table/pages';
import { useWords } from '../../words/words';

export type Named = Item<'/api/v1/procedures'>;

/** As many as a call takes. */
const idsAtOnce = 100;
/** So many long ones still fit into an address. */
const codesAtOnce = 40;
const longestCode = 100;
export const shownAtOnce = 50;

const inPieces = <One,>(all: readonly One[], size: number): readonly (readonly One[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

/** Procedures by their ids, as far as the person sees them. */
export function useNamed(ids: readonly string[]): ReadonlyMap<string, Named> {
  const queries = inPieces(ids, idsAtOnce).map((some) =>
    api.queryOptions('get', '/api/v1/procedures', { params: { query: { ids: some.join(), limit: idsAtOnce } } }),
  );
  return new Map(useQueries({ queries }).flatMap(({ data }) => (data?.items ?? []).map((one) => [one.id, one] as const)));
}

/** Codes as they are compared. */
const folded = (code: string): string =>
  code
    .normalize('NFKC')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\s/g, '')
    .toUpperCase();

/** What codes stand for, and those that stand for nothing which the person sees. @param pasted One a line, or with commas or semicolons between them */
export async function findCodes(pasted: string): Promise<{ readonly found: readonly Named[]; readonly unknown: readonly string[] }> {
  const codes = [...new Set(pasted.split(/[\n\t,;]/).map((one) => one.trim()))].filter((code) => code !== '');
  const found: Named[] = [];
  // One after the other: a long list is no flood.
  for (const some of inPieces(codes.filter(({ length }) => length <= longestCode), codesAtOnce)) {
    const query = { codes: some.join(), limit: 200 };
    found.push(...(await answerOf(client.GET('/api/v1/procedures', { params: { query } }))).items);
  }
  const known = new Set(found.map(({ code }) => folded(code ?? '')));
  return { found, unknown: codes.filter((code) => !known.has(folded(code))) };
} // prettier-ignore

/** Which procedures a step names, opened on request. */
export function NamedProcedures({ ids }: { readonly ids: readonly string[] }): ReactNode {
  const { say, language } = useWords();
  const [isOpen, open] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => open(currentTarget.open)}>
      <summary>{say('reorganisation.which', { number: numberText(ids.length, language) })}</summary>
      {isOpen && <Names ids={ids} />}
    </details>
  );
}

function Names({ ids }: { readonly ids: readonly string[] }): ReactNode {
  const { say } = useWords();
  const [shown, show] = useState(shownAtOnce);
  const some = ids.slice(0, shown);
  const named = useNamed(some);
  return (
    <>
      <List size="sm">
        {some.map((id) => (
          <List.Item key={id}>
            <PageLink to="/procedures/$id" params={{ id }}>
              {named.get(id)?.title ?? id}
            </PageLink>
            <Text span size="sm" c="dimmed">
              {` ${named.get(id)?.code ?? ''}`}
            </Text>
          </List.Item>
        ))}
      </List>
      {shown < ids.length && (
        <Button variant="default" size="compact-sm" mt="xs" onClick={() => show(shown + idsAtOnce)}>
          {say('table.more')}
        </Button>
      )}
    </>
  );
}
