import { Table as Rows, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageLink } from '../frame/link';
import { Listed } from './listed';
import type { Pages } from './pages';
import classes from './table.module.css';

interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** What the list is sorted by when this column is pressed. (Default: nothing) */
  readonly sort?: string;
}

interface Sorted {
  /** With a minus it descends. */
  readonly by: string;
  readonly change: (by: string) => void;
}

interface Link {
  readonly to: '/procedures/$id';
  readonly params: { readonly id: string };
  /** `for` is a person id: for whom it is the caller's. */
  readonly search?: { readonly for?: string };
}

interface Props<Row> {
  /** What is listed, for whoever does not see the heading. */
  readonly caption: string;
  readonly pages: Pages<Row>;
  readonly keyOf: (row: Row) => string;
  /** Where the first cell, and with it the row, leads. */
  readonly linkOf: (row: Row) => Link;
  /** By what the whole list is sorted. (Default: its own order) */
  readonly sorted?: Sorted;
  /** The name first, the state last. */
  readonly columns: readonly Column<Row>[];
  readonly empty: { readonly title: string; readonly what: string };
}

/** A list in pages as a table whose rows lead somewhere. */
export function Table<Row>({ caption, pages, keyOf, linkOf, sorted, columns, empty }: Props<Row>): ReactNode {
  return (
    <Listed pages={pages} empty={empty}>
      {(rows) => (
        <Rows.ScrollContainer minWidth={520} type="native">
          <Rows className={classes.rows}>
            <caption className={classes.caption}>{caption}</caption>
            <Rows.Thead>
              <Rows.Tr>
                {columns.map(({ title, sort }) => (
                  <Heading key={title} title={title} {...(sort !== undefined && sorted && { sort, sorted })} />
                ))}
              </Rows.Tr>
            </Rows.Thead>
            <Rows.Tbody>
              {rows.map((row) => (
                <Rows.Tr key={keyOf(row)}>
                  {columns.map(({ title, cell }, index) => (
                    <Rows.Td key={title}>
                      {index === 0 ? (
                        <PageLink {...linkOf(row)} className={classes.whole}>
                          {cell(row)}
                        </PageLink>
                      ) : (
                        cell(row)
                      )}
                    </Rows.Td>
                  ))}
                </Rows.Tr>
              ))}
            </Rows.Tbody>
          </Rows>
        </Rows.ScrollContainer>
      )}
    </Listed>
  );
}

interface HeadingProps {
  readonly title: string;
  readonly sort?: string;
  readonly sorted?: Sorted;
}

/** Of a column; pressed again it turns the order round. */
function Heading({ title, sort, sorted }: HeadingProps): ReactNode {
  if (sort === undefined || !sorted) return <Rows.Th scope="col">{title}</Rows.Th>;
  const order = sorted.by === sort ? 'ascending' : sorted.by === `-${sort}` ? 'descending' : 'none';
  return (
    <Rows.Th scope="col" aria-sort={order}>
      <UnstyledButton fw="inherit" fz="inherit" onClick={() => sorted.change(order === 'ascending' ? `-${sort}` : sort)}>
        {title} <span aria-hidden>{{ ascending: '↑', descending: '↓', none: '↕' }[order]}</span>
      </UnstyledButton>
    </Rows.Th>
  );
}
