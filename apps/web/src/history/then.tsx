import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageLink } from '../frame/link';
import { Facts } from '../procedure/facts';
import { Options } from '../procedure/options';
import { PartsList } from '../parts/parts-list';
import { pastText } from '../procedure/past-words';
import type { Procedure } from '../procedure/procedure-queries';
import { useWords } from '../words/words';
import classes from './history.module.css';
import { leftOut } from './history-search';
import type { HistorySearch } from './history-search';

interface Props {
  /** As it stood. */
  readonly procedure: Procedure;
  readonly asOf: string;
  readonly isPast: boolean;
  /** Who did what when that made it so. */
  readonly made: string;
  readonly search: HistorySearch;
}

/** The procedure as it stood, under a banner that it is the past. */
export function Then({ procedure, asOf, isPast, made, search }: Props): ReactNode {
  const words = useWords();
  const { say } = words;
  const { id, revision } = procedure;
  const present = leftOut(search, 'asOf');
  return (
    <section className={classes.then} data-past={isPast} aria-labelledby="then">
      <Title order={2} size="h4" id="then">
        {isPast ? pastText(asOf, revision, words) : say('history.isPresent', { revision })}
      </Title>
      <Text>{made}</Text>
      <Group my="sm" data-noprint>
        <PageLink to="/procedures/$id/history" params={{ id }} search={present}>
          {say('past.now')}
        </PageLink>
        {isPast && (
          <>
            <PageLink to="/procedures/$id/history" params={{ id }} search={{ ...present, from: revision }}>
              {say('history.compareWithNow')}
            </PageLink>
            <PageLink to="/procedures/$id" params={{ id }} search={{ asOf }}>
              {say('history.wholePage')}
            </PageLink>
          </>
        )}
      </Group>
      <Facts procedure={procedure} />
      <Title order={3} size="h5" mt="md" mb="xs">
        {say('parts.title')}
      </Title>
      <PartsList parts={procedure.parts} />
      <Options procedure={procedure.id} options={procedure.options} />
    </section>
  );
}
