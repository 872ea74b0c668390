import { Card, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { dateText } from '../format/format';
import { useWords } from '../words/words';
import type { Board } from './boards-queries';

/** When a board met, who was there and what it concluded, the newest first. What asks something of a unit stands among the recommendations. */
export function MeetingsList({ of: { meetings, recommendations } }: { readonly of: Board }): ReactNode {
  const { say } = useWords();
  if (meetings.length === 0) return <Text>{say('boards.noMeetings')}</Text>;
  return (
    <Stack gap="sm">
      {meetings.map(({ id, title, date, place, present, conclusions }) => {
        const asked = recommendations.filter(({ meeting }) => meeting === id);
        const said = [...conclusions, ...asked];
        return (
          <Card withBorder key={id} component="article" data-meeting={id}>
            <Text fw={500}>{title}</Text>
            <Text size="sm" c="dimmed">
              {place === null ? dateText(date) : say('boards.dayAndPlace', { date: dateText(date), place })}
            </Text>
            <Text size="sm" mt="xs">
              {say('boards.presentWere', { names: present.map(({ name }) => name ?? say('boards.erased')).join(', ') })}
            </Text>
            {said.length > 0 && (
              <ul>
                {said.map((one) => (
                  <li key={one.id}>
                    <Text style={{ whiteSpace: 'pre-wrap' }}>{one.text}</Text>
                  </li>
                ))}
              </ul>
            )}
          </Card>
        );
      })}
    </Stack>
  );
}
