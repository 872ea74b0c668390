import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { SecretShown } from '../../form/secret-shown';
import { Moment } from '../../format/moment';
import { StateMark } from '../../table/state-mark';
import { useWords } from '../../words/words';
import { Deliveries } from './deliveries';
import { toldEventName } from './told-event-name';
import { WebhookActs } from './webhook-acts';
import type { WebhookTest } from './webhook-acts';
import type { Webhook } from './webhooks-queries';

/** One webhook: whom it tells what, whether it gets through, and what is done to it. */
export function WebhookCard({ webhook }: { readonly webhook: Webhook }): ReactNode {
  const { say } = useWords();
  const nameOf = (type: string): string => toldEventName(type, say);
  const { id, url, description, events, enabled, disabledBecause, failingSince } = webhook;
  const [test, setTest] = useState<WebhookTest | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
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
            {say(test.delivered ? 'webhooks.testGood' : 'webhooks.testBad', {
              ms: test.ms,
              why: [test.status, test.error].filter((one) => one !== null).join(' '),
            })}
          </Text>
        )}
        {secret !== null && (
          <SecretShown title={say('webhooks.secret')} what={say('webhooks.secretWhat')} secret={secret} close={() => setSecret(null)} />
        )}
        <WebhookActs webhook={webhook} tested={setTest} rotated={setSecret} isOpen={isOpen} open={setOpen} />
        {isOpen && <Deliveries webhook={id} />}
      </Stack>
    </Card>
  );
}
