import { Group, NativeSelect, Table, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answerOf, api, client } from '../../api/client';
import { PersonField } from '../../form/person-field';
import { inOrder } from '../../format/format';
import { Moment } from '../../format/moment';
import { Page } from '../../frame/page';
import { UnitFilter } from '../../frame/unit-filter';
import { Listed } from '../../table/listed';
import { StateMark } from '../../table/state-mark';
import { Titles } from '../../table/titles';
import { Wide } from '../../table/wide';
import { useWords } from '../../words/words';
import { readSecurityEventsSearch, securityTypes } from './security-events-search';
import type { SecurityEventsSearch } from './security-events-search';
import { alarming, securityWords } from './security-words';

const pageSize = 50;

/** Who signed in, who failed to, and what else happened around it, the newest first. */
export function SecurityEventsPage(): ReactNode {
  const { say } = useWords();
  const search = useSearch({ from: '/_signed-in/administration/security-events' });
  const navigate = useNavigate();
  const pages = useEvents(search);
  const people = useQuery(api.queryOptions('get', '/api/v1/people'));
  const nameOf = (id: string | null): string => (id === null ? '' : (people.data?.items.find((one) => one.id === id)?.name ?? id));
  const change = (changed: Readonly<Record<string, string>>): void =>
    void navigate({ to: '/administration/security-events', search: readSecurityEventsSearch({ ...search, ...changed }), replace: true });

  return (
    <Page title={say('security.title')} busy={pages.isFirst}>
      <Group align="end" mb="md" role="search" aria-label={say('security.filters')}>
        <NativeSelect
          label={say('security.type')}
          value={search.type ?? ''}
          onChange={({ currentTarget: { value } }) => change({ type: value })}
          data={[
            { value: '', label: say('register.any') },
            ...securityTypes
              .map((value) => ({ value, label: say(securityWords[value]) }))
              .sort((one, other) => inOrder(one.label, other.label)),
          ]}
        />
        <PersonField
          key={search.person ?? ''}
          name="person"
          label={say('security.person')}
          optional
          {...(search.person !== undefined && { defaultValue: search.person })}
          chosen={(person) => change({ person })}
        />
        <UnitFilter unit={search.unit} choose={(unit) => change({ unit })} />
        <TextInput
          type="date"
          label={say('security.from')}
          value={search.from ?? ''}
          onChange={({ currentTarget: { value } }) => change({ from: value })}
        />
        <TextInput
          type="date"
          label={say('security.to')}
          value={search.to ?? ''}
          onChange={({ currentTarget: { value } }) => change({ to: value })}
        />
      </Group>
      <Listed pages={pages} empty={{ title: say('security.none'), what: say('deadlines.noneWhat') }}>
        {(rows) => (
          <Wide label={say('security.title')}>
            <Table miw={640}>
              <Titles of={[say('security.type'), say('security.person'), say('security.by'), say('security.at')]} />
              <Table.Tbody>
                {rows.map(({ id, type, person, by, at, times }) => (
                  <Table.Tr key={id} data-security-event={type}>
                    <Table.Td>
                      <StateMark weight={alarming.includes(type) ? 'late' : 'plain'}>{say(securityWords[type])}</StateMark>
                      {times > 1 && <Text size="sm">{say('security.times', { times })}</Text>}
                    </Table.Td>
                    <Table.Td>{person === null ? say('security.nobody') : nameOf(person)}</Table.Td>
                    <Table.Td>{nameOf(by)}</Table.Td>
                    <Table.Td>
                      <Moment at={at} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Wide>
        )}
      </Listed>
    </Page>
  );
}

/** This list goes on by the id of its last event, and ends with a page that is not full. */
function useEvents(search: SecurityEventsSearch) {
  const found = useInfiniteQuery({
    queryKey: ['pages', '/api/v1/security-events', search],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...search, limit: pageSize, ...(pageParam !== null && { before: pageParam }) };
      return answerOf(client.GET('/api/v1/security-events', { params: { query }, signal }));
    },
    getNextPageParam: ({ items }) => (items.length < pageSize ? null : items.at(-1)?.id),
    placeholderData: (before) => before,
  });
  return {
    rows: found.data?.pages.flatMap(({ items }) => items) ?? [],
    first: found.data?.pages[0],
    isFirst: found.isPending,
    isMore: found.isFetchingNextPage || found.isPlaceholderData,
    error: found.error,
    hasNext: found.hasNextPage,
    next: () => void found.fetchNextPage(),
    again: () => void found.refetch(),
  };
}
