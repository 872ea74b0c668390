import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';

interface Props {
  readonly title: string;
  readonly opened: boolean;
  readonly close: () => void;
  /** (Default: md) */
  readonly size?: 'md' | 'lg' | 'xl';
  /** Whether the focus goes back to where it was. (Default: true) */
  readonly returnFocus?: boolean;
  readonly children: ReactNode;
}

/** Stands over the page until it is closed: keeps the focus meanwhile, and gives it back. */
export function Dialog({ title, opened, close, size = 'md', returnFocus = true, children }: Props): ReactNode {
  const { say } = useWords();
  // Made at the moment that it is opened, it opens right after: it remembers where the focus was when it does.
  const [isThere, setThere] = useState(false);
  useEffect(() => setThere(true), []);
  return (
    <Modal
      opened={opened && isThere}
      {...{ title, size, returnFocus, children }}
      onClose={close}
      closeButtonProps={{ 'aria-label': say('dialog.close') }}
    />
  );
}
