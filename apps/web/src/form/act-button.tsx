import { Button, Stack } from '@mantine/core';
import type { ButtonProps } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Refusal } from '../frame/refusal';
import { oneAtATime } from './one-at-a-time';

interface Props extends Pick<ButtonProps, 'variant' | 'color' | 'size'> {
  readonly act: () => Promise<unknown>;
  /** Name of the action that it begins, for tools. */
  readonly action?: string;
  readonly label?: string;
  readonly children: ReactNode;
}

/** Does something at one press, which asks for nothing more; says beside it why it was refused. A second press while it is under way does nothing. */
export function ActButton({ act, action, label, children, ...look }: Props): ReactNode {
  // The button shows a moment after the first press that it was pressed.
  const [once] = useState(oneAtATime);
  const acting = useMutation({ mutationFn: () => once(act) });
  return (
    <Stack gap="xs" align="start">
      {acting.error && <Refusal error={acting.error} />}
      <Button
        variant="default"
        {...look}
        loading={acting.isPending}
        onClick={() => acting.mutate()}
        {...(action !== undefined && { 'data-action': action })}
        {...(label !== undefined && { 'aria-label': label })}
      >
        {children}
      </Button>
    </Stack>
  );
}
