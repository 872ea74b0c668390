import { Alert, List } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import { PageLink } from '../frame/link';
import { useUnits } from '../frame/units';
import { stageName } from '../words/codes';
import { useWords } from '../words/words';
import { isTelling } from './registration';

/** Procedures that may be the same one, among those that the person may see. */
export function Similar({ title }: { readonly title: string }): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const query = { title: title.trim().slice(0, 500), limit: 5 };
  const { data } = useQuery({
    ...api.queryOptions('get', '/api/v1/procedures/similar', { params: { query } }),
    enabled: isTelling(title),
    placeholderData: keepPreviousData,
  });
  const found = isTelling(title) ? (data?.items ?? []) : [];
  return (
    <div role="status">
      {found.length > 0 && (
        <Alert color="yellow" variant="light" title={say('registration.similar')}>
          <List size="sm">
            {found.map(({ id, title: name, owningUnit, stage }) => (
              <List.Item key={id}>
                <PageLink to="/procedures/$id" params={{ id }} target="_blank" inherit>
                  {name}
                </PageLink>
                , {units.nameOf(owningUnit)}, {stageName(stage, say)}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </div>
  );
}
