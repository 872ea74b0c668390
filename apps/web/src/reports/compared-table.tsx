import { Button, Group, Table, Text } from '@mantine/core';
import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { dateText, decimalText, signedText } from '../format/format';
import { saveFile } from '../format/save-file';
import { NotHad } from '../frame/not-had';
import { UnderWay } from '../frame/under-way';
import { csvOf } from '../table/csv';
import { Nothing } from '../table/nothing';
import { Wide } from '../table/wide';
import { useWords } from '../words/words';
import { isFigures, titleText, valueText } from './cells';
import type { CellWords } from './cells';
import { compareQuery } from './report-queries';
import type { ComparedRow, ReportColumn } from './report-queries';
import classes from './reports.module.css';
import { lineOf } from './reports';
import type { ReportName } from './reports';

/** A moment that is compared. */
export interface Side {
  /** As the API takes it. */
  readonly moment: string;
  /** YYYY-MM-DD; left out for now. */
  readonly day?: string;
}

interface Props {
  readonly name: ReportName;
  readonly title: string;
  readonly asked: Readonly<Record<string, string>>;
  /** The earlier first. */
  readonly sides: readonly [Side, Side];
  readonly words: CellWords;
}

/** Each figure of a report at two moments, and from the first to the second. */
export function ComparedTable({ name, title, asked, sides, words }: Props): ReactNode {
  const { say, language } = useWords();
  const [at, other] = sides;
  const { data, error, refetch } = useQuery({ ...compareQuery(name, asked, at.moment, other.moment), placeholderData: keepPreviousData });
  if (data === undefined) return error === null ? <UnderWay /> : <NotHad error={error} again={() => void refetch()} />;
  const { hidden = [], figures: known, head } = lineOf(name);
  const { rows } = data;
  const columns = data.columns.filter(({ key }) => !hidden.includes(key));
  const [before, after] = sides.map(({ day }) => (day === undefined ? say('reports.now') : dateText(day)));
  const figures = columns.map((column) =>
    isFigures(column, rows.flatMap(({ cells }) => [cells[column.key]?.at, cells[column.key]?.with]), known),
  ); // prettier-ignore
  const text = (column: ReportColumn, row: ComparedRow, side: 'at' | 'with', isFigure: boolean): string => {
    const value = row.cells[column.key]?.[side];
    return isFigure && typeof value === 'string' ? decimalText(value, language) : valueText(column.key, value, words);
  };
  const difference = (column: ReportColumn, row: ComparedRow): string => {
    const value = row.cells[column.key]?.difference ?? null;
    return value === null ? '–' : signedText(value, language);
  };
  /** What is no figure is said once where it stayed the same. */
  const both = (column: ReportColumn, row: ComparedRow): string => {
    const [first, second] = [text(column, row, 'at', false), text(column, row, 'with', false)];
    if (first === second || row.cells[column.key]?.at == null) return second;
    return row.cells[column.key]?.with == null ? first : `${first} → ${second}`;
  };
  const file = (): Blob => {
    const head = columns.flatMap((column, index) => {
      const named = titleText(column, say);
      return figures[index] === true
        ? [`${named}, ${before ?? ''}`, `${named}, ${after ?? ''}`, `${named}, ${say('reports.difference')}`]
        : [named];
    });
    const lines = rows.map((row) =>
      columns.flatMap((column, index) =>
        figures[index] === true
          ? [text(column, row, 'at', true), text(column, row, 'with', true), difference(column, row)]
          : [both(column, row)],
      ),
    );
    return new Blob([csvOf([head, ...lines], language === 'vi' ? ';' : ',')], { type: 'text/csv;charset=utf-8' });
  };
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Text aria-live="polite">{say('reports.compared', { before: before ?? '', after: after ?? '' })}</Text>
        <Button variant="default" size="compact-sm" onClick={() => saveFile(file(), `${name}.csv`)} data-noprint>
          {say('register.export')}
        </Button>
      </Group>
      <Wide label={say('dashboard.tableOf', { title })}>
        <Table miw={columns.length * 130} className={`${classes.table ?? ''} ${classes.sides ?? ''}`} withColumnBorders>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column, index) =>
                figures[index] === true ? (
                  <Table.Th key={column.key} scope="colgroup" colSpan={3}>
                    {titleText(column, say)}
                  </Table.Th>
                ) : (
                  <Table.Th key={column.key} scope="col" rowSpan={figures.includes(true) ? 2 : 1}>
                    {titleText(column, say)}
                  </Table.Th>
                ),
              )}
            </Table.Tr>
            <Table.Tr>
              {columns.map(({ key }, index) => {
                if (figures[index] !== true) return null;
                return [before, after, say('reports.difference')].map((side) => (
                  <Table.Th key={`${key} ${side ?? ''}`} scope="col" className={classes.figure ?? ''}>
                    {side}
                  </Table.Th>
                ));
              })}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.length === 0 && (
              <Table.Tr>
                <Table.Td colSpan={columns.length + 2 * figures.filter(Boolean).length}>
                  <Nothing title={say('reports.empty')} what={say('reports.emptyWhat')} />
                </Table.Td>
              </Table.Tr>
            )}
            {rows.map((row) => (
              <Table.Tr key={row.key} data-row={row.key}>
                {columns.map((column, index) =>
                  figures[index] === true ? (
                    <Fragment key={column.key}>
                      <Table.Td className={classes.figure ?? ''}>{text(column, row, 'at', true)}</Table.Td>
                      <Table.Td className={classes.figure ?? ''}>{text(column, row, 'with', true)}</Table.Td>
                      <Table.Td className={classes.figure ?? ''} fw={600}>
                        {difference(column, row)}
                      </Table.Td>
                    </Fragment>
                  ) : column.key === (head ?? columns[0]?.key) ? (
                    <Table.Th key={column.key} scope="row" fw={400}>
                      {both(column, row)}
                    </Table.Th>
                  ) : (
                    <Table.Td key={column.key}>{both(column, row)}</Table.Td>
                  ),
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </>
  );
}
