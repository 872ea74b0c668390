import { Button, Skeleton, Stack, Table as Rows, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageLink } from '../frame/link';
import { Refusal } from '../frame/refusal';
import { useWords } from '../words/words';
import { More } from './more';
import type { Pages } from './pages';
import classes from './table.module.css';

interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  /** What is listed, for whoever does not see the heading. */
  readonly caption: string;
  readonly pages: Pages<Row>;
  readonly keyOf: (row: Row) => string;
  /** Where the first cell, and with it the row, leads. */
  readonly linkOf: (row: Row) => { readonly to: '/procedures/$id'; readonly params: { readonly id: string } };
  /** The name first, the state last. */
  readonly columns: readonly Column<Row>[];
  readonly empty: { readonly title: string; readonly what: string };
}

/** A list in pages: what it holds, that it is empty, or why it could not be had. */
export function Table<Row>({ caption, pages, keyOf, linkOf, columns, empty }: Props<Row>): ReactNode {
  const { say } = useWords();
  if (pages.error && pages.rows.length === 0)
    return (
      <Stack align="start">
        <Refusal error={pages.error} />
        <Button onClick={pages.again}>{say('failed.again')}</Button>
      </Stack>
    );
  if (pages.isFirst)
    return (
      <Stack>
        {[1, 2, 3, 4, 5].map((row) => (
          <Skeleton key={row} height={28} />
        ))}
      </Stack>
    );
  if (pages.rows.length === 0)
    return (
      <Stack gap="xs" py="xl" align="center">
        <Text fw={600}>{empty.title}</Text>
        <Text c="dimmed">{empty.what}</Text>
      </Stack>
    );
  return (
    <>
      <Rows.ScrollContainer minWidth={520} type="native">
        <Rows className={classes.rows}>
          <caption className={classes.caption}>{caption}</caption>
          <Rows.Thead>
            <Rows.Tr>
              {columns.map(({ title }) => (
                <Rows.Th key={title} scope="col">
                  {title}
                </Rows.Th>
              ))}
            </Rows.Tr>
          </Rows.Thead>
          <Rows.Tbody>
            {pages.rows.map((row) => (
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
      <More isOpen={pages.hasNext} isWaiting={pages.isMore} next={pages.next} />
    </>
  );
}
