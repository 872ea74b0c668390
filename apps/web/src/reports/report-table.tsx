import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageLink } from '../frame/link';
import { Nothing } from '../table/nothing';
import { Wide } from '../table/wide';
import { useWords } from '../words/words';
import { cellText, rowName, titleText } from './cells';
import type { CellWords } from './cells';
import type { ReportAnswer, ReportColumn, ReportRow } from './report-queries';
import type { ReportSearch } from './report-search';
import classes from './reports.module.css';
import { lineOf } from './reports';
import type { ReportName } from './reports';

/** What a report shows, and how its columns stand. */
export interface Shown {
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly ReportRow[];
  readonly totals?: ReportAnswer['totals'];
  /** Column by column. */
  readonly figures: readonly boolean[];
  /** So many columns at the beginning say what a row is of. */
  readonly names: number;
}

interface Props {
  readonly name: ReportName;
  readonly title: string;
  readonly shown: Shown;
  readonly words: CellWords;
  readonly search: ReportSearch;
}

/** The rows of a report, each cell leading to what it rests on. */
export function ReportTable({ name, title, shown: { columns, rows, totals, figures, names }, words, search }: Props): ReactNode {
  const { say } = useWords();
  const head = lineOf(name).head ?? columns[0]?.key;
  const classOf = (at: number): string => (figures[at] === true ? (classes.figure ?? '') : '');
  return (
    <Wide label={say('dashboard.tableOf', { title })}>
      <Table miw={columns.length * 104} className={classes.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column, at) => (
              <Table.Th key={column.key} scope="col" className={classOf(at)}>
                {titleText(column, say)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.length === 0 && (
            <Table.Tr>
              <Table.Td colSpan={columns.length}>
                <Nothing title={say('reports.empty')} what={say('reports.emptyWhat')} />
              </Table.Td>
            </Table.Tr>
          )}
          {rows.map((row) => (
            <Table.Tr key={row.key} data-row={row.key}>
              {columns.map((column, at) => {
                const text = cellText(column, row, figures[at] === true, words);
                if (column.key === head)
                  return (
                    <Table.Th key={column.key} scope="row" fw={400}>
                      {typeof row.procedure === 'string' ? (
                        <PageLink to="/procedures/$id" params={{ id: row.procedure }}>
                          {text}
                        </PageLink>
                      ) : (
                        text
                      )}
                    </Table.Th>
                  );
                const isExplained = at >= names && row[column.key] !== null && row[column.key] !== undefined;
                return (
                  <Table.Td key={column.key} className={classOf(at)}>
                    {isExplained ? (
                      <PageLink
                        to="/reports/$name"
                        params={{ name }}
                        search={{ ...search, row: row.key, column: column.key }}
                        resetScroll={false}
                        data-action="explain"
                        aria-haspopup="dialog"
                        aria-label={say('reports.explainCell', {
                          what: `${rowName(columns, row, names, words)}, ${column.title}: ${text}`,
                        })}
                      >
                        {text}
                      </PageLink>
                    ) : (
                      text
                    )}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
        {totals && rows.length > 0 && (
          <Table.Tfoot>
            <Table.Tr>
              {columns.map((column, at) =>
                at === 0 ? (
                  <Table.Th key={column.key} scope="row">
                    {say('dashboard.total')}
                  </Table.Th>
                ) : (
                  <Table.Td key={column.key} fw={600} className={classOf(at)}>
                    {totals[column.key] === undefined ? '' : cellText(column, totals, figures[at] === true, words)}
                  </Table.Td>
                ),
              )}
            </Table.Tr>
          </Table.Tfoot>
        )}
      </Table>
    </Wide>
  );
}
