import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';

/** Puts the page on paper. */
export function PrintButton(): ReactNode {
  const { say } = useWords();
  return (
    <Button variant="default" size="compact-sm" onClick={() => window.print()} data-noprint>
      {say('print.print')}
    </Button>
  );
}
