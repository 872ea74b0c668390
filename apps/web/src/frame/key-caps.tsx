import { Kbd } from '@mantine/core';
import type { ReactNode } from 'react';

const isApple = /mac|iphone|ipad/i.test(navigator.userAgent);

/** The keys of a command as they stand on the keyboard. */
export function KeyCaps({ keys }: { readonly keys: string }): ReactNode {
  const presses = keys.split(' ').map((press) => press.replace('mod+', isApple ? '⌘ ' : 'Ctrl + ').toUpperCase());
  return presses.map((press, index) => (
    <span key={index}>
      {index > 0 && ' '}
      <Kbd>{press}</Kbd>
    </span>
  ));
}
