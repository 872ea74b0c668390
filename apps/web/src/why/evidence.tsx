import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { momentText } from '../format/format';
import { PageLink } from '../frame/link';
import { useWords } from '../words/words';
import { typeName } from './event-words';
import type { Rule } from './why-query';

const procedure = /^procedure-([0-9a-f-]{36})$/;

/** The events that made a fact so; those of a procedure lead to how it stood then. */
export function Evidence({ events }: { readonly events: Rule['because']['events'] }): ReactNode {
  const { say, language } = useWords();
  return events.map(({ stream, revision, position, type, recordedAt }) => {
    const id = procedure.exec(stream)?.[1];
    const name = say('why.event', { name: typeName(type, say), at: momentText(recordedAt, language) });
    return (
      <Text key={position} size="sm">
        {id === undefined ? (
          name
        ) : (
          <PageLink to="/procedures/$id/history" params={{ id }} search={{ asOf: String(revision) }}>
            {name}
          </PageLink>
        )}
      </Text>
    );
  });
}
