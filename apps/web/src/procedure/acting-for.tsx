import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import { PageLink } from '../frame/link';
import { useWords } from '../words/words';

interface Props {
  readonly id: string;
  /** Person id. */
  readonly person: string;
}

/** Says for whom whatever is done here is done, and leads back to oneself. */
export function ActingFor({ id, person }: Props): ReactNode {
  const { say } = useWords();
  const { data } = useQuery(api.queryOptions('get', '/api/v1/people'));
  const name = data?.items.find((one) => one.id === person)?.name ?? '';
  return (
    <Alert color="blue" variant="light" mb="md" title={say('actingFor.what', { name })} data-noprint>
      <PageLink to="/procedures/$id" params={{ id }} search={{}}>
        {say('actingFor.end')}
      </PageLink>
    </Alert>
  );
}
