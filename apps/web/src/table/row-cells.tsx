import { Table as Rows } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageLink } from '../frame/link';
import type { Column, RowLink } from './column';
import classes from './table.module.css';

interface Props<Row> {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly link: RowLink;
  readonly opened?: () => void;
}

/** The cells of a row: the first leads on, and with it the whole row. */
export function RowCells<Row>({ row, columns, link, opened }: Props<Row>): ReactNode {
  return columns.map(({ title, cell, below, acts = false }, index) => (
    <Rows.Td key={title} role="cell" data-title={title} className={acts ? (classes.acts ?? '') : ''}>
      {index === 0 ? (
        <PageLink {...link} className={classes.whole} {...(opened && { onClick: opened })}>
          {cell(row)}
        </PageLink>
      ) : (
        cell(row)
      )}
      {below && <div className={classes.below}>{below(row)}</div>}
    </Rows.Td>
  ));
}
