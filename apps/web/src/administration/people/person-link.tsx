import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProblem } from '../../api/problem';
import { PageLink } from '../../frame/link';
import { useWords } from '../../words/words';
import { personQuery } from './people-queries';

interface Props {
  readonly id: string;
  /** Null for whoever was erased. */
  readonly name: string | null;
}

/** Of whoever was erased there is nothing to go to. */
export function PersonLink({ id, name }: Props): ReactNode {
  const { say } = useWords();
  if (name === null) return say('history.erased');
  return (
    <PageLink to="/administration/people/$id" params={{ id }}>
      {name}
    </PageLink>
  );
}

/** The same where only the id is at hand; empty until the name is known. */
export function PersonOf({ id }: Pick<Props, 'id'>): ReactNode {
  const { data, error } = useQuery(personQuery(id));
  const isErased = error instanceof ApiProblem && error.status === 404;
  return data || isErased ? <PersonLink id={id} name={data?.name ?? null} /> : null;
}
