import { Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { Refusal } from './refusal';

interface Props {
  readonly error: unknown;
  readonly again: () => void;
}

/** Stands for what could not be had: says why, and tries again. */
export function NotHad({ error, again }: Props): ReactNode {
  const { say } = useWords();
  return (
    <Stack align="start">
      <Refusal error={error} />
      <Button onClick={again}>{say('failed.again')}</Button>
    </Stack>
  );
}
