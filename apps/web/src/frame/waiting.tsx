import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { Page } from './page';

/** Stands for a page while what it shows is on its way. */
export function Waiting(): ReactNode {
  const { say } = useWords();
  return (
    <Page title={say('waiting.title')} busy>
      <Stack>
        {[90, 70, 80, 60].map((width) => (
          <Skeleton key={width} height={18} width={`${width}%`} />
        ))}
      </Stack>
    </Page>
  );
}
