import { Group, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { momentText } from '../format/format';
import { PageLink } from '../frame/link';
import { NotHad } from '../frame/not-had';
import { Page } from '../frame/page';
import { PrintButton } from '../frame/print-button';
import { procedureQuery } from '../procedure/procedure-queries';
import { Identity } from '../procedure/identity';
import { useWords } from '../words/words';
import { useActorText } from '../frame/actor-text';
import { Comparison } from './comparison';
import { Entries } from './entries';
import { titleOf } from './entry-item';
import { Filters } from './filters';
import { useHistory } from './history-queries';
import { readHistorySearch } from './history-search';
import type { HistorySearch } from './history-search';
import { revisionsOf } from './moments';
import { Then } from './then';
import { TimeTravel } from './time-travel';

const from = '/_signed-in/procedures/$id/history';

/** Everything that happened to a procedure, the newest first, and how it stood at any moment. */
export function HistoryPage(): ReactNode {
  const { say, language } = useWords();
  const { id } = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate();
  const actorText = useActorText();
  const { data: present } = useSuspenseQuery(procedureQuery(id));
  const { asOf } = search;
  const then = useQuery({ ...procedureQuery(id, asOf), enabled: asOf !== undefined, placeholderData: keepPreviousData });
  const refused = search.refused === true;
  const whole = useHistory(id, { refused, type: undefined, actor: undefined });
  const listed = useHistory(id, { refused, type: search.type, actor: search.actor });

  const last = present.revision;
  const shown = asOf !== undefined && then.data?.id === id ? then.data : undefined;
  const revisions = new Map(revisionsOf(whole.entries).map(({ revision, entry }) => [revision, entry]));
  const nameOf = (revision: number): string => {
    const entry = revisions.get(revision);
    const name = say('history.revision', { revision });
    return entry ? [name, titleOf(entry, say), momentText(entry.recordedAt, language), actorText(entry.actor)].join(' · ') : name;
  };
  const go = (changed: HistorySearch): void =>
    void navigate({ to: '/procedures/$id/history', params: { id }, search: changed, replace: true, resetScroll: false });
  const change = (changed: Readonly<Record<string, unknown>>): void => go(readHistorySearch({ ...search, ...changed }));

  return (
    <Page
      title={say('history.of', { title: present.title })}
      aside={<Identity procedure={shown ?? present} />}
      busy={listed.isFirst || whole.isFirst || (asOf !== undefined && then.isPending)}
    >
      <Group mb="lg" data-noprint>
        <PageLink to="/procedures/$id" params={{ id }}>
          {say('history.back')}
        </PageLink>
        {last > 0 && search.from === undefined && (
          <PageLink to="/procedures/$id/history" params={{ id }} search={{ ...search, from: 0, to: last }}>
            {say('history.compare')}
          </PageLink>
        )}
        <PrintButton />
      </Group>
      <TimeTravel
        last={last}
        at={shown?.revision ?? last}
        nameOf={nameOf}
        since={revisions.get(0)?.recordedAt}
        isWaiting={then.isFetching}
        go={(moment) => change({ asOf: moment })}
      />
      {asOf !== undefined && then.error !== null && <NotHad error={then.error} again={() => void then.refetch()} />}
      {asOf !== undefined && shown !== undefined && then.error === null && (
        <Then procedure={shown} asOf={asOf} isPast={shown.revision < last} made={nameOf(shown.revision)} search={search} />
      )}
      {search.from !== undefined && (
        <Comparison
          id={id}
          last={last}
          from={Math.min(search.from, last)}
          to={Math.min(search.to ?? last, last)}
          search={search}
          nameOf={nameOf}
          change={change}
        />
      )}
      <Title order={2} size="h4" mb="xs">
        {say('history.records')}
      </Title>
      <Filters search={search} entries={whole.entries} change={change} />
      {!whole.isWhole && <Text size="sm">{say('history.loaded', { number: whole.entries.length })}</Text>}
      <Entries procedure={id} history={listed} search={search} shown={asOf === undefined ? null : (shown?.revision ?? null)} />
    </Page>
  );
}
