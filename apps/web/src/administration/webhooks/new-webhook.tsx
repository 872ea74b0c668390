import { Button, Card, Stack } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { client } from '../../api/client';
import { SecretShown } from '../../form/secret-shown';
import { useWords } from '../../words/words';
import { WebhookForm } from './webhook-form';
import type { WebhookContent } from './webhook-form';
import { andRead } from './webhooks-queries';

/** Makes a webhook, and shows its secret, once. */
export function NewWebhook(): ReactNode {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const make = async (body: WebhookContent, key: string): Promise<void> => {
    const { data } = await andRead(client.POST('/api/v1/webhooks', { body, params: { header: { 'Idempotency-Key': key } } }));
    if (data) setSecret(data.secret);
    setOpen(false);
  };
  return (
    <Stack mb="md" align="start">
      {secret !== null && (
        <SecretShown title={say('webhooks.secret')} what={say('webhooks.secretWhat')} secret={secret} close={() => setSecret(null)} />
      )}
      <Button data-action="make-webhook" aria-expanded={isOpen} variant={isOpen ? 'filled' : 'default'} onClick={() => setOpen(!isOpen)}>
        {say('webhooks.make')}
      </Button>
      {isOpen && (
        <Card withBorder w="100%">
          <WebhookForm label={say('webhooks.make')} send={make} cancel={() => setOpen(false)} />
        </Card>
      )}
    </Stack>
  );
}
