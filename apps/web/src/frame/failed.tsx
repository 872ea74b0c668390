import { Button, Stack } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem';
import { useWords } from '../words/words';
import { NotThere } from './not-there';
import { Page } from './page';
import { Refusal } from './refusal';

/** Stands for a page that could not be loaded. */
export function Failed({ error }: ErrorComponentProps): ReactNode {
  const { say } = useWords();
  const router = useRouter();
  if (error instanceof ApiProblem && error.status === 404) return <NotThere />;
  return (
    <Page title={say('failed.title')}>
      <Stack align="start">
        <Refusal error={error} />
        <Button onClick={() => void router.invalidate()}>{say('failed.again')}</Button>
      </Stack>
    </Page>
  );
}
