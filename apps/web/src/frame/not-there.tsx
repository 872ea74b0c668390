import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { Page } from './page';

export function NotThere(): ReactNode {
  const { say } = useWords();
  return (
    <Page title={say('notThere.title')}>
      <Text>{say('notThere.why')}</Text>
      <Anchor href="/" underline="always">
        {say('notThere.back')}
      </Anchor>
    </Page>
  );
}
