import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words';
import classes from './editor.module.css';
import { amissAt, useWriting } from './writing';
import type { Path } from './document';

interface Props {
  readonly path: Path;
  readonly title: string;
  /** In a few words, while it is closed. */
  readonly summary: string;
  /** (Default: false) */
  readonly isNew?: boolean;
  /** It is always there, and cannot be dropped. (Default: false) */
  readonly isFixed?: boolean;
  readonly children: ReactNode;
}

/** One of many parts: a line that opens to a form. What is amiss in it is said while it is closed, too. */
export function Row({ path, title, summary, isNew = false, isFixed = false, children }: Props): ReactNode {
  const { say } = useWords();
  const writing = useWriting();
  const [isOpen, open] = useState(isNew);
  const amiss = amissAt(writing, path, isOpen ? 'at' : 'below');
  return (
    <div className={classes.row}>
      <Group justify="space-between" wrap="nowrap" align="start">
        <div>
          <Text fw={600} size="sm">
            {title}
          </Text>
          {!isOpen && (
            <Text size="sm" c="dimmed">
              {summary}
            </Text>
          )}
          {amiss !== null && (
            <Text size="sm" c="error">
              {amiss}
            </Text>
          )}
        </div>
        <Group gap="xs" wrap="nowrap">
          <Button
            variant="default"
            size="compact-sm"
            aria-expanded={isOpen}
            aria-label={say(isOpen ? 'definitions.closeRow' : 'definitions.openRow', { what: title })}
            onClick={() => open(!isOpen)}
          >
            {say(isOpen ? 'definitions.close' : 'definitions.open')}
          </Button>
          {!isFixed && (
            <Button
              variant="default"
              size="compact-sm"
              aria-label={say('definitions.dropRow', { what: title })}
              onClick={() => writing.change(path, undefined)}
            >
              {say('definitions.dropIt')}
            </Button>
          )}
        </Group>
      </Group>
      {isOpen && <Stack mt="sm">{children}</Stack>}
    </div>
  );
}
