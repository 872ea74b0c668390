import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import { PageLink } from '../frame/link';
import { Listed } from '../table/listed';
import type { Pages } from '../table/pages';
import { Titles } from '../table/titles';
import { Wide } from '../table/wide';
import { useWords } from '../words/words';
import type { BulkItem } from './bulk-queries';
import { outcomeText } from './outcomes';

/** What becomes of each, with a way to it. */
export function ItemsTable({ items, isPreview }: { readonly items: Pages<BulkItem>; readonly isPreview: boolean }): ReactNode {
  const { say } = useWords();
  return (
    <Listed pages={items} empty={{ title: say('bulk.empty'), what: say('bulk.emptyWhat') }}>
      {(rows) => (
        <Wide label={say('bulk.items')}>
          <Table aria-label={say('bulk.items')}>
            <Titles of={[say('procedure.title'), say('bulk.outcome')]} />
            <Table.Tbody>
              {rows.map(({ procedure, outcome, unmet }) => (
                <Table.Tr key={procedure}>
                  <Table.Td>{outcome === 'not-found' ? procedure : <Named id={procedure} />}</Table.Td>
                  <Table.Td>
                    {outcomeText(outcome, isPreview, say)}
                    {unmet.length > 1 && ` (${unmet.map(({ message }) => message).join(' ')})`}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Wide>
      )}
    </Listed>
  );
}

/** A procedure by its title; by its id as long as that is not known. */
function Named({ id }: { readonly id: string }): ReactNode {
  const { data } = useQuery(api.queryOptions('get', '/api/v1/procedures/{id}', { params: { path: { id }, query: {} } }));
  return (
    <PageLink to="/procedures/$id" params={{ id }}>
      {data?.title ?? id}
    </PageLink>
  );
}
