import { Button, Card, Group, List, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words';
import { actionName, conditionName } from '../../words/codes';
import type { Procedure } from '../procedure-queries';
import { ActionForm } from './action-form';

/** What may be done now, and why the rest may not. */
export function Actions({ procedure }: { readonly procedure: Procedure }): ReactNode {
  const { say } = useWords();
  const [begun, begin] = useState<string | null>(null);
  const open = procedure.allowed.filter(({ unmet }) => unmet.length === 0);
  const closed = procedure.allowed.filter(({ unmet }) => unmet.length > 0);
  // Somebody else may have moved it on meanwhile: then the form has nothing to send to.
  const shown = open.find(({ action }) => action === begun)?.action ?? null;

  return (
    <section aria-labelledby="actions" data-noprint>
      <Title order={2} size="h4" id="actions" mb="xs">
        {say('actions.title')}
      </Title>
      {open.length === 0 && <Text c="dimmed">{say('actions.none')}</Text>}
      <Group mb="md">
        {open.map(({ action }) => (
          <Button
            key={action}
            data-action={action}
            variant={shown === action ? 'filled' : 'default'}
            aria-expanded={shown === action}
            onClick={() => begin(shown === action ? null : action)}
          >
            {actionName(action, say)}
          </Button>
        ))}
      </Group>
      {shown !== null && (
        <Card withBorder mb="md">
          <Stack>
            <Title order={3} size="h5">
              {actionName(shown, say)}
            </Title>
            <ActionForm key={shown} action={shown} procedure={procedure} done={() => begin(null)} />
          </Stack>
        </Card>
      )}
      {closed.length > 0 && (
        <details>
          <summary>{say('actions.closed', { number: closed.length })}</summary>
          <List size="sm" mt="xs">
            {closed.map(({ action, unmet }) => (
              <List.Item key={action}>
                {actionName(action, say)}: {[...new Set(unmet)].map((code) => conditionName(code, say)).join('; ')}
              </List.Item>
            ))}
          </List>
        </details>
      )}
    </section>
  );
}
