import { Table, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { client, queries } from '../api/client';
import { sessions } from '../api/session';
import { ActButton } from '../form/act-button';
import { momentText } from '../format/format';
import { Moment } from '../format/moment';
import { Titles } from '../table/titles';
import { useWords } from '../words/words';
import { sessionsQuery } from './account-queries';

/** Where the person is signed in; one or all can be ended. */
export function OpenSessions(): ReactNode {
  const { say, language } = useWords();
  const { data } = useSuspenseQuery(sessionsQuery());
  const end = async (id: string): Promise<void> => {
    await client.POST('/api/v1/auth/sessions/{id}/logout', { params: { path: { id } } });
    await queries.invalidateQueries();
  };
  return (
    <section aria-labelledby="sessions">
      <Title order={2} size="h4" id="sessions" mt="xl" mb="xs">
        {say('account.sessions')}
      </Title>
      <Table.ScrollContainer minWidth={420} type="native">
        <Table aria-labelledby="sessions">
          <Titles of={[say('account.started'), say('account.renewed'), say('account.end')]} />
          <Table.Tbody>
            {data.items.map(({ id, startedAt, refreshedAt, current }) => (
              <Table.Tr key={id}>
                <Table.Td>
                  <Moment at={startedAt} />
                </Table.Td>
                <Table.Td>
                  <Moment at={refreshedAt} />
                </Table.Td>
                <Table.Td>
                  {current ? (
                    say('account.thisOne')
                  ) : (
                    <ActButton
                      act={() => end(id)}
                      size="compact-sm"
                      label={say('account.endOne', { moment: momentText(startedAt, language) })}
                    >
                      {say('account.end')}
                    </ActButton>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <ActButton act={() => sessions.end('everywhere')}>{say('account.endAll')}</ActButton>
    </section>
  );
}
