import { MultiSelect } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { CommandForm } from '../../form/command-form';
import { TextField } from '../../form/text-field';
import { useWords } from '../../words/words';
import { eventsOf, toldEvents } from './event-choice';
import { toldEventName } from './told-event-name';
import type { Webhook, WebhookEvents } from './webhooks-queries';

/** What a webhook is made of. */
export interface WebhookContent {
  readonly url: string;
  readonly description?: string;
  readonly events: WebhookEvents;
}

interface Props {
  readonly label: string;
  /** What it begins with. (Default: nothing) */
  readonly webhook?: Webhook;
  readonly send: (content: WebhookContent, key: string) => Promise<void>;
  readonly cancel: () => void;
}

/** Where a webhook leads, and what it is told. */
export function WebhookForm({ label, webhook, send, cancel }: Props): ReactNode {
  const { say } = useWords();
  const nameOf = (type: string): string => toldEventName(type, say);
  const [events, setEvents] = useState<string[]>(webhook && webhook.events !== 'all' ? webhook.events : []);
  const sendIt = (typed: Readonly<Record<string, unknown>>, key: string): Promise<void> => {
    const { url = '', description } = typed as { readonly url?: string; readonly description?: string };
    return send({ url, ...(description !== undefined && { description }), events: eventsOf(events) }, key);
  };
  return (
    <CommandForm label={label} submit={label} send={sendIt} cancel={cancel}>
      <TextField name="url" label={say('webhooks.url')} help={say('webhooks.urlHelp')} {...(webhook && { defaultValue: webhook.url })} />
      <TextField
        name="description"
        label={say('webhooks.description')}
        optional
        {...(webhook && webhook.description !== null && { defaultValue: webhook.description })}
      />
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
