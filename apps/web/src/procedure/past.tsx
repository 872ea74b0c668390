import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageLink } from '../frame/link';
import { useWords } from '../words/words';
import { pastText } from './past-words';
import type { Procedure } from './procedure-queries';

interface Props {
  readonly procedure: Procedure;
  readonly asOf: string;
}

/** Says that what stands below is the past, and leads back to now. */
export function Past({ procedure: { id, revision }, asOf }: Props): ReactNode {
  const words = useWords();
  const { say } = words;
  return (
    <Alert color="yellow" variant="light" mb="md" title={pastText(asOf, revision, words)}>
      <PageLink to="/procedures/$id" params={{ id }} search={{}}>
        {say('past.now')}
      </PageLink>
    </Alert>
  );
}
