import { Button, Group, NativeSelect, Stack, Table, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { client, queries } from '../../api/client';
import { ActDialog, Acts } from '../../form/acts';
import type { Act } from '../../form/acts';
import { WholeField } from '../../form/fields';
import { WordsField } from '../../form/words-field';
import { dateText } from '../../format/format';
import { Page } from '../../frame/page';
import { useUnits } from '../../frame/units';
import { StateMark } from '../../table/state-mark';
import { Titles } from '../../table/titles';
import { Wide } from '../../table/wide';
import { roleWords } from '../../words/codes';
import { hasWords } from '../../words/fold';
import type { Word } from '../../words/words';
import { useWords } from '../../words/words';
import { scopeName } from './account-scopes';
import { stateOf } from './account-state';
import type { AccountState } from './account-state';
import { KeyShown } from './key-shown';
import { NewAccountFields, accountIn } from './new-account';
import { serviceAccountsQuery } from './service-accounts-queries';
import type { ServiceAccount } from './service-accounts-queries';
import { readServiceAccountsSearch } from './service-accounts-search';

const stateWords = {
  good: 'serviceAccounts.good',
  expired: 'serviceAccounts.expired',
  revoked: 'serviceAccounts.revoked',
} as const satisfies Record<AccountState, Word>;

interface Secret {
  readonly name: string;
  readonly key: string;
}

/** Programs that act by a key: made, given another key, and ended. */
export function ServiceAccountsPage(): ReactNode {
  const { say } = useWords();
  const search = useSearch({ from: '/_signed-in/administration/service-accounts' });
  const navigate = useNavigate();
  const { items } = useSuspenseQuery(serviceAccountsQuery()).data;
  const [secret, show] = useState<Secret | null>(null);
  const [begun, begin] = useState<Act | null>(null);
  const change = (changed: Readonly<Record<string, unknown>>): void =>
    void navigate({ to: '/administration/service-accounts', search: readServiceAccountsSearch({ ...search, ...changed }), replace: true });
  const shown = items.filter(
    (one) => hasWords(one.name, search.q ?? '') && (search.state === undefined || (stateOf(one) === 'good') === (search.state === 'good')),
  );

  const make: Act = {
    name: 'make-account',
    title: say('serviceAccounts.make'),
    effect: say('serviceAccounts.makeEffect'),
    fields: <NewAccountFields />,
    send: async (body, key) => {
      const account = accountIn(body);
      const { data } = await client.POST('/api/v1/service-accounts', { body: account, params: { header: { 'Idempotency-Key': key } } });
      if (data) show({ name: account.name, key: data.key });
      await queries.invalidateQueries();
    },
  };
  const rotate = ({ id, name }: ServiceAccount): Act => ({
    name: 'rotate-key',
    title: say('serviceAccounts.rotate'),
    effect: say('serviceAccounts.rotateEffect', { name }),
    fields: <WholeField name="overlapMinutes" label={say('serviceAccounts.overlap')} help={say('serviceAccounts.overlapHelp')} optional />,
    send: async ({ overlapMinutes }) => {
      const { data } = await client.POST('/api/v1/service-accounts/{id}/rotate', {
        params: { path: { id } },
        body: typeof overlapMinutes === 'number' ? { overlapMinutes } : {},
      });
      if (data) show({ name, key: data.key });
      await queries.invalidateQueries();
    },
  });
  const revoke = ({ id, name }: ServiceAccount): Act => ({
    name: 'revoke-account',
    title: say('serviceAccounts.revoke'),
    effect: say('serviceAccounts.revokeEffect', { name }),
    isFinal: true,
    send: async () => {
      await client.POST('/api/v1/service-accounts/{id}/revoke', { params: { path: { id } } });
      await queries.invalidateQueries();
    },
  });

  return (
    <Page title={say('serviceAccounts.title')}>
      {secret && <KeyShown name={secret.name} secret={secret.key} close={() => show(null)} />}
      <Acts label={say('serviceAccounts.acts')} acts={[make]} />
      <Group align="end" mb="md" role="search" aria-label={say('serviceAccounts.filters')}>
        <WordsField label={say('serviceAccounts.name')} words={search.q ?? ''} seek={(q) => change({ q })} />
        <NativeSelect
          label={say('serviceAccounts.state')}
          value={search.state ?? ''}
          onChange={({ currentTarget: { value } }) => change({ state: value })}
          data={[
            { value: '', label: say('register.any') },
            { value: 'good', label: say('serviceAccounts.good') },
            { value: 'over', label: say('serviceAccounts.over') },
          ]}
        />
      </Group>
      {shown.length === 0 ? (
        <Stack gap="xs" py="xl" align="center">
          <Text fw={600}>{say(items.length === 0 ? 'serviceAccounts.empty' : 'serviceAccounts.none')}</Text>
          <Text c="dimmed">{say(items.length === 0 ? 'serviceAccounts.emptyWhat' : 'deadlines.noneWhat')}</Text>
        </Stack>
      ) : (
        <AccountsTable accounts={shown} rotate={(one) => begin(rotate(one))} revoke={(one) => begin(revoke(one))} />
      )}
      <ActDialog act={begun} close={() => begin(null)} />
    </Page>
  );
}

interface TableProps {
  readonly accounts: readonly ServiceAccount[];
  readonly rotate: (account: ServiceAccount) => void;
  readonly revoke: (account: ServiceAccount) => void;
}

function AccountsTable({ accounts, rotate, revoke }: TableProps): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  return (
    <Wide label={say('serviceAccounts.title')}>
      <Table miw={720} aria-label={say('serviceAccounts.title')}>
        <Titles
          of={[
            say('serviceAccounts.name'),
            say('people.roles'),
            say('serviceAccounts.scopes'),
            say('serviceAccounts.keys'),
            say('serviceAccounts.expiresOn'),
            say('serviceAccounts.state'),
            say('acts.column'),
          ]}
        />
        <Table.Tbody>
          {accounts.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>{one.name}</Table.Td>
              <Table.Td>{one.roles.map(({ role, unit }) => `${say(roleWords[role])}, ${units.nameOf(unit)}`).join('; ')}</Table.Td>
              <Table.Td>{one.scopes.map((scope) => scopeName(scope, say)).join(', ')}</Table.Td>
              <Table.Td>
                {one.keys
                  .filter(({ endsAt }) => endsAt === null || Date.parse(endsAt) > Date.now())
                  .map(({ id, madeAt }) => `tgk_${id}… (${dateText(madeAt)})`)
                  .join('; ')}
              </Table.Td>
              <Table.Td>{one.expiresOn === null ? say('people.forGood') : dateText(one.expiresOn)}</Table.Td>
              <Table.Td>
                <StateMark weight="plain">{say(stateWords[stateOf(one)])}</StateMark>
              </Table.Td>
              <Table.Td>
                {one.revokedAt === null && (
                  <Group gap="xs">
                    <Button
                      variant="default"
                      size="compact-sm"
                      data-action="rotate-key"
                      aria-label={say('serviceAccounts.rotateOne', { name: one.name })}
                      onClick={() => rotate(one)}
                    >
                      {say('serviceAccounts.rotate')}
                    </Button>
                    <Button
                      variant="default"
                      size="compact-sm"
                      data-action="revoke-account"
                      aria-label={say('serviceAccounts.revokeOne', { name: one.name })}
                      onClick={() => revoke(one)}
                    >
                      {say('serviceAccounts.revoke')}
                    </Button>
                  </Group>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}
