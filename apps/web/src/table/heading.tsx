import { Table as Rows, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Sorted } from './column';

interface Props {
  readonly title: string;
  readonly sort?: string;
  readonly sorted?: Sorted;
}

/** Of a column; pressed again it turns the order round. */
export function Heading({ title, sort, sorted }: Props): ReactNode {
  // Where rows become cards they are blocks, and would lose their part in the table without its name.
  if (sort === undefined || !sorted)
    return (
      <Rows.Th scope="col" role="columnheader">
        {title}
      </Rows.Th>
    );
  const order = sorted.by === sort ? 'ascending' : sorted.by === `-${sort}` ? 'descending' : 'none';
  return (
    <Rows.Th scope="col" role="columnheader" aria-sort={order}>
      <UnstyledButton fw="inherit" fz="inherit" onClick={() => sorted.change(order === 'ascending' ? `-${sort}` : sort)}>
        {title} <span aria-hidden>{{ ascending: '↑', descending: '↓', none: '↕' }[order]}</span>
      </UnstyledButton>
    </Rows.Th>
  );
}
