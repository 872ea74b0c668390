import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';

/** Stands for a part of a page while what it shows is on its way. */
export function UnderWay(): ReactNode {
  const { say } = useWords();
  return <Text aria-busy="true">{say('waiting.title')}</Text>;
}
