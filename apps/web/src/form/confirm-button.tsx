import { Button, Group, Stack, Text } from '@mantine/core';
import type { ButtonProps } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Dialog } from '../frame/dialog';
import { Refusal } from '../frame/refusal';
import { useWords } from '../words/words';
import { oneAtATime } from './one-at-a-time';

interface Props extends Pick<ButtonProps, 'color'> {
  /** Names the act, on the button that begins it and on the one that does it. */
  readonly name: string;
  /** To what it is done, for whoever hears the button alone. */
  readonly label: string;
  /** What will happen. */
  readonly what: string;
  readonly action: string;
  readonly act: () => Promise<unknown>;
}

/** Does what is not done in passing: says first what will happen. */
export function ConfirmButton({ name, label, what, action, act, color }: Props): ReactNode {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [once] = useState(oneAtATime);
  const acting = useMutation({ mutationFn: () => once(act), onSuccess: () => setOpen(false) });
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        data-action={action}
        aria-haspopup="dialog"
        aria-label={label}
        onClick={() => setOpen(true)}
      >
        {name}
      </Button>
      <Dialog title={label} opened={isOpen} close={() => setOpen(false)}>
        <Stack>
          {acting.error && <Refusal error={acting.error} />}
          <Text>{what}</Text>
          <Group>
            <Button data-confirm loading={acting.isPending} onClick={() => acting.mutate()} {...(color !== undefined && { color })}>
              {name}
            </Button>
            <Button variant="default" onClick={() => setOpen(false)}>
              {say('form.cancel')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  );
}
