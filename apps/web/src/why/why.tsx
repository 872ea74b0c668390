import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { WhyShown } from './why-shown';
import type { Of } from './why-query';

/** Says on request why something was done, or refused. */
export function Why({ of }: { readonly of: Of }): ReactNode {
  const { say } = useWords();
  const [isOpen, open] = useState(false);
  const id = useId();
  return (
    <div data-noprint={isOpen ? undefined : true}>
      <Button variant="subtle" size="compact-sm" aria-expanded={isOpen} aria-controls={id} onClick={() => open(!isOpen)}>
        {say(isOpen ? 'why.close' : 'why.open')}
      </Button>
      <div id={id}>{isOpen && <WhyShown of={of} />}</div>
    </div>
  );
}
