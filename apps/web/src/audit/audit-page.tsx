import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import { useSession } from '../api/session';
import { PageLink } from '../frame/link';
import { Page } from '../frame/page';
import { Listed } from '../table/listed';
import { Nothing } from '../table/nothing';
import { usePages } from '../table/pages';
import { useWords } from '../words/words';
import { Proving } from './proving';
import { SealedState } from './sealed-state';
import { readAuditSearch } from './audit-search';
import type { AuditSearch } from './audit-search';
import { TrailExport } from './trail-export';
import { TrailFilters } from './trail-filters';
import { TrailTable } from './trail-table';

/** What everybody did, for auditors. Checkpoints, witnesses and bundles stand above the trail. */
export function AuditPage(): ReactNode {
  const { say } = useWords();
  const session = useSession();
  const isAuditor = session.state === 'in' && session.person.roles.includes('auditor');
  if (isAuditor) return <Audit />;
  return (
    <Page title={say('audit.title')} busy={false}>
      <Nothing title={say('audit.forAuditors')} what={say('audit.forAuditorsWhat')} />
    </Page>
  );
}

function Audit(): ReactNode {
  const { say } = useWords();
  const search = useSearch({ from: '/_signed-in/audit' });
  const navigate = useNavigate();
  const pages = usePages('/api/v1/audit/events', { ...search, limit: 50 });
  const go = (next: AuditSearch): void => void navigate({ to: '/audit', search: next, replace: true, resetScroll: false });
  const change = (changed: Readonly<Record<string, string>>): void => go(readAuditSearch({ ...search, ...changed }));
  const { actor, procedure, ...rest } = search;
  const of = pages.rows.find((one) => one.actor.id === actor);
  // Whoever did nothing that matches has a name all the same.
  const sought = useQuery({
    ...api.queryOptions('get', '/api/v1/people/{id}', { params: { path: { id: actor ?? '' } } }),
    enabled: actor !== undefined,
  });
  return (
    <Page title={say('audit.title')} busy={pages.isFirst}>
      <SealedState />
      <Proving />
      <TrailFilters search={search} change={change} />
      <Group justify="space-between" mb="xs">
        <Group gap="md">
          {actor !== undefined && (
            <Text>
              {say('audit.allOf', { name: of === undefined ? (sought.data?.name ?? actor) : (of.actor.name ?? say('history.erased')) })}{' '}
              <PageLink to="/audit" search={{ ...rest, ...(procedure !== undefined && { procedure }) }}>
                {say('audit.ofEverybody')}
              </PageLink>
            </Text>
          )}
          {procedure !== undefined && (
            <Text>
              {say('audit.ofProcedure', {
                title: pages.rows.find((one) => one.procedure?.id === procedure)?.procedure?.title ?? procedure,
              })}{' '}
              <PageLink to="/audit" search={{ ...rest, ...(actor !== undefined && { actor }) }}>
                {say('audit.ofEverything')}
              </PageLink>
            </Text>
          )}
        </Group>
        <TrailExport search={search} />
      </Group>
      <Listed
        pages={pages}
        empty={
          Object.keys(search).length > 0
            ? { title: say('audit.none'), what: say('deadlines.noneWhat') }
            : { title: say('audit.empty'), what: say('audit.emptyWhat') }
        }
      >
        {(rows) => <TrailTable rows={rows} search={search} />}
      </Listed>
    </Page>
  );
}
