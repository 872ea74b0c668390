import { Group, Progress, Stack, Table, Text } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { client, readAnew } from '../../api/client';
import { ActButton } from '../../form/act-button';
import { ConfirmButton } from '../../form/confirm-button';
import { numberText } from '../../format/format';
import { PageLink } from '../../frame/link';
import { Page } from '../../frame/page';
import { StateMark } from '../../table/state-mark';
import type { Weight } from '../../table/state-mark';
import { Titles } from '../../table/titles';
import { Wide } from '../../table/wide';
import type { Word } from '../../words/words';
import { useWords } from '../../words/words';
import { deadLettersQuery } from '../dead-letters/dead-letters-query';
import { processorsQuery } from './processors-query';
import type { Processor } from './processors-query';

type State = Processor['state'];

const stateWords = {
  live: 'processors.live',
  'catching-up': 'processors.catchingUp',
  rebuilding: 'processors.rebuilding',
  paused: 'processors.paused',
  failed: 'processors.failed',
} as const satisfies Record<State, Word>;
const weights: Readonly<Record<State, Weight>> = {
  live: 'plain',
  'catching-up': 'soon',
  rebuilding: 'soon',
  paused: 'soon',
  failed: 'late',
};

/** What follows the log, how far each is, and what an operator can do with it. */
export function ProcessorsPage(): ReactNode {
  const { say, language } = useWords();
  const { data } = useSuspenseQuery(processorsQuery());
  const letters = useQuery(deadLettersQuery()).data?.items.filter(({ status }) => status !== 'discarded') ?? [];
  return (
    <Page title={say('processors.title')}>
      <Wide label={say('processors.title')}>
        <Table miw={820}>
          <Titles
            of={[
              say('processors.name'),
              say('processors.position'),
              say('processors.lag'),
              say('processors.state'),
              say('processors.acts'),
            ]}
          />
          <Table.Tbody>
            {data.map((processor) => (
              <Table.Tr key={processor.name} data-processor={processor.name}>
                <Table.Th scope="row">
                  {processor.name}
                  <Text size="xs" c="dimmed">
                    {say(processor.kind === 'view' ? 'processors.view' : 'processors.reaction', { version: processor.version })}
                  </Text>
                </Table.Th>
                <Table.Td>{processor.position}</Table.Td>
                <Table.Td>
                  {processor.lagEvents === null ? say('processors.unknown') : numberText(processor.lagEvents, language)}
                  {processor.lagMs > 0 && (
                    <Text size="xs" c="dimmed">
                      {say('processors.lagSeconds', { seconds: numberText(Math.ceil(processor.lagMs / 1_000), language) })}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <StateOf processor={processor} letters={letters.filter((one) => one.processor === processor.name).length} />
                </Table.Td>
                <Table.Td>
                  <Acts processor={processor} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </Page>
  );
}

interface StateProps {
  readonly processor: Processor;
  /** How many events are not in it. */
  readonly letters: number;
}

function StateOf({ processor: { name, state, error, unhealthy, rebuild }, letters }: StateProps): ReactNode {
  const { say, language } = useWords();
  const done = rebuild?.head ? Math.min(100, Math.floor((Number(rebuild.position) / Math.max(1, Number(rebuild.head))) * 100)) : null;
  return (
    <Stack gap={4} align="start" maw={360}>
      <StateMark weight={weights[state]}>{say(stateWords[state])}</StateMark>
      {done !== null && (
        <>
          <Progress.Root w={160}>
            <Progress.Section value={done} aria-label={say('processors.progress', { name })} />
          </Progress.Root>
          <Text size="xs">{say('processors.done', { percent: done })}</Text>
        </>
      )}
      {letters > 0 && (
        <PageLink to="/administration/dead-letters">{say('processors.letters', { count: numberText(letters, language) })}</PageLink>
      )}
      {unhealthy !== undefined && <Text size="sm">{unhealthy}</Text>}
      {error !== undefined && error !== unhealthy && <Text size="sm">{error}</Text>}
    </Stack>
  );
}

function Acts({ processor: { name, kind, state } }: { readonly processor: Processor }): ReactNode {
  const { say } = useWords();
  const to = { params: { path: { name } } };
  const then = (order: Promise<unknown>): Promise<void> =>
    order.then(() => readAnew(({ queryKey }) => queryKey[1] === '/api/v1/processors'));
  return (
    <Group gap="xs" align="start">
      {kind === 'view' && state !== 'rebuilding' && (
        <ConfirmButton
          action="rebuild"
          name={say('processors.rebuild')}
          label={say('processors.rebuildOf', { name })}
          what={say('processors.rebuildWhat')}
          act={() => then(client.POST('/api/v1/processors/{name}/rebuild', to))}
        />
      )}
      {state === 'rebuilding' && (
        <ActButton
          action="cancel-rebuild"
          size="compact-sm"
          label={say('processors.cancelOf', { name })}
          act={() => then(client.POST('/api/v1/processors/{name}/rebuild/cancel', to))}
        >
          {say('processors.cancel')}
        </ActButton>
      )}
      {state === 'paused' ? (
        <ActButton
          action="resume"
          size="compact-sm"
          label={say('processors.resumeOf', { name })}
          act={() => then(client.POST('/api/v1/processors/{name}/resume', to))}
        >
          {say('processors.resume')}
        </ActButton>
      ) : (
        <ConfirmButton
          action="pause"
          name={say('processors.pause')}
          label={say('processors.pauseOf', { name })}
          what={say('processors.pauseWhat')}
          act={() => then(client.POST('/api/v1/processors/{name}/pause', to))}
        />
      )}
      {state !== 'paused' && (
        <ConfirmButton
          action="takeover"
          name={say('processors.takeover')}
          label={say('processors.takeoverOf', { name })}
          what={say('processors.takeoverWhat')}
          act={() => then(client.POST('/api/v1/processors/{name}/takeover', to))}
        />
      )}
    </Group>
  );
}
