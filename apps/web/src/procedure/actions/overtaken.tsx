import { Alert, List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { api } from '../../api/client';
import { momentText } from '../../format/format';
import { NotHad } from '../../frame/not-had';
import { useUnits } from '../../frame/units';
import { eventName } from '../../words/codes';
import { useWords } from '../../words/words';
import { Changes } from '../changes';
import { differencesQuery } from '../procedure-queries';

interface Props {
  readonly id: string;
  /** The revision that the form began with. */
  readonly from: number;
  /** The one on the page. */
  readonly to: number;
  /** Called once it stands there for whoever fills the form. */
  readonly shown: (revision: number) => void;
}

const most = 50;

/** What others did while a form was filled: who did what, and what reads otherwise now. */
export function Overtaken({ id, from, to, shown }: Props): ReactNode {
  const { say, language } = useWords();
  const { nameOf } = useUnits();
  const number = Math.min(to - from, most);
  const done = useQuery(
    api.queryOptions('get', '/api/v1/procedures/{id}/history', { params: { path: { id }, query: { order: '-revision', limit: number } } }),
  );
  const changed = useQuery(differencesQuery(id, from, to));
  const isThere = done.data?.items[0]?.revision === to && changed.data !== undefined;
  useEffect(() => {
    if (isThere) shown(to);
  }, [isThere, shown, to]);
  const error = done.error ?? changed.error;
  return (
    <Alert color="yellow" variant="light" title={say('overtaken.title')} role="status">
      {error && <NotHad error={error} again={() => void Promise.all([done.refetch(), changed.refetch()])} />}
      <List size="sm">
        {done.data?.items.map(({ position, type, actor, recordedAt }) => (
          <List.Item key={position}>
            {say('overtaken.did', {
              what: eventName(type, say),
              who: actor.name ?? say('history.erased'),
              unit: nameOf(actor.unit),
              when: momentText(recordedAt, language),
            })}
          </List.Item>
        ))}
      </List>
      <Changes changes={changed.data?.changes ?? []} label={say('overtaken.title')} />
      <Text size="sm" mt="xs">
        {say('overtaken.goOn')}
      </Text>
    </Alert>
  );
}
