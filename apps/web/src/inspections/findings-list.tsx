import { Card, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { dateText } from '../format/format';
import { PageLink } from '../frame/link';
import { StateMark } from '../table/state-mark';
import { useWords } from '../words/words';
import { severityWeights, severityWords } from './inspection-words';
import type { Inspection } from './inspections-queries';

/** What was found, with how grave it is and the procedures that it is of. */
export function FindingsList({ of: { findings, procedures: named } }: { readonly of: Inspection }): ReactNode {
  const { say } = useWords();
  const titles = new Map(named.map(({ id, title }) => [id, title]));
  return (
    <Stack gap="sm">
      {findings.map(({ id, text, severity, evidence, procedures, foundOn }) => (
        <Card withBorder key={id} component="article" data-finding={id}>
          <Group gap="xs" mb="xs">
            <StateMark weight={severityWeights[severity]}>{say(severityWords[severity])}</StateMark>
            <Text size="sm" c="dimmed">
              {dateText(foundOn)}
            </Text>
          </Group>
          <Text style={{ whiteSpace: 'pre-wrap' }}>{text}</Text>
          {evidence !== undefined && (
            <Text size="sm" mt="xs" style={{ whiteSpace: 'pre-wrap' }}>
              {say('inspections.evidenceIs', { evidence })}
            </Text>
          )}
          {procedures.map((procedure) => (
            <PageLink key={procedure} to="/procedures/$id" params={{ id: procedure }} display="block" size="sm" mt="xs">
              {titles.get(procedure)}
            </PageLink>
          ))}
        </Card>
      ))}
    </Stack>
  );
}
