import { Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { readLifecycle } from '../../lifecycle/lifecycle';
import type { Lifecycle } from '../../lifecycle/lifecycle';
import { Titles } from '../../table/titles';
import { useWords } from '../../words/words';
import { differencesOf } from './difference';
import { placeInWords, valueInWords } from './difference-words';

interface Props {
  readonly before: unknown;
  readonly after: unknown;
  /** Their versions. */
  readonly titles: readonly [number, number];
}

/** Each thing that two definitions say differently, in words, with its path for whoever reads the JSON. */
export function DifferencesTable({ before, after, titles: [old, next] }: Props): ReactNode {
  const words = useWords();
  const { say } = words;
  const differences = useMemo(() => differencesOf(before, after), [before, after]);
  const lifecycle = useMemo(() => withStagesOf(readLifecycle(after), readLifecycle(before)), [before, after]);
  if (differences.length === 0) return <Text>{say('definitions.same')}</Text>;
  const titles = [say('definitions.where'), ...[old, next].map((version) => say('definitions.versionNo', { version }))];
  return (
    <Table.ScrollContainer minWidth={520} type="native">
      <Table verticalSpacing="xs">
        <Titles of={titles} />
        <Table.Tbody>
          {differences.map(({ path, before: was, after: is }) => (
            <Table.Tr key={path.join('.')}>
              <Table.Th scope="row" fw={400}>
                {placeInWords(path, lifecycle, words)}
                <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                  {path.join('.')}
                </Text>
              </Table.Th>
              <Table.Td>{was === undefined ? say('definitions.nothing') : <del>{valueInWords(path, was, lifecycle, words)}</del>}</Table.Td>
              <Table.Td>{is === undefined ? say('definitions.nothing') : <ins>{valueInWords(path, is, lifecycle, words)}</ins>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** With the stages that are only in the other one, which have a title there. */
function withStagesOf(lifecycle: Lifecycle, { stages }: Lifecycle): Lifecycle {
  const gone = stages.filter(({ name }) => !lifecycle.stages.some((one) => one.name === name));
  return { ...lifecycle, stages: [...lifecycle.stages, ...gone] };
}
