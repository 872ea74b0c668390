import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { prepareImprint } from './imprint';

/** Puts the page on paper. */
export function PrintButton(): ReactNode {
  const { say, language } = useWords();
  const queries = useQueryClient();
  const print = (): void => {
    // Paper is made without what cannot be had, and says so.
    void prepareImprint(queries, language)
      .catch(() => undefined)
      .then(() => window.print());
  };
  return (
    <Button variant="default" size="compact-sm" onClick={print} data-noprint>
      {say('print.print')}
    </Button>
  );
}
