import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActDialog, Acts } from '../../form/acts';
import type { Act } from '../../form/acts';
import { SecretShown } from '../../form/secret-shown';
import { WordsField } from '../../form/words-field';
import { Page } from '../../frame/page';
import { hasWords } from '../../words/fold';
import { useWords } from '../../words/words';
import { useAccountActs } from './account-acts';
import type { Secret } from './account-acts';
import { stateOf } from './account-state';
import { AccountsTable } from './accounts-table';
import { serviceAccountsQuery } from './service-accounts-queries';
import { readServiceAccountsSearch } from './service-accounts-search';

/** Programs that act by a key: made, given another key, and ended. */
export function ServiceAccountsPage(): ReactNode {
  const { say } = useWords();
  const search = useSearch({ from: '/_signed-in/administration/service-accounts' });
  const navigate = useNavigate();
  const { items } = useSuspenseQuery(serviceAccountsQuery()).data;
  const [secret, show] = useState<Secret | null>(null);
  const [begun, begin] = useState<Act | null>(null);
  const { make, rotate, revoke } = useAccountActs(show);
  const change = (changed: Readonly<Record<string, unknown>>): void =>
    void navigate({ to: '/administration/service-accounts', search: readServiceAccountsSearch({ ...search, ...changed }), replace: true });
  const shown = items.filter(
    (one) => hasWords(one.name, search.q ?? '') && (search.state === undefined || (stateOf(one) === 'good') === (search.state === 'good')),
  );

  return (
    <Page title={say('serviceAccounts.title')}>
      {secret && (
        <SecretShown
          title={say('serviceAccounts.key', { name: secret.name })}
          what={say('serviceAccounts.keyOnce')}
          secret={secret.key}
          close={() => show(null)}
        />
      )}
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
