import { Alert, Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { dateText } from '../format/format';
import { actionName, roleWords } from '../words/codes';
import { useWords } from '../words/words';
import { useActing } from './account';

/** Says on every page for whom all is read and done, and ends it at one press. */
export function ActingMark(): ReactNode {
  const { say } = useWords();
  const acting = useActing();
  if (acting === null) return null;
  const { other, stop } = acting;
  return (
    <Alert color="blue" variant="light" mb="md" data-acting-for={acting.id} data-noprint>
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          {other === undefined && say('actingFor.somebody')}
          {other === null && say('actingFor.over')}
          {other &&
            say('actingFor.what', {
              name: other.name,
              roles: other.roles.map(({ role, unit }) => `${say(roleWords[role])}, ${unit.name}`).join('; '),
              what: other.actions === 'all' ? say('account.allActions') : other.actions.map((one) => actionName(one, say)).join(', '),
              until: dateText(other.until),
            })}
        </Text>
        <Button size="compact-sm" variant="default" onClick={stop}>
          {say('actingFor.end')}
        </Button>
      </Group>
    </Alert>
  );
}
