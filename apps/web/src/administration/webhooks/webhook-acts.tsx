import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { client } from '../../api/client';
import type { components } from '../../api/schema';
import { ActButton } from '../../form/act-button';
import { ActDialog } from '../../form/acts';
import { ConfirmButton } from '../../form/confirm-button';
import { DateField } from '../../form/fields';
import { Dialog } from '../../frame/dialog';
import { useWords } from '../../words/words';
import { WebhookForm } from './webhook-form';
import { andRead } from './webhooks-queries';
import type { Webhook } from './webhooks-queries';

export type WebhookTest = components['schemas']['TestAnswer'];

interface Props {
  readonly webhook: Webhook;
  readonly tested: (test: WebhookTest | null) => void;
  /** @param secret Which is told now and never again */
  readonly rotated: (secret: string | null) => void;
  /** Whether its deliveries are shown. */
  readonly isOpen: boolean;
  readonly open: (isOpen: boolean) => void;
}

/** What is done to a webhook. */
export function WebhookActs({ webhook, tested, rotated, isOpen, open }: Props): ReactNode {
  const { say } = useWords();
  const { id, url, enabled } = webhook;
  const [begun, begin] = useState<'change' | 'replay' | null>(null);
  const to = { params: { path: { id } } };
  const end = (): void => begin(null);
  return (
    <Group gap="xs" align="start">
      <ActButton
        action="test"
        size="compact-sm"
        label={say('webhooks.testOf', { url })}
        act={async () => tested((await client.POST('/api/v1/webhooks/{id}/test', to)).data ?? null)}
      >
        {say('webhooks.test')}
      </ActButton>
      <Button
        size="compact-sm"
        variant={isOpen ? 'filled' : 'default'}
        aria-expanded={isOpen}
        aria-label={say('webhooks.deliveriesOf', { url })}
        onClick={() => open(!isOpen)}
      >
        {say('webhooks.deliveries')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        data-action="change"
        aria-haspopup="dialog"
        aria-label={say('webhooks.changeOf', { url })}
        onClick={() => begin('change')}
      >
        {say('webhooks.change')}
      </Button>
      {enabled ? (
        <>
          <Button
            size="compact-sm"
            variant="default"
            data-action="replay"
            aria-haspopup="dialog"
            aria-label={say('webhooks.replayOf', { url })}
            onClick={() => begin('replay')}
          >
            {say('webhooks.replay')}
          </Button>
          <ConfirmButton
            action="pause"
            name={say('webhooks.pause')}
            label={say('webhooks.pauseOf', { url })}
            what={say('webhooks.pauseWhat')}
            act={() => andRead(client.PATCH('/api/v1/webhooks/{id}', { ...to, body: { enabled: false } }))}
          />
        </>
      ) : (
        <ActButton
          action="enable"
          size="compact-sm"
          label={say('webhooks.enableOf', { url })}
          act={() => andRead(client.PATCH('/api/v1/webhooks/{id}', { ...to, body: { enabled: true } }))}
        >
          {say('webhooks.enable')}
        </ActButton>
      )}
      <ConfirmButton
        action="rotate-secret"
        name={say('webhooks.rotate')}
        label={say('webhooks.rotateOf', { url })}
        what={say('webhooks.rotateWhat')}
        act={async () => rotated((await client.POST('/api/v1/webhooks/{id}/rotate-secret', to)).data?.secret ?? null)}
      />
      <ConfirmButton
        action="delete"
        color="red"
        name={say('webhooks.delete')}
        label={say('webhooks.deleteOf', { url })}
        what={say('webhooks.deleteWhat')}
        act={() => {
          // What is gone has no deliveries to be read anew.
          open(false);
          return andRead(client.DELETE('/api/v1/webhooks/{id}', to));
        }}
      />
      <Dialog title={say('webhooks.changeOf', { url })} opened={begun === 'change'} close={end}>
        <WebhookForm
          label={say('webhooks.change')}
          webhook={webhook}
          cancel={end}
          send={async ({ description = null, ...content }) => {
            await andRead(client.PATCH('/api/v1/webhooks/{id}', { ...to, body: { ...content, description } }));
            end();
          }}
        />
      </Dialog>
      <ActDialog
        close={end}
        act={
          begun !== 'replay'
            ? null
            : {
                name: 'replay',
                title: say('webhooks.replay'),
                effect: say('webhooks.replayWhat', { url }),
                fields: <DateField name="since" label={say('webhooks.since')} />,
                send: ({ since }) =>
                  andRead(client.POST('/api/v1/webhooks/{id}/replay', { ...to, body: { since: beginOf(String(since)) } })),
              }
        }
      />
    </Group>
  );
}

/** The first moment of a day in Vietnam. @param date YYYY-MM-DD */
const beginOf = (date: string): string => `${date}T00:00:00+07:00`;
