import { Menu } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { useWords } from '../words/words';
import { groupWords } from './commands';
import type { Command } from './commands';
import classes from './frame.module.css';
import { KeyCaps } from './key-caps';

const shown = ['person', 'looks', 'help'] as const;

interface Props {
  /** What opens it. */
  readonly target: ReactElement;
  readonly commands: readonly Command[];
}

/** What a person can change about themselves here; open when it first comes. */
export function WhoMenu({ target, commands }: Props): ReactNode {
  const { say } = useWords();
  return (
    <Menu defaultOpened withinPortal={false} withInitialFocusPlaceholder={false} position="bottom-end" width={300} shadow="md">
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown className={classes.menu ?? ''}>
        {shown.flatMap((group) => [
          <Menu.Label key={group}>{say(groupWords[group])}</Menu.Label>,
          ...commands
            .filter((command) => command.group === group)
            .map(({ id, name, keys, run }) => (
              <Menu.Item key={id} data-command={id} onClick={run} rightSection={keys === undefined ? null : <KeyCaps keys={keys} />}>
                {name}
              </Menu.Item>
            )),
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}
