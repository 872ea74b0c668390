import { Alert, Button, Card, Code, MultiSelect, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { client } from '../../api/client';
import { CommandForm } from '../../form/command-form';
import { TextField } from '../../form/text-field';
import { useToldEventName } from './told-event-name';
import { eventsOf, toldEvents } from './event-choice';
import { useWords } from '../../words/words';
import { andRead } from './webhooks-queries';

/** Makes a webhook, and shows its secret, once. */
export function NewWebhook(): ReactNode {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Stack mb="md" align="start">
      {secret !== null && <Secret secret={secret} done={() => setSecret(null)} />}
      <Button data-action="make-webhook" aria-expanded={isOpen} variant={isOpen ? 'filled' : 'default'} onClick={() => setOpen(!isOpen)}>
        {say('webhooks.make')}
      </Button>
      {isOpen && (
        <Card withBorder w="100%">
          <NewForm
            cancel={() => setOpen(false)}
            made={(fresh) => {
              setSecret(fresh);
              setOpen(false);
            }}
          />
        </Card>
      )}
    </Stack>
  );
}

interface FormProps {
  readonly cancel: () => void;
  /** @param secret Which is told now and never again */
  readonly made: (secret: string) => void;
}

function NewForm({ cancel, made }: FormProps): ReactNode {
  const { say } = useWords();
  const nameOf = useToldEventName();
  const [events, setEvents] = useState<string[]>([]);
  const send = async (typed: Readonly<Record<string, unknown>>, key: string): Promise<void> => {
    const { url = '', description } = typed as { readonly url?: string; readonly description?: string };
    const body = { url, ...(description !== undefined && { description }), events: eventsOf(events) };
    const { data } = await andRead(client.POST('/api/v1/webhooks', { body, params: { header: { 'Idempotency-Key': key } } }));
    if (data) made(data.secret);
  };
  return (
    <CommandForm label={say('webhooks.make')} submit={say('webhooks.make')} send={send} cancel={cancel}>
      <TextField name="url" label={say('webhooks.url')} help={say('webhooks.urlHelp')} />
      <TextField name="description" label={say('webhooks.description')} optional />
      <MultiSelect
        label={say('webhooks.events')}
        description={say('webhooks.eventsHelp')}
        data={toldEvents.map((value) => ({ value, label: nameOf(value) }))}
        value={events}
        onChange={setEvents}
        searchable
        comboboxProps={{ keepMounted: false }}
      />
    </CommandForm>
  );
}

/** What messages are signed with. */
export function Secret({ secret, done }: { readonly secret: string; readonly done: () => void }): ReactNode {
  const { say } = useWords();
  return (
    <Alert role="status" color="green" variant="light" w="100%">
      <Stack gap="xs" align="start">
        <Title order={2} size="h5">
          {say('webhooks.secret')}
        </Title>
        <Text size="sm">{say('webhooks.secretWhat')}</Text>
        <Code data-secret>{secret}</Code>
        <Button size="compact-sm" variant="default" onClick={done}>
          {say('webhooks.secretKept')}
        </Button>
      </Stack>
    </Alert>
  );
}
