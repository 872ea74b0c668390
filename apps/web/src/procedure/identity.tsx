import { Badge, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { classificationWords, stageName } from '../words/codes';
import { useWords } from '../words/words';
import type { Procedure } from './procedure-queries';

/** What tells a procedure from others at a glance, and where it stands. */
export function Identity({ procedure }: { readonly procedure: Procedure }): ReactNode {
  const { say } = useWords();
  const { code, stage, suspended, classification } = procedure;
  return (
    <Group gap="xs" data-stage={stage}>
      {code !== null && <Text c="dimmed">{code}</Text>}
      {classification !== 'none' && (
        <Badge color="red" variant="outline" tt="none">
          {say(classificationWords[classification])}
        </Badge>
      )}
      <Badge variant="light" size="lg" tt="none">
        {stageName(stage, say)}
      </Badge>
      {suspended && (
        <Badge color="orange" variant="light" size="lg" tt="none">
          {say('procedure.suspended')}
        </Badge>
      )}
    </Group>
  );
}
