import { Alert, List, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../api/client';
import { momentText } from '../../format/format';
import { useUnits } from '../../frame/units';
import { Wide } from '../../table/wide';
import { eventName } from '../../words/codes';
import { fieldName } from '../../words/fields';
import { useWords } from '../../words/words';
import { shownValue } from '../shown-value';

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
  const words = useWords();
  const { say, language } = words;
  const { nameOf } = useUnits();
  const path = { id };
  const number = Math.min(to - from, most);
  const done = useQuery(
    api.queryOptions('get', '/api/v1/procedures/{id}/history', { params: { path, query: { order: '-revision', limit: number } } }),
  );
  const changed = useQuery(
    api.queryOptions('get', '/api/v1/procedures/{id}/diff', { params: { path, query: { from: String(from), to: String(to) } } }),
  );
  const changes = changed.data?.changes ?? [];
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
      {changes.length > 0 && (
        <Wide label={say('overtaken.title')}>
          <Table mt="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('overtaken.field')}</Table.Th>
                <Table.Th>{say('overtaken.before')}</Table.Th>
                <Table.Th>{say('overtaken.after')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {changes.map(({ path: field, before, after }) => (
                <Table.Tr key={field}>
                  <Table.Td>{fieldName(field, say)}</Table.Td>
                  <Table.Td>{shownValue(field, before, words, nameOf)}</Table.Td>
                  <Table.Td>{shownValue(field, after, words, nameOf)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Wide>
      )}
      <Text size="sm" mt="xs">
        {say('overtaken.goOn')}
      </Text>
    </Alert>
  );
}
