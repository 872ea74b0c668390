import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';

interface Props {
  readonly isOpen: boolean;
  readonly isWaiting: boolean;
  readonly next: () => void;
}

/** Gets the next page of a list. */
export function More({ isOpen, isWaiting, next }: Props): ReactNode {
  const { say } = useWords();
  if (!isOpen) return null;
  return (
    <Group justify="center" mt="md" data-noprint>
      <Button variant="default" onClick={next} loading={isWaiting}>
        {say('table.more')}
      </Button>
    </Group>
  );
}
