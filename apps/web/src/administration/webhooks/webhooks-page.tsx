import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { client } from '../../api/client';
import type { components } from '../../api/schema';
import { ActButton } from '../../form/act-button';
import { ConfirmButton } from '../../form/confirm-button';
import { Moment } from '../../format/moment';
import { Page } from '../../frame/page';
import { StateMark } from '../../table/state-mark';
import { useWords } from '../../words/words';
import { Deliveries } from './deliveries';
import { NewWebhook, Secret } from './new-webhook';
import { useToldEventName } from './told-event-name';
import { andRead, webhooksQuery } from './webhooks-queries';
import type { Webhook } from './webhooks-queries';

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

type Test = components['schemas']['TestAnswer'];

function WebhookCard({ webhook }: { readonly webhook: Webhook }): ReactNode {
  const { say } = useWords();
  const nameOf = useToldEventName();
  const { id, url, description, events, enabled, disabledBecause, failingSince } = webhook;
  const [test, setTest] = useState<Test | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const to = { params: { path: { id } } };
  const because = disabledBecause === null ? null : say(disabledBecause === 'gone' ? 'webhooks.gone' : 'webhooks.failing');
  return (
    <Card withBorder component="article" data-webhook={id}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={2} size="h5" style={{ overflowWrap: 'anywhere' }}>
            {url}
          </Title>
          <StateMark weight={!enabled || failingSince !== null ? 'late' : 'plain'}>
            {say(!enabled ? 'webhooks.paused' : failingSince === null ? 'webhooks.on' : 'webhooks.fails')}
          </StateMark>
        </Group>
        {description !== null && <Text>{description}</Text>}
        <Text size="sm">
          {say('webhooks.told')} {events === 'all' ? say('webhooks.all') : events.map(nameOf).join(', ')}
        </Text>
        {because !== null && <Text size="sm">{because}</Text>}
        {failingSince !== null && (
          <Text size="sm">
            {say('webhooks.failingSince')} <Moment at={failingSince} />
          </Text>
        )}
        {test !== null && (
          <Text size="sm" role="status" data-test>
            {say(test.delivered ? 'webhooks.testGood' : 'webhooks.testBad', { ms: test.ms, why: test.error ?? String(test.status ?? '') })}
          </Text>
        )}
        {secret !== null && <Secret secret={secret} done={() => setSecret(null)} />}
        <Group gap="xs" align="start">
          <ActButton
            action="test"
            size="compact-sm"
            label={say('webhooks.testOf', { url })}
            act={async () => setTest((await client.POST('/api/v1/webhooks/{id}/test', to)).data ?? null)}
          >
            {say('webhooks.test')}
          </ActButton>
          <Button
            size="compact-sm"
            variant={isOpen ? 'filled' : 'default'}
            aria-expanded={isOpen}
            aria-label={say('webhooks.deliveriesOf', { url })}
            onClick={() => setOpen(!isOpen)}
          >
            {say('webhooks.deliveries')}
          </Button>
          <ActButton
            action={enabled ? 'pause' : 'enable'}
            size="compact-sm"
            label={say(enabled ? 'webhooks.pauseOf' : 'webhooks.enableOf', { url })}
            act={() => andRead(client.PATCH('/api/v1/webhooks/{id}', { ...to, body: { enabled: !enabled } }))}
          >
            {say(enabled ? 'webhooks.pause' : 'webhooks.enable')}
          </ActButton>
          <ConfirmButton
            action="rotate-secret"
            name={say('webhooks.rotate')}
            label={say('webhooks.rotateOf', { url })}
            what={say('webhooks.rotateWhat')}
            act={async () => setSecret((await client.POST('/api/v1/webhooks/{id}/rotate-secret', to)).data?.secret ?? null)}
          />
          <ConfirmButton
            action="delete"
            color="red"
            name={say('webhooks.delete')}
            label={say('webhooks.deleteOf', { url })}
            what={say('webhooks.deleteWhat')}
            act={() => andRead(client.DELETE('/api/v1/webhooks/{id}', to))}
          />
        </Group>
        {isOpen && <Deliveries webhook={id} />}
      </Stack>
    </Card>
  );
}
