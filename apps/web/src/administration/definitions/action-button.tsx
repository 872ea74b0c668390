import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  /** Its name, for tools. */
  readonly action: string;
  readonly isBegun: boolean;
  readonly begin: () => void;
  readonly children: ReactNode;
}

/** Opens the form of an action, and closes it again. */
export function ActionButton({ action, isBegun, begin, children }: Props): ReactNode {
  return (
    <Button variant={isBegun ? 'filled' : 'default'} data-action={action} aria-expanded={isBegun} onClick={begin}>
      {children}
    </Button>
  );
}
