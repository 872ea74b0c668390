import { useRouter } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem';
import { useWords } from '../words/words';
import { NotHad } from './not-had';
import { NotThere } from './not-there';
import { Page } from './page';

/** Stands for a page that could not be loaded. */
export function Failed({ error }: ErrorComponentProps): ReactNode {
  const { say } = useWords();
  const router = useRouter();
  if (error instanceof ApiProblem && error.status === 404) return <NotThere />;
  return (
    <Page title={say('failed.title')}>
      <NotHad error={error} again={() => void router.invalidate()} />
    </Page>
  );
}
