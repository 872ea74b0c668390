import { Alert, List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../api/client';
import { momentText } from '../../format/format';
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
}

const most = 50;

/** What others did while a form was filled: who did what, and what reads otherwise now. */
export function Overtaken({ id, from, to }: Props): ReactNode {
  const { say, language } = useWords();
  const { nameOf } = useUnits();
  const number = Math.min(to - from, most);
  const done = useQuery(
    api.queryOptions('get', '/api/v1/procedures/{id}/history', { params: { path: { id }, query: { order: '-revision', limit: number } } }),
  );
  const changed = useQuery(differencesQuery(id, from, to));
  return (
    <Alert color="yellow" variant="light" title={say('overtaken.title')} role="status">
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
