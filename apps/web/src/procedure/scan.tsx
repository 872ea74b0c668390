import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import { queries } from '../api/client';
import { ActButton } from '../form/act-button';
import { useWords } from '../words/words';
import { keepFile } from './keep-file';
import { filesOfQuery } from './procedure-queries';

interface Props {
  /** Procedure id. */
  readonly procedure: string;
  readonly hash: string;
}

/** Has the browser keep the signed scan of a decision, right where the decision is named. */
export function Scan({ procedure, hash }: Props): ReactNode {
  const { say } = useWords();
  const keep = async (): Promise<void> => {
    // A decision knows its scan by its hash alone.
    const { items } = await queries.query(filesOfQuery(procedure));
    await keepFile(procedure, { hash, name: items.find((file) => file.hash === hash)?.name ?? hash });
  };
  return (
    <Box data-noprint>
      <ActButton act={keep} size="compact-sm">
        {say('scan.keep')}
      </ActButton>
    </Box>
  );
}
