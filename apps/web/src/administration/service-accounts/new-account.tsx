import { SimpleGrid, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { components } from '../../api/schema';
import { ChoiceField, DateField, FlagField, TextField } from '../../form/fields';
import { FlagsField } from '../../form/flags-field';
import { UnitField } from '../../form/unit-field';
import { roleWords } from '../../words/codes';
import { useWords } from '../../words/words';
import { generalScopes, scopeName, singleScopes } from './account-scopes';

type NewAccount = components['schemas']['NewServiceAccountDto'];

/** What a service account is made of. */
export function NewAccountFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <TextField name="name" label={say('serviceAccounts.name')} help={say('serviceAccounts.nameHelp')} />
      <ChoiceField
        name="role"
        label={say('people.role')}
        choices={Object.entries(roleWords).map(([value, word]) => ({ value, label: say(word) }))}
      />
      <UnitField name="unit" label={say('procedure.owningUnit')} among={({ closed, administered }) => !closed && administered} />
      <FlagsField name="scopes" legend={say('serviceAccounts.scopes')}>
        <Stack gap="xs" mb="sm">
          {generalScopes.map((scope) => (
            <FlagField key={scope} name={`covers.${scope}`} label={scopeName(scope, say)} />
          ))}
        </Stack>
        <details>
          <summary>{say('serviceAccounts.single')}</summary>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="sm">
            {singleScopes.map((scope) => (
              <FlagField key={scope} name={`covers.${scope}`} label={scopeName(scope, say)} />
            ))}
          </SimpleGrid>
        </details>
      </FlagsField>
      <DateField name="expiresOn" label={say('serviceAccounts.expiresOn')} help={say('serviceAccounts.expiresOnHelp')} optional />
    </>
  );
}

/** The body of the call, of what the form holds; the server checks it. */
export function accountIn({ covers, ...body }: Readonly<Record<string, unknown>>): NewAccount {
  const scopes = Object.entries(covers ?? {}).flatMap(([scope, isTicked]) => (isTicked === true ? [scope] : []));
  return { ...body, scopes } as unknown as NewAccount;
}
