import { Group, NativeSelect, Skeleton, Table, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { PageLink } from '../frame/link';
import { NotHad } from '../frame/not-had';
import { differencesQuery } from '../procedure/procedure-queries';
import { Wide } from '../table/wide';
import { fieldName } from '../words/fields';
import { useWords } from '../words/words';
import { differencesOf } from './differences';
import classes from './history.module.css';
import { leftOut } from './history-search';
import type { HistorySearch } from './history-search';
import { marked } from './marks';
import type { Piece } from './marks';
import { useValueText } from './values';

interface Props {
  readonly id: string;
  readonly last: number;
  readonly from: number;
  readonly to: number;
  readonly search: HistorySearch;
  readonly nameOf: (revision: number) => string;
  readonly change: (changed: { readonly from: number; readonly to: number }) => void;
}

/** Two moments side by side, with what differs marked. */
export function Comparison({ id, last, from, to, search, nameOf, change }: Props): ReactNode {
  const { say } = useWords();
  const valueText = useValueText();
  const { data, error, refetch } = useQuery({ ...differencesQuery(id, from, to), placeholderData: keepPreviousData });
  const revisions = Array.from({ length: last + 1 }, (_, at) => ({ value: String(last - at), label: nameOf(last - at) }));
  const rows = differencesOf(data?.changes ?? []);
  return (
    <section className={classes.then} aria-labelledby="comparison">
      <Title order={2} size="h4" id="comparison" mb="xs">
        {say('history.comparison')}
      </Title>
      <Group align="end" mb="sm" data-noprint>
        <NativeSelect
          label={say('history.one')}
          value={String(from)}
          data={revisions}
          onChange={({ currentTarget: { value } }) => change({ from: Number(value), to })}
        />
        <NativeSelect
          label={say('history.other')}
          value={String(to)}
          data={revisions}
          onChange={({ currentTarget: { value } }) => change({ from, to: Number(value) })}
        />
        <PageLink to="/procedures/$id/history" params={{ id }} search={leftOut(search, 'from', 'to')} mb={8}>
          {say('history.endComparison')}
        </PageLink>
      </Group>
      {data === undefined && error !== null && <NotHad error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton height={120} />}
      {data !== undefined && (
        <Text mb="xs" aria-live="polite">
          {rows.length === 0 ? say('history.noDifference') : say('history.differences', { number: rows.length })}
        </Text>
      )}
      {rows.length > 0 && (
        <Wide label={say('history.sideBySide')}>
          <Table aria-labelledby="comparison" className={classes.compared ?? ''}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{say('history.field')}</Table.Th>
                <Table.Th scope="col">{nameOf(from)}</Table.Th>
                <Table.Th scope="col">{nameOf(to)}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ path, before, after }) => {
                const text = (value: typeof before): string => (value === undefined ? '' : valueText(path, value));
                const [gone, come] = marked(text(before), text(after));
                return (
                  <Table.Tr key={path}>
                    <Table.Th scope="row" fw={400}>
                      {fieldName(path, say)}
                    </Table.Th>
                    <Side pieces={gone} as="del" />
                    <Side pieces={come} as="ins" />
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Wide>
      )}
    </section>
  );
}

function Side({ pieces, as: Mark }: { readonly pieces: readonly Piece[]; readonly as: 'del' | 'ins' }): ReactNode {
  return (
    <Table.Td className={classes.side ?? ''}>
      {pieces.map(({ text, isChanged }, index) =>
        // Pieces have no other name than their place.
        isChanged ? <Mark key={index}>{text}</Mark> : <span key={index}>{text}</span>,
      )}
    </Table.Td>
  );
}
