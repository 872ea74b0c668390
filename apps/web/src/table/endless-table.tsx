import { Skeleton, Stack, Table as Rows } from '@mantine/core';
import { useElementScrollRestoration, useRouter } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { NotHad } from '../frame/not-had';
import type { Column, Sorted } from './column';
import type { Endless, EndlessRow } from './endless';
import classes from './endless.module.css';
import { Heading } from './heading';
import { Nothing } from './nothing';
import { useIsNarrow, useRoomBelow } from './room';

const rowPx = 56;
const cardPx = 168;
const headPx = 40;

interface Props {
  readonly caption: string;
  readonly list: Endless;
  /** Where a row leads. */
  readonly hrefOf: (row: EndlessRow) => string;
  readonly sorted: Sorted;
  readonly columns: readonly Column<EndlessRow>[];
  readonly empty: { readonly title: string; readonly what: string };
}

/**
 * A table over which one scrolls as long as there are rows; only those in sight are there. Nothing lies below it. Its links are plain ones
 * that the table itself follows: thirty links of the router, made anew while one scrolls, would cost every second frame.
 */
export function EndlessTable({ empty, list, ...props }: Props): ReactNode {
  if (list.error && list.count === 0) return <NotHad error={list.error} again={list.again} />;
  if (list.isFirst)
    return (
      <Stack>
        {[1, 2, 3, 4, 5].map((row) => (
          <Skeleton key={row} height={28} />
        ))}
      </Stack>
    );
  if (list.count === 0) return <Nothing {...empty} />;
  return <Scroller list={list} {...props} />;
}

function Scroller({ caption, list, hrefOf, sorted, columns }: Omit<Props, 'empty'>): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const height = useRoomBelow(scroller);
  const isNarrow = useIsNarrow();
  const size = isNarrow ? cardPx : rowPx;
  const router = useRouter();
  const before = useElementScrollRestoration({ id: 'rows' });
  const rows = useVirtualizer({
    count: list.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => size,
    overscan: 6,
    // To draw at once in the middle of scrolling costs more frames than it fills.
    useFlushSync: false,
    scrollMargin: isNarrow ? 0 : headPx,
    initialOffset: before?.scrollY ?? 0,
  });
  const shown = rows.getVirtualItems();
  const [first, last] = [shown[0], shown.at(-1)];
  const { show, key, isOld } = list;
  const begun = useRef(key);

  useLayoutEffect(() => rows.measure(), [rows, size]);
  useEffect(() => {
    if (first && last) show({ first: first.index, last: last.index });
  }, [show, first?.index, last?.index]);
  useEffect(() => {
    // What stands there until the answer comes is still the list before.
    if (isOld || begun.current === key) return;
    begun.current = key;
    scroller.current?.scrollTo({ top: 0 });
  }, [key, isOld]);

  const margin = isNarrow ? 0 : headPx;
  const above = first ? first.start - margin : 0;
  const below = last ? rows.getTotalSize() - (last.end - margin) : 0;
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      style={{ height }}
      role="region"
      aria-label={caption}
      tabIndex={0}
      data-scroll-restoration-id="rows"
      aria-busy={list.isOld}
      onClick={(event) => {
        const link = event.target instanceof Element ? event.target.closest('tbody a') : null;
        if (!link || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        router.history.push(link.getAttribute('href') ?? '/');
      }}
    >
      <Rows
        className={classes.rows}
        role="table"
        layout="fixed"
        aria-label={caption}
        aria-rowcount={list.total && !list.total.more ? list.total.count + 1 : -1}
      >
        <Head sorted={sorted} columns={columns} />
        <tbody role="rowgroup">
          <Gap height={above} columns={columns.length} />
          {shown.map(({ index }) => (
            <Row key={index} index={index} row={list.rowAt(index)} hrefOf={hrefOf} columns={columns} />
          ))}
          <Gap height={below} columns={columns.length} />
        </tbody>
      </Rows>
    </div>
  );
}

const Head = memo(function Head({ sorted, columns }: Pick<Props, 'sorted' | 'columns'>): ReactNode {
  return (
    <Rows.Thead role="rowgroup">
      <Rows.Tr role="row" aria-rowindex={1}>
        {columns.map(({ title, sort }) => (
          <Heading key={title} title={title} {...(sort !== undefined && { sort, sorted })} />
        ))}
      </Rows.Tr>
    </Rows.Thead>
  );
});

/** Stands for the rows that are not there. */
function Gap({ height, columns }: { readonly height: number; readonly columns: number }): ReactNode {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" className={classes.gap} style={{ height }}>
      <td colSpan={columns} />
    </tr>
  );
}

interface RowProps extends Pick<Props, 'hrefOf' | 'columns'> {
  readonly index: number;
  readonly row: EndlessRow | undefined;
}

const Row = memo(function Row({ index, row, hrefOf, columns }: RowProps): ReactNode {
  return (
    <tr role="row" aria-rowindex={index + 2} className={classes.row}>
      {row ? (
        columns.map(({ title, cell }, at) => (
          <td key={title} role="cell" data-title={title}>
            {at === 0 ? (
              <a href={hrefOf(row)} className={`${classes.clamp ?? ''} ${classes.whole ?? ''}`}>
                {cell(row)}
              </a>
            ) : (
              <div className={classes.clamp}>{cell(row)}</div>
            )}
          </td>
        ))
      ) : (
        <td role="cell" colSpan={columns.length}>
          <div className={classes.coming} />
        </td>
      )}
    </tr>
  );
});
