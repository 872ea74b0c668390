import { Stack, Text, Timeline } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { momentText, numberText } from '../format/format';
import { PageLink } from '../frame/link';
import { NotHad } from '../frame/not-had';
import { More } from '../table/more';
import { Why } from '../why/why';
import { useWords } from '../words/words';
import { useActorText } from '../frame/actor-text';
import { EntryItem, titleOf } from './entry-item';
import { holdsWords } from './entry-facts';
import type { History } from './history-queries';
import type { HistorySearch } from './history-search';

const step = 50;

interface Props {
  readonly procedure: string;
  readonly history: History;
  readonly search: HistorySearch;
  /** Revision that the page shows; null for the present. */
  readonly shown: number | null;
}

/** The records that are asked for, the newest first, with how many there are and how far it was looked. */
export function Entries({ procedure, history, search, shown }: Props): ReactNode {
  const { say, language } = useWords();
  const actorText = useActorText();
  const [most, setMost] = useState(step);
  if (history.error && history.entries.length === 0) return <NotHad error={history.error} again={history.again} />;
  const { q } = search;
  const found = history.entries.filter(
    (entry) =>
      q === undefined || holdsWords(q, `${titleOf(entry, say)} ${actorText(entry.actor)} ${momentText(entry.recordedAt, language)}`, entry),
  );
  const number = numberText(found.length, language);
  return (
    <>
      <Text mb="sm" aria-live="polite">
        {history.isWhole ? say('history.found', { number }) : say('history.foundSoFar', { number })}
      </Text>
      {history.isWhole && found.length === 0 && <Text c="dimmed">{say('history.noneWhat')}</Text>}
      <Timeline bulletSize={16} lineWidth={2}>
        {found.slice(0, most).map((entry) => (
          <Timeline.Item
            key={`${entry.position} ${entry.type}`}
            data-event={entry.type}
            color={entry.type === 'CommandRefused' ? 'red' : 'brand'}
            {...(entry.revision === shown && entry.type !== 'CommandRefused' && { 'aria-current': 'true' as const })}
          >
            <Stack gap={4}>
              <EntryItem procedure={procedure} entry={entry} />
              {entry.type === 'CommandRefused' ? (
                <Why of={{ refusal: entry.position }} />
              ) : (
                entry.revision !== null && <Why of={{ procedure, revision: entry.revision }} />
              )}
              {entry.revision !== null && entry.type !== 'CommandRefused' && (
                <PageLink
                  size="sm"
                  to="/procedures/$id/history"
                  params={{ id: procedure }}
                  search={{ ...search, asOf: String(entry.revision) }}
                  data-noprint
                >
                  {say('history.then', { revision: entry.revision })}
                </PageLink>
              )}
            </Stack>
          </Timeline.Item>
        ))}
      </Timeline>
      <More
        isOpen={found.length > most || !history.isWhole}
        isWaiting={history.isMore}
        next={() => {
          setMost(most + step);
          if (found.length <= most) history.next();
        }}
      />
    </>
  );
}
