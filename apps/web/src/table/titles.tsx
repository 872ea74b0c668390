import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

/** The head of a table whose columns are titled. @param of Titles, each another */
export function Titles({ of }: { readonly of: readonly string[] }): ReactNode {
  return (
    <Table.Thead>
      <Table.Tr>
        {of.map((title) => (
          <Table.Th key={title} scope="col">
            {title}
          </Table.Th>
        ))}
      </Table.Tr>
    </Table.Thead>
  );
}
