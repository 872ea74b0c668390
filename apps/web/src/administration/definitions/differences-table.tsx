import { Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { Titles } from '../../table/titles';
import { useWords } from '../../words/words';
import { differencesOf } from './difference';

interface Props {
  readonly before: unknown;
  readonly after: unknown;
  /** Their versions. */
  readonly titles: readonly [number, number];
}

/** Each thing that two definitions say differently. */
export function DifferencesTable({ before, after, titles: [old, next] }: Props): ReactNode {
  const { say } = useWords();
  const differences = useMemo(() => differencesOf(before, after), [before, after]);
  if (differences.length === 0) return <Text>{say('definitions.same')}</Text>;
  const titles = [say('definitions.where'), ...[old, next].map((version) => say('definitions.versionNo', { version }))];
  return (
    <Table.ScrollContainer minWidth={520} type="native">
      <Table>
        <Titles of={titles} />
        <Table.Tbody>
          {differences.map(({ path, before: was, after: is }) => (
            <Table.Tr key={path}>
              <Table.Td>{path}</Table.Td>
              <Table.Td>{was === null ? say('definitions.nothing') : <del>{was === '' ? '∅' : was}</del>}</Table.Td>
              <Table.Td>{is === null ? say('definitions.nothing') : <ins>{is === '' ? '∅' : is}</ins>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
