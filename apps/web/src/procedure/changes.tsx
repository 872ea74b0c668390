import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { components } from '../api/schema';
import { useUnits } from '../frame/units';
import { Wide } from '../table/wide';
import { fieldName } from '../words/fields';
import { useWords } from '../words/words';
import classes from './changes.module.css';
import { shownValue } from './shown-value';

interface Props {
  readonly changes: components['schemas']['DiffAnswer']['changes'];
  /** What they are, for whoever does not see them. */
  readonly label: string;
}

/** What only follows from other fields. */
const derived: readonly string[] = ['phase', 'everPublished'];

/** What reads otherwise, field by field, before and after. */
export function Changes({ changes, label }: Props): ReactNode {
  const words = useWords();
  const { say } = words;
  const { nameOf } = useUnits();
  const shown = changes.filter(({ path }) => !derived.includes(path));
  if (shown.length === 0) return null;
  return (
    <Wide label={label}>
      <Table mt="xs" className={classes.changes ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('overtaken.field')}</Table.Th>
            <Table.Th>{say('overtaken.before')}</Table.Th>
            <Table.Th>{say('overtaken.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map(({ path, before, after }) => (
            <Table.Tr key={path}>
              <Table.Td>{fieldName(path, say)}</Table.Td>
              <Table.Td>{shownValue(path, before, words, nameOf)}</Table.Td>
              <Table.Td>{shownValue(path, after, words, nameOf)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}
