import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useActing } from '../../frame/account';
import { useWords } from '../../words/words';

/** Says to whoever acts for somebody that a comment, or a file, is recorded in their own name all the same. */
export function OwnName(): ReactNode {
  const { say } = useWords();
  const name = useActing()?.other?.name;
  if (name === undefined) return null;
  return (
    <Text size="sm" mb="xs" data-own-name>
      {say('section.ownName', { name })}
    </Text>
  );
}
