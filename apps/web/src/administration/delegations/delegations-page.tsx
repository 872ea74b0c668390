import { Button, Group, NativeSelect, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { api, command } from '../../api/client';
import { ActDialog, Acts } from '../../form/acts';
import { LongField } from '../../form/fields';
import { dateText } from '../../format/format';
import { PageLink } from '../../frame/link';
import { Page } from '../../frame/page';
import { Listed } from '../../table/listed';
import { usePages } from '../../table/pages';
import type { Item } from '../../table/pages';
import { StateMark } from '../../table/state-mark';
import type { Weight } from '../../table/state-mark';
import { Titles } from '../../table/titles';
import { Wide } from '../../table/wide';
import type { Word } from '../../words/words';
import { useWords } from '../../words/words';
import { delegableName } from './delegable';
import { delegationStates, readDelegationsSearch } from './delegations-search';
import type { DelegationState } from './delegations-search';
import { NewDelegationFields, delegationIn } from './new-delegation';

type Delegation = Item<'/api/v1/delegations'>;

const stateWords = {
  inForce: 'delegations.inForce',
  coming: 'delegations.coming',
  ended: 'delegations.ended',
  revoked: 'delegations.revoked',
} as const satisfies Record<DelegationState, Word>;
const weights: Readonly<Record<DelegationState, Weight>> = { inForce: 'soon', coming: 'plain', ended: 'plain', revoked: 'plain' };

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
        {(rows) => (
          <Wide label={say('delegations.title')}>
            <Table miw={720} aria-label={say('delegations.title')}>
              <Titles
                of={[
                  say('delegations.to'),
                  say('delegations.from'),
                  say('delegations.what'),
                  say('delegations.startsOn'),
                  say('delegations.endsOn'),
                  say('field.reason'),
                  say('delegations.state'),
                  say('delegations.end'),
                ]}
              />
              <Table.Tbody>
                {rows.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td>
                      <PageLink to="/administration/people/$id" params={{ id: one.to }}>
                        {one.toName}
                      </PageLink>
                    </Table.Td>
                    <Table.Td>
                      <PageLink to="/administration/people/$id" params={{ id: one.from }}>
                        {one.fromName}
                      </PageLink>
                    </Table.Td>
                    <Table.Td>
                      {one.actions === 'all'
                        ? say('account.allActions')
                        : one.actions.map((action) => delegableName(action, say)).join(', ')}
                    </Table.Td>
                    <Table.Td>{dateText(one.startsOn)}</Table.Td>
                    <Table.Td>{dateText(one.endsOn)}</Table.Td>
                    <Table.Td>{one.reason}</Table.Td>
                    <Table.Td>
                      <StateMark weight={weights[one.state]}>{say(stateWords[one.state])}</StateMark>
                    </Table.Td>
                    <Table.Td>
                      {one.mayRevoke && (
                        <Button
                          variant="default"
                          size="compact-sm"
                          data-action="revoke-delegation"
                          aria-label={say('delegations.endOne', { to: one.toName, from: one.fromName })}
                          onClick={() => end(one)}
                        >
                          {say('delegations.end')}
                        </Button>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Wide>
        )}
      </Listed>
      <ActDialog
        close={() => end(null)}
        act={
          ending && {
            name: 'revoke-delegation',
            title: say('delegations.end'),
            effect: say('delegations.endEffect', { to: ending.toName, from: ending.fromName }),
            fields: <LongField name="reason" label={say('field.reason')} />,
            send: (body, key) => command('POST', `/api/v1/delegations/${ending.id}/revoke`, body, { key }),
          }
        }
      />
    </Page>
  );
}
