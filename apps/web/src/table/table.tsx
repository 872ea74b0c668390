import { Checkbox, Table as Rows } from '@mantine/core';
import { useDeferredValue, useRef } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { afterPress, withAll, without } from './choosing';
import type { ChosenRows, Keyed } from './choosing';
import type { Column, RowLink, Sorted } from './column';
import { Heading } from './heading';
import { Listed } from './listed';
import type { Pages } from './pages';
import { RowCells } from './row-cells';
import classes from './table.module.css';

/** Rows can be chosen, to do one thing with several. */
interface Choice<Row> {
  readonly chosen: ChosenRows<Row>;
  readonly choose: (chosen: ChosenRows<Row>) => void;
  /** Names a row. */
  readonly nameOf: (row: Row) => string;
}

interface Props<Row> {
  /** What is listed, for whoever does not see the heading. */
  readonly caption: string;
  readonly pages: Pages<Row>;
  readonly keyOf: (row: Row) => string;
  /** Where the first cell, and with it the row, leads. */
  readonly linkOf: (row: Row) => RowLink;
  /** Called when a row is opened. */
  readonly opened?: () => void;
  /** By what the whole list is sorted. (Default: its own order) */
  readonly sorted?: Sorted;
  /** (Default: none can be chosen) */
  readonly choice?: Choice<Row>;
  /** The name first, the state last. */
  readonly columns: readonly Column<Row>[];
  readonly empty: { readonly title: string; readonly what: string };
}

/** So many are drawn at first, which fill a screen; the others follow at once, and hold up nothing. */
const inSight = 16;

/** A list in pages as a table whose rows lead somewhere; where it is narrow, rows are cards. */
export function Table<Row>({ caption, pages, keyOf, linkOf, opened, sorted, choice, columns, empty }: Props<Row>): ReactNode {
  return (
    <Listed pages={pages} empty={empty}>
      {(rows) => (
        <Rows className={classes.rows} role="table">
          <caption className={classes.caption}>{caption}</caption>
          <Rows.Thead role="rowgroup">
            <Rows.Tr role="row">
              {choice && <AllChosen rows={rows} keyOf={keyOf} choice={choice} />}
              {columns.map(({ title, sort }) => (
                <Heading key={title} title={title} {...(sort !== undefined && sorted && { sort, sorted })} />
              ))}
            </Rows.Tr>
          </Rows.Thead>
          <Body {...{ rows, keyOf, linkOf, columns }} {...(choice && { choice })} {...(opened && { opened })} />
        </Rows>
      )}
    </Listed>
  );
}

type BodyProps<Row> = Pick<Props<Row>, 'keyOf' | 'linkOf' | 'opened' | 'columns' | 'choice'> & { readonly rows: readonly Row[] };

function Body<Row>({ rows, keyOf, linkOf, opened, columns, choice }: BodyProps<Row>): ReactNode {
  const { say } = useWords();
  const anchor = useRef<number | null>(null);
  const keyed = keyedBy(useDeferredValue(rows, rows.slice(0, inSight)), keyOf);
  return (
    <Rows.Tbody role="rowgroup">
      {keyed.map(({ key, row }, at) => (
        <Rows.Tr key={key} role="row" data-chosen={choice?.chosen.has(key) === true || undefined}>
          {choice && (
            <Rows.Td role="cell" className={classes.acts ?? ''}>
              <Checkbox
                aria-label={say('table.choose', { what: choice.nameOf(row) })}
                checked={choice.chosen.has(key)}
                onChange={({ nativeEvent }) => {
                  const stretches = 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true;
                  choice.choose(afterPress(choice.chosen, keyed, { at, from: stretches ? anchor.current : null }));
                  anchor.current = at;
                }}
              />
            </Rows.Td>
          )}
          <RowCells row={row} columns={columns} link={linkOf(row)} {...(opened && { opened })} />
        </Rows.Tr>
      ))}
    </Rows.Tbody>
  );
}

interface AllProps<Row> extends Pick<Props<Row>, 'keyOf'> {
  readonly rows: readonly Row[];
  readonly choice: Choice<Row>;
}

/** Chooses all rows that are shown, or lets them go. */
function AllChosen<Row>({ rows, keyOf, choice: { chosen, choose } }: AllProps<Row>): ReactNode {
  const { say } = useWords();
  const keyed = keyedBy(rows, keyOf);
  const number = keyed.filter(({ key }) => chosen.has(key)).length;
  const isAll = number === keyed.length;
  return (
    <Rows.Th role="columnheader" scope="col">
      <Checkbox
        aria-label={say('table.chooseAll')}
        checked={isAll}
        indeterminate={number > 0 && !isAll}
        onChange={() => choose(isAll ? without(chosen, keyed) : withAll(chosen, keyed))}
      />
    </Rows.Th>
  );
}

const keyedBy = <Row,>(rows: readonly Row[], keyOf: (row: Row) => string): readonly Keyed<Row>[] =>
  rows.map((row) => ({ key: keyOf(row), row }));
