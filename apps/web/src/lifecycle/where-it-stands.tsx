import { Grid, List, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense, lazy, useMemo } from 'react';
import type { ReactNode } from 'react';
import { dateText } from '../format/format';
import { NotHad } from '../frame/not-had';
import { eventName } from '../words/codes';
import { useWords } from '../words/words';
import { anyOpen, readLifecycle, stepsFrom } from './lifecycle';
import { LifecycleList } from './lifecycle-list';
import { definitionQuery, loadPicture, wayQuery } from './lifecycle-queries';
import { stageTitle, stepTitle } from './titles';
import { wayOf } from './way';

const Picture = lazy(async () => ({ default: (await loadPicture()).LifecyclePicture }));

interface Props {
  readonly procedure: {
    readonly id: string;
    readonly stage: string;
    readonly suspended: boolean;
    readonly revision: number;
    readonly definition: { readonly id: string; readonly version: number };
    readonly allowed: readonly { readonly action: string; readonly unmet: readonly string[] }[];
  };
}

/** The lifecycle of a procedure: how it came, where it stands and what is next, as a picture and in words. */
export function WhereItStands({ procedure }: Props): ReactNode {
  const words = useWords();
  const { say } = words;
  const { id, stage, suspended, revision, definition: kept, allowed } = procedure;
  const definition = useQuery({ ...definitionQuery(kept.id, kept.version), staleTime: Infinity });
  const records = useQuery(wayQuery(id));
  const lifecycle = useMemo(() => readLifecycle(definition.data), [definition.data]);
  const way = useMemo(() => wayOf(records.data?.items ?? [], revision), [records.data, revision]);
  const standing = useMemo(() => ({ stage, path: way.map((arrival) => arrival.stage) }), [stage, way]);
  const mayNow = new Set(allowed.filter(({ unmet }) => unmet.length === 0).map(({ action }) => action));
  // What may begin in any open stage asks more than a stage: abolishing, that it was published.
  const next = stepsFrom(lifecycle, stage).filter(({ from, action }) => from !== anyOpen || allowed.some((one) => one.action === action));
  const here = stageTitle(lifecycle, stage, words);
  const failed = definition.error ?? records.error;
  const again = (): void => {
    void definition.refetch();
    void records.refetch();
  };

  return (
    <section aria-labelledby="lifecycle">
      <Title order={2} size="h4" id="lifecycle" mt="xl" mb="xs">
        {say('lifecycle.title')}
      </Title>
      {failed && <NotHad error={failed} again={again} />}
      {!failed && !(definition.data && records.data) && <Skeleton height={320} />}
      {definition.data && records.data && (
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, md: 7 }}>
            <Suspense fallback={<Skeleton height={320} />}>
              <Picture lifecycle={lifecycle} standing={standing} label={say('lifecycle.pictureAt', { stage: here })} />
            </Suspense>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 5 }}>
            <Title order={3} size="h5">
              {say('lifecycle.came')}
            </Title>
            <List type="ordered" size="sm" mb="md">
              {way.map((arrival, index) => (
                <List.Item key={index} aria-current={index === way.length - 1 ? 'step' : undefined}>
                  <Text span size="sm" fw={index === way.length - 1 ? 600 : 400}>
                    {stageTitle(lifecycle, arrival.stage, words)}
                  </Text>{' '}
                  <Text span size="sm" c="dimmed">
                    {eventName(arrival.by, say)}, {dateText(arrival.at)}
                  </Text>
                </List.Item>
              ))}
            </List>
            <Title order={3} size="h5">
              {say('lifecycle.next')}
            </Title>
            {suspended && <Text size="sm">{say('lifecycle.suspended')}</Text>}
            {next.length === 0 && <Text size="sm">{say('lifecycle.nothingNext')}</Text>}
            <List size="sm" mb="md">
              {next.map((step) => (
                <List.Item key={`${step.action} ${step.to} ${step.when ?? ''}`}>
                  {stepTitle(step, words)} → {stageTitle(lifecycle, step.to, words)}
                  {mayNow.has(step.action) && (
                    <Text span size="sm" fw={600} data-noprint>
                      {` (${say('lifecycle.youMay')})`}
                    </Text>
                  )}
                </List.Item>
              ))}
            </List>
            <details data-noprint>
              <summary>{say('lifecycle.inWords')}</summary>
              <LifecycleList lifecycle={lifecycle} />
            </details>
          </Grid.Col>
        </Grid>
      )}
    </section>
  );
}
