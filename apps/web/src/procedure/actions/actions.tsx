import { Button, Card, Group, List, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words';
import { actionName, conditionName } from '../../words/codes';
import type { Procedure } from '../procedure-queries';
import { ActionForm } from './action-form';
import { AmendPartsForm } from './amend-parts';
import { mayAmendParts } from './may-amend';

interface Props {
  readonly procedure: Procedure;
  /** Person id: for whom, under a delegation; nothing for oneself. */
  readonly actingFor: string | undefined;
}

/** What may be done now, and why the rest may not. */
export function Actions({ procedure, actingFor }: Props): ReactNode {
  const { say } = useWords();
  const [begun, begin] = useState<string | null>(null);
  const open = [
    ...(mayAmendParts(procedure) ? ['amend-parts'] : []),
    ...procedure.allowed.filter(({ unmet }) => unmet.length === 0).map(({ action }) => action),
  ];
  const closed = procedure.allowed.filter(({ unmet }) => unmet.length > 0);
  // Somebody else may have moved it on meanwhile: then the form has nothing to send to.
  const shown = open.find((action) => action === begun) ?? null;

  return (
    <section aria-labelledby="actions" data-noprint>
      <Title order={2} size="h4" id="actions" mb="xs">
        {say('actions.title')}
      </Title>
      {open.length === 0 && <Text c="dimmed">{say('actions.none')}</Text>}
      <Group mb="md">
        {open.map((action) => (
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
            {shown === 'amend-parts' ? (
              <AmendPartsForm procedure={procedure} actingFor={actingFor} done={() => begin(null)} />
            ) : (
              <ActionForm key={shown} action={shown} procedure={procedure} actingFor={actingFor} done={() => begin(null)} />
            )}
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
