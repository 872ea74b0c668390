import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { numberText } from '../format/format';
import { Titles } from '../table/titles';
import { Wide } from '../table/wide';
import { useWords } from '../words/words';
import type { Import } from './imports-queries';
import classes from './imports.module.css';

/** As many rows as are looked through; mended, others come up. */
const mostShown = 200;

/** What is wrong, as it stands in the sheet: a line for each row, and what is said at each cell. */
export function RefusedTable({ shown }: { readonly shown: Import }): ReactNode {
  const { say, language } = useWords();
  const { refused, refusedRows } = shown;
  if (refused.length === 0) return null;
  const rows = byRow(refused);
  const columns = [...new Set(refused.map(({ column }) => column).filter((column) => column !== ''))];
  const hasWhole = refused.some(({ column }) => column === '');
  const listed = rows.slice(0, mostShown);
  return (
    <>
      <Wide label={say('imports.faults')}>
        <Table aria-label={say('imports.faults')} withColumnBorders>
          <Titles of={[say('imports.row'), ...(hasWhole ? [say('imports.wholeRow')] : []), ...columns]} />
          <Table.Tbody>
            {listed.map(([row, cells]) => (
              <Table.Tr key={row}>
                <Table.Th scope="row">{row === 0 ? say('imports.wholeFile') : row}</Table.Th>
                {(hasWhole ? ['', ...columns] : columns).map((column) => (
                  <Cell key={column} said={cells.filter((one) => one.column === column).map(({ message }) => message)} />
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
      {refusedRows > listed.length && (
        <Text size="sm">{say('imports.more', { count: numberText(refusedRows - listed.length, language) })}</Text>
      )}
    </>
  );
}

function Cell({ said }: { readonly said: readonly string[] }): ReactNode {
  if (said.length === 0) return <Table.Td />;
  return <Table.Td className={classes.fault ?? ''}>{said.join('; ')}</Table.Td>;
}

function byRow(refused: Import['refused']): readonly (readonly [number, Import['refused']])[] {
  const rows = new Map<number, Import['refused']>();
  for (const cell of refused) rows.set(cell.row, [...(rows.get(cell.row) ?? []), cell]);
  return [...rows];
}
