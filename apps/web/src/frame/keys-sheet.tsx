import { Switch, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { groupWords, groups } from './commands';
import type { Command } from './commands';
import { Dialog } from './dialog';
import classes from './commands.module.css';
import { KeyCaps } from './key-caps';
import { useLetterKeys } from './letter-keys';

interface Props {
  readonly commands: readonly Command[];
  readonly opened: boolean;
  readonly close: () => void;
}

/** Every key and what it does; letters can be switched off here. */
export function KeysSheet({ commands, opened, close }: Props): ReactNode {
  const { say } = useWords();
  const { letterKeys, switchLetterKeys } = useLetterKeys();
  return (
    <Dialog title={say('keys.title')} {...{ opened, close }}>
      {groups.map((group) => {
        const listed = commands.filter((command) => command.group === group && command.keys !== undefined);
        return (
          listed.length > 0 && (
            <section key={group} aria-labelledby={`keys-${group}`}>
              <Title order={3} size="h6" id={`keys-${group}`} mt="sm" mb={4}>
                {say(groupWords[group])}
              </Title>
              <dl className={classes.keys}>
                {listed.map(({ id, name, keys = '' }) => (
                  <div key={id}>
                    <dt>{name}</dt>
                    <dd>
                      <KeyCaps keys={keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        );
      })}
      <Switch
        mt="lg"
        label={say('keys.letters')}
        checked={letterKeys}
        onChange={({ currentTarget: { checked } }) => switchLetterKeys(checked)}
      />
      <Text size="sm" c="dimmed" mt="xs">
        {say('keys.lettersHelp')}
      </Text>
    </Dialog>
  );
}
