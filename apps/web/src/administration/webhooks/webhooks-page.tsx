import { Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Page } from '../../frame/page';
import { useWords } from '../../words/words';
import { NewWebhook } from './new-webhook';
import { WebhookCard } from './webhook-card';
import { webhooksQuery } from './webhooks-queries';

/** Addresses that are told what happens. */
export function WebhooksPage(): ReactNode {
  const { say } = useWords();
  const { items } = useSuspenseQuery(webhooksQuery()).data;
  return (
    <Page title={say('webhooks.title')}>
      <Text mb="md">{say('webhooks.what')}</Text>
      <NewWebhook />
      {items.length === 0 && (
        <Text fw={600} ta="center" py="xl">
          {say('webhooks.none')}
        </Text>
      )}
      <Stack>
        {items.map((webhook) => (
          <WebhookCard key={webhook.id} webhook={webhook} />
        ))}
      </Stack>
    </Page>
  );
}
