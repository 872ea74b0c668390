import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useIsHere } from '../../frame/here';
import { useWords } from '../../words/words';
import { actionName } from '../../words/codes';
import { may } from '../may';
import type { Procedure } from '../procedure-queries';
import { ActionForm } from './action-form';
import { AmendPartsForm } from './amend-parts';
import { ClosedActions } from './closed-actions';

interface Props {
  readonly procedure: Procedure;
}

/** What may be done now, and why the rest may not. The form that is open stands in the address. */
export function Actions({ procedure }: Props): ReactNode {
  const { say } = useWords();
  const { do: begun } = useSearch({ from: '/_signed-in/procedures/$id/' });
  const navigate = useNavigate({ from: '/procedures/$id/' });
  const isHere = useIsHere();
  const [done, tell] = useState('');
  const mayAmend = may(procedure, 'amend-parts');
  const open = procedure.allowed.filter(({ unmet }) => unmet.length === 0);
  const offered = [
    ...open.filter(({ isWork }) => isWork).map(({ action }) => action),
    ...(mayAmend ? ['amend-parts'] : []),
    ...open.filter(({ isWork }) => !isWork).map(({ action }) => action),
  ];
  // Whoever filled a form keeps it, also where somebody else has moved the procedure on meanwhile.
  const [wasOffered, offer] = useState<string | null>(null);
  const shown = begun !== undefined && (offered.includes(begun) || wasOffered === begun) ? begun : null;
  if (shown !== null && shown !== wasOffered) offer(shown);

  const begin = (action: string | null): void => {
    tell('');
    void navigate({
      search: (search) => ({ ...search, do: action ?? undefined }),
      replace: true,
      resetScroll: false,
    });
  };
  const end = (message = ''): void => {
    if (!isHere()) return;
    offer(null);
    begin(null);
    tell(message);
  };
  const form = { procedure, cancel: () => end() };

  return (
    <section aria-labelledby="actions" data-noprint>
      <Title order={2} size="h4" id="actions" mb="xs">
        {say('actions.title')}
      </Title>
      <Text role="status" fw={600}>
        {done}
      </Text>
      {offered.length === 0 && <Text c="dimmed">{say('actions.none')}</Text>}
      <Group mb="md">
        {offered.map((action) => (
          <Button
            key={action}
            data-action={action}
            variant={shown === action ? 'filled' : open.some((one) => one.action === action && one.isWork) ? 'light' : 'default'}
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
              <AmendPartsForm {...form} done={() => end(say('actions.done', { action: actionName(shown, say) }))} />
            ) : (
              <ActionForm key={shown} action={shown} {...form} done={() => end(say('actions.done', { action: actionName(shown, say) }))} />
            )}
          </Stack>
        </Card>
      )}
      <ClosedActions procedure={procedure} mayAmend={mayAmend} />
    </section>
  );
}
