import { Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, client } from '../../api/client';
import { ActButton } from '../../form/act-button';
import { Moment } from '../../format/moment';
import { NotHad } from '../../frame/not-had';
import { UnderWay } from '../../frame/under-way';
import { StateMark } from '../../table/state-mark';
import type { Weight } from '../../table/state-mark';
import { Titles } from '../../table/titles';
import { Wide } from '../../table/wide';
import type { Word } from '../../words/words';
import { useWords } from '../../words/words';
import { toldEventName } from './told-event-name';
import { andRead } from './webhooks-queries';
import type { Delivery } from './webhooks-queries';

const stateWords = {
  pending: 'webhooks.pending',
  delivered: 'webhooks.delivered',
  failed: 'webhooks.failed',
} as const satisfies Record<Delivery['state'], Word>;
const weights: Readonly<Record<Delivery['state'], Weight>> = { pending: 'soon', delivered: 'plain', failed: 'late' };
const everyMs = 5_000;

/** The newest messages of a webhook with what came of each attempt. @param webhook Its id */
export function Deliveries({ webhook }: { readonly webhook: string }): ReactNode {
  const { say } = useWords();
  const nameOf = (type: string): string => toldEventName(type, say);
  const found = useQuery({
    ...api.queryOptions('get', '/api/v1/webhooks/{id}/deliveries', { params: { path: { id: webhook }, query: { limit: 50 } } }),
    refetchInterval: everyMs,
  });
  if (found.error) return <NotHad error={found.error} again={() => void found.refetch()} />;
  if (!found.data) return <UnderWay />;
  if (found.data.items.length === 0) return <Text>{say('webhooks.noDeliveries')}</Text>;
  return (
    <Wide label={say('webhooks.deliveries')}>
      <Table miw={680}>
        <Titles of={[say('webhooks.event'), say('webhooks.attempts'), say('processors.state'), say('processors.acts')]} />
        <Table.Tbody>
          {found.data.items.map(({ id, type, position, state, attempts, nextAttemptAt }) => (
            <Table.Tr key={id} data-delivery={id}>
              <Table.Th scope="row">
                {nameOf(type)}
                <Text size="xs" c="dimmed">
                  {position}
                </Text>
              </Table.Th>
              <Table.Td>
                <Stack gap={2}>
                  {attempts.map(({ at, status, ms, error }) => (
                    <Text key={at} size="sm">
                      <Moment at={at} /> · {say('webhooks.answer', { status: status ?? '–', ms })} {error}
                    </Text>
                  ))}
                  {nextAttemptAt !== null && (
                    <Text size="sm" c="dimmed">
                      {say('webhooks.next')} <Moment at={nextAttemptAt} />
                    </Text>
                  )}
                </Stack>
              </Table.Td>
              <Table.Td>
                <StateMark weight={weights[state]}>{say(stateWords[state])}</StateMark>
              </Table.Td>
              <Table.Td>
                <ActButton
                  action="resend"
                  size="compact-sm"
                  label={say('webhooks.resendOf', { what: nameOf(type), position })}
                  act={() =>
                    andRead(
                      client.POST('/api/v1/webhooks/{id}/deliveries/{message}/retry', { params: { path: { id: webhook, message: id } } }),
                    )
                  }
                >
                  {say('webhooks.resend')}
                </ActButton>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}
