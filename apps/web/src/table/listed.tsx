import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { NotHad } from '../frame/not-had';
import { More } from './more';
import { Nothing } from './nothing';
import type { Pages } from './pages';

interface Props<Row> {
  readonly pages: Pages<Row>;
  readonly empty: { readonly title: string; readonly what: string };
  /** Shows the rows that came; there is at least one. */
  readonly children: (rows: readonly Row[]) => ReactNode;
}

/** A list in pages: what it holds, that it is empty, or why it could not be had. */
export function Listed<Row>({ pages, empty, children }: Props<Row>): ReactNode {
  if (pages.error && pages.rows.length === 0) return <NotHad error={pages.error} again={pages.again} />;
  if (pages.isFirst)
    return (
      <Stack>
        {[1, 2, 3, 4, 5].map((row) => (
          <Skeleton key={row} height={28} />
        ))}
      </Stack>
    );
  if (pages.rows.length === 0) return <Nothing {...empty} />;
  return (
    <>
      {children(pages.rows)}
      <More isOpen={pages.hasNext} isWaiting={pages.isMore} next={pages.next} />
    </>
  );
}
