import { Modal } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { leadOnTo, withAround } from './around';

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

/** Stands over the page until it is closed: keeps the focus meanwhile, and gives it back, or to what is left around where it was. */
export function Dialog({ title, opened, close, size = 'md', returnFocus = true, children }: Props): ReactNode {
  const { say } = useWords();
  // Made at the moment that it is opened, it opens right after: it remembers where the focus was when it does.
  const [isThere, setThere] = useState(false);
  useEffect(() => setThere(true), []);
  const around = useRef<readonly Element[]>([]);
  useEffect(() => {
    if (opened) around.current = withAround(document.activeElement);
  }, [opened]);
  // What was done may have taken away the button that opened it.
  const leave = useCallback((): void => {
    if (returnFocus) leadOnTo(around.current);
  }, [returnFocus]);
  // Taken away as it stands, it does not close first.
  useEffect(() => leave, [leave]);
  return (
    <Modal
      opened={opened && isThere}
      {...{ title, size, returnFocus, children }}
      onClose={close}
      onExitTransitionEnd={leave}
      closeButtonProps={{ 'aria-label': say('dialog.close') }}
    />
  );
}
