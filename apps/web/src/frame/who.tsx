import { Button, Menu, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSession } from '../api/session';
import { roleWords } from '../words/codes';
import { useWords } from '../words/words';
import { useActing } from './account';
import { useChosenUnit } from './chosen-unit';
import { groupWords } from './commands';
import type { Command } from './commands';
import classes from './frame.module.css';
import { KeyCaps } from './key-caps';
import { useUnits } from './units';

const shown = ['person', 'looks', 'help'] as const;

/** Who is signed in, for whom and for which unit they work; opens what changes that. */
export function Who({ commands }: { readonly commands: readonly Command[] }): ReactNode {
  const { say } = useWords();
  const session = useSession();
  const units = useUnits();
  const acting = useActing();
  const { unit: chosen, own } = useChosenUnit();
  if (session.state !== 'in') return null;
  const { name, roles, unit } = session.person;
  const one = acting?.other?.roles[0];
  const what =
    acting === null
      ? `${roles.map((role) => say(roleWords[role])).join(', ')} · ${own.find(({ id }) => id === chosen)?.name ?? units.nameOf(unit)}`
      : `${say('actingFor.for', { name: acting.other?.name ?? '' })}${one === undefined ? '' : ` · ${one.unit.name}`}`;
  return (
    <Menu withinPortal={false} withInitialFocusPlaceholder={false} position="bottom-end" width={300} shadow="md">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="inherit"
          className={classes.who ?? ''}
          aria-label={`${name}, ${what}. ${say('frame.who')}`}
          {...(acting !== null && { 'data-acting': acting.id })}
        >
          <span className={classes.person}>
            <Text component="span" size="sm" fw={600} truncate>
              {name}
            </Text>
            <Text component="span" size="xs" c={acting === null ? 'dimmed' : 'inherit'} truncate>
              {what}
            </Text>
          </span>
          <span aria-hidden="true">▾</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu ?? ''}>
        {shown.flatMap((group) => [
          <Menu.Label key={group}>{say(groupWords[group])}</Menu.Label>,
          ...commands
            .filter((command) => command.group === group)
            .map(({ id, name: does, keys, run }) => (
              <Menu.Item key={id} data-command={id} onClick={run} rightSection={keys === undefined ? null : <KeyCaps keys={keys} />}>
                {does}
              </Menu.Item>
            )),
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}
