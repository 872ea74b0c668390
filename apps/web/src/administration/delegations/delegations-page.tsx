import { Button, Group, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { api, command } from '../../api/client';
import { ActDialog, Acts } from '../../form/acts';
import { LongField } from '../../form/fields';
import { Page } from '../../frame/page';
import { Listed } from '../../table/listed';
import { usePages } from '../../table/pages';
import { useWords } from '../../words/words';
import { namesIn, stateWords } from './delegation-words';
import { delegationStates, readDelegationsSearch } from './delegations-search';
import { DelegationsTable } from './delegations-table';
import type { Delegation } from './delegations-table';
import { NewDelegationFields, delegationIn } from './new-delegation';

/** Who may act for whom, in what and until when. */
export function DelegationsPage(): ReactNode {
  const { say } = useWords();
  const search = useSearch({ from: '/_signed-in/administration/delegations' });
  const navigate = useNavigate();
  const [ending, end] = useState<Delegation | null>(null);
  const pages = usePages('/api/v1/delegations', { ...search, order: '-startsOn', limit: 50 });
  const person = useQuery({
    ...api.queryOptions('get', '/api/v1/people/{id}', { params: { path: { id: search.person ?? '' } } }),
    enabled: search.person !== undefined,
  });
  const change = (changed: Readonly<Record<string, unknown>>): void =>
    void navigate({ to: '/administration/delegations', search: readDelegationsSearch({ ...search, ...changed }), replace: true });

  return (
    <Page title={say('delegations.title')} busy={pages.isFirst}>
      <Acts
        label={say('delegations.acts')}
        acts={[
          {
            name: 'delegate',
            title: say('delegations.make'),
            effect: say('delegations.makeEffect'),
            fields: <NewDelegationFields />,
            send: (body, key) => command('POST', '/api/v1/delegations', delegationIn(body), { key }),
          },
        ]}
      />
      <Group align="end" mb="md" role="search" aria-label={say('delegations.filters')}>
        <NativeSelect
          label={say('delegations.state')}
          value={search.state ?? ''}
          onChange={({ currentTarget: { value } }) => change({ state: value })}
          data={[
            { value: '', label: say('register.any') },
            ...delegationStates.map((state) => ({ value: state, label: say(stateWords[state]) })),
          ]}
        />
        {search.person !== undefined && (
          <Button variant="default" onClick={() => change({ person: undefined })}>
            {say('delegations.notOnly', { name: person.data?.name ?? '…' })}
          </Button>
        )}
      </Group>
      <Listed
        pages={pages}
        empty={
          Object.keys(search).length === 0
            ? { title: say('delegations.empty'), what: say('delegations.emptyWhat') }
            : { title: say('delegations.none'), what: say('deadlines.noneWhat') }
        }
      >
        {(rows) => <DelegationsTable delegations={rows} end={end} />}
      </Listed>
      <ActDialog
        close={() => end(null)}
        act={
          ending && {
            name: 'revoke-delegation',
            title: say('delegations.end'),
            effect: say('delegations.endEffect', namesIn(ending, say)),
            fields: <LongField name="reason" label={say('field.reason')} />,
            send: (body, key) => command('POST', `/api/v1/delegations/${ending.id}/revoke`, body, { key }),
          }
        }
      />
    </Page>
  );
}
