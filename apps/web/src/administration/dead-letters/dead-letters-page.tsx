import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../api/client';
import { ActButton } from '../../form/act-button';
import { ConfirmButton } from '../../form/confirm-button';
import { Moment } from '../../format/moment';
import { PageLink } from '../../frame/link';
import { Page } from '../../frame/page';
import { StateMark } from '../../table/state-mark';
import type { Weight } from '../../table/state-mark';
import type { Word } from '../../words/words';
import { useWords } from '../../words/words';
import { deadLettersQuery } from './dead-letters-query';
import type { Letter } from './dead-letters-query';

type Status = Letter['status'];

const statusWords = {
  dead: 'deadLetters.dead',
  parked: 'deadLetters.parked',
  discarded: 'deadLetters.discarded',
} as const satisfies Record<Status, Word>;
const weights: Readonly<Record<Status, Weight>> = { dead: 'late', parked: 'soon', discarded: 'plain' };
/** Events that a view could not take, and what is done about them. */
export function DeadLettersPage(): ReactNode {
  const { say } = useWords();
  const { items } = useSuspenseQuery(deadLettersQuery()).data;
  return (
    <Page title={say('deadLetters.title')}>
      <Text mb="md">{say('deadLetters.what')}</Text>
      {items.length === 0 && (
        <Text fw={600} ta="center" py="xl">
          {say('deadLetters.none')}
        </Text>
      )}
      <Stack>
        {items.map((letter) => (
          <LetterCard key={`${letter.processor} ${letter.eventId}`} letter={letter} />
        ))}
      </Stack>
    </Page>
  );
}

function LetterCard({ letter }: { readonly letter: Letter }): ReactNode {
  const { say } = useWords();
  const { processor, stream, position, revision, eventId, error, at, status } = letter;
  const procedure = /^procedure-(.*)$/.exec(stream)?.[1];
  const [isAsked, setAsked] = useState(false);
  const order = (what: 'retry' | 'discard', body: object) => async () => {
    await command('POST', `/api/v1/dead-letters/${what}`, body, { key: crypto.randomUUID() });
    setAsked(what === 'retry');
  };
  return (
    <Card withBorder component="article" data-dead-letter={eventId}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={2} size="h5">
            {say('deadLetters.of', { processor, position })}
          </Title>
          <StateMark weight={weights[status]}>{say(statusWords[status])}</StateMark>
        </Group>
        <Text size="sm">
          {procedure === undefined ? (
            stream
          ) : (
            <PageLink to="/procedures/$id/history" params={{ id: procedure }} inherit underline="always">
              {stream}
            </PageLink>
          )}
          {` · ${say('deadLetters.revision', { revision })} · ${eventId} · `}
          <Moment at={at} />
        </Text>
        {error !== null && (
          <Text size="sm" ff="monospace">
            {error}
          </Text>
        )}
        <Text size="sm" role="status">
          {isAsked && say('deadLetters.asked')}
        </Text>
        {status !== 'discarded' && (
          <Group gap="xs" align="start">
            <ActButton
              action="retry"
              size="compact-sm"
              label={say('deadLetters.retryOf', { stream, processor })}
              act={order('retry', { processor, stream })}
            >
              {say('deadLetters.retry')}
            </ActButton>
            {status === 'dead' && (
              <ConfirmButton
                action="discard"
                color="red"
                name={say('deadLetters.discard')}
                label={say('deadLetters.discardOf', { position, processor })}
                what={say('deadLetters.discardWhat', { processor })}
                act={order('discard', { processor, stream, position })}
              />
            )}
          </Group>
        )}
      </Stack>
    </Card>
  );
}
