import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import { NotHad } from '../frame/not-had';
import { useWords } from '../words/words';
import { Changes } from './changes';
import { differencesQuery } from './procedure-queries';

interface Props {
  /** Procedure id. */
  readonly procedure: string;
  readonly option: string;
}

/** What an option that was implemented made of the parts: before and after, part by part. */
export function OptionParts({ procedure, option }: Props): ReactNode {
  const { say } = useWords();
  const done = useQuery(
    api.queryOptions('get', '/api/v1/procedures/{id}/history', {
      params: { path: { id: procedure }, query: { type: 'ProcedureSimplified', limit: 200 } },
    }),
  );
  const revision = done.data?.items.find(({ data }) => 'optionId' in data && data.optionId === option)?.revision ?? null;
  const changed = useQuery({ ...differencesQuery(procedure, (revision ?? 1) - 1, revision ?? 1), enabled: revision !== null });
  const error = done.error ?? changed.error;
  if (error) return <NotHad error={error} again={() => void Promise.all([done.refetch(), changed.refetch()])} />;
  const parts = changed.data?.changes.filter((one) => one.path.startsWith('parts.')) ?? [];
  return <Changes changes={parts} label={say('options.parts')} />;
}
