import { Alert, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { client, queries } from '../api/client';
import { CommandForm } from '../form/command-form';
import { PasswordField } from '../form/fields';
import { useWords } from '../words/words';

/** Gives the person another password. */
export function ChangePassword({ username }: { readonly username: string }): ReactNode {
  const { say } = useWords();
  const [times, setTimes] = useState(0);
  const send = async (body: Readonly<Record<string, unknown>>): Promise<void> => {
    const { currentPassword, newPassword } = body;
    await client.POST('/api/v1/auth/password', {
      body: { currentPassword: String(currentPassword), newPassword: String(newPassword) },
    });
    setTimes(times + 1);
    await queries.invalidateQueries();
  };
  return (
    <section aria-labelledby="password">
      <Title order={2} size="h4" id="password" mt="xl" mb="xs">
        {say('account.password')}
      </Title>
      <div role="status">
        {times > 0 && (
          <Alert color="teal" variant="light" mb="md">
            {say('account.changed')}
          </Alert>
        )}
      </div>
      {/* What was typed goes with the form that was sent. */}
      <CommandForm key={times} label={say('account.password')} submit={say('account.changePassword')} send={send}>
        <input type="text" autoComplete="username" value={username} readOnly hidden />
        <PasswordField name="currentPassword" label={say('account.currentPassword')} autoComplete="current-password" />
        <PasswordField
          name="newPassword"
          label={say('account.newPassword')}
          help={say('account.newPasswordHelp')}
          autoComplete="new-password"
        />
      </CommandForm>
    </section>
  );
}
