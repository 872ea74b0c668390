import { Group, NativeSelect, Skeleton, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { PageLink } from '../frame/link';
import { NotHad } from '../frame/not-had';
import { Changes } from '../procedure/changes';
import { differencesOf } from '../procedure/differences';
import { differencesQuery } from '../procedure/procedure-queries';
import { useWords } from '../words/words';
import classes from './history.module.css';
import { leftOut } from './history-search';
import type { HistorySearch } from './history-search';

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
  const { data, error, refetch } = useQuery({ ...differencesQuery(id, from, to), placeholderData: keepPreviousData });
  const revisions = Array.from({ length: last + 1 }, (_, at) => ({ value: String(last - at), label: nameOf(last - at) }));
  const number = differencesOf(data?.changes ?? []).length;
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
          {number === 0 ? say('history.noDifference') : say('history.differences', { number })}
        </Text>
      )}
      <Changes changes={data?.changes ?? []} label={say('history.sideBySide')} sides={[nameOf(from), nameOf(to)]} />
    </section>
  );
}
