import { List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageLink } from '../../frame/link';
import { numberText } from '../../format/format';
import { useWords } from '../../words/words';
import type { Outcome } from './migrate-view';

interface Props {
  readonly outcome: Outcome;
  /** Else it is what would become of them. */
  readonly isDone: boolean;
}

const mostShown = 20;

/** How many procedures get the version, and of those that do not, why. */
export function MigrationOutcome({ outcome: { outcomes, refused }, isDone }: Props): ReactNode {
  const { say, language } = useWords();
  const countOf = (sought: string): string => numberText(outcomes.find(({ outcome }) => outcome === sought)?.count ?? 0, language);
  return (
    <Stack gap="xs" mb="md">
      <Text>{say(isDone ? 'definitions.migrated' : 'definitions.wouldMigrate', { count: countOf('migrated') })}</Text>
      <Text>{say(isDone ? 'definitions.refused' : 'definitions.wouldRefuse', { count: countOf('refused') })}</Text>
      {refused.length > 0 && (
        <details>
          <summary>{say('definitions.why')}</summary>
          <List size="sm" mt="xs">
            {refused.slice(0, mostShown).map(({ procedure, unmet }) => (
              <List.Item key={procedure}>
                <PageLink size="sm" to="/procedures/$id" params={{ id: procedure }}>
                  {say('definitions.procedure', { id: procedure.slice(0, 8) })}
                </PageLink>
                : {unmet.map(({ message }) => message).join(' ')}
              </List.Item>
            ))}
          </List>
          {refused.length > mostShown && <Text size="sm">{say('definitions.moreRefused', { count: refused.length - mostShown })}</Text>}
        </details>
      )}
    </Stack>
  );
}
