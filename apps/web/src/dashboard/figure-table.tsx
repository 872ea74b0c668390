import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { numberText } from '../format/format';
import { PageLink } from '../frame/link';
import { Bar } from '../table/bar';
import { Wide } from '../table/wide';
import { useWords } from '../words/words';
import classes from './dashboard.module.css';
import type { Figure, Figures, ListAddress } from './figures';

interface Props {
  readonly label: string;
  readonly figures: Figures;
}

/** Figures as a table; each leads to the list that it counts. */
export function FigureTable({ label, figures: { names, columns, rows, bar } }: Props): ReactNode {
  const barOf = (row: Figures['rows'][number]): number => (bar === undefined ? 0 : (row.figures[bar]?.number ?? 0));
  const most = Math.max(1, ...rows.map(barOf));
  return (
    <Wide label={label}>
      <Table className={classes.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            {names.map((title) => (
              <Table.Th key={title} scope="col">
                {title}
              </Table.Th>
            ))}
            {columns.map((title) => (
              <Table.Th key={title} scope="col" className={classes.number ?? ''}>
                {title}
              </Table.Th>
            ))}
            {bar !== undefined && <Table.Td aria-hidden="true" data-noprint />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.key}>
              {row.names.map((name, at) =>
                at === 0 ? (
                  <Table.Th key={names[at]} scope="row" fw={400}>
                    <ToList list={row.list}>{name}</ToList>
                  </Table.Th>
                ) : (
                  <Table.Td key={names[at]}>{name}</Table.Td>
                ),
              )}
              {row.figures.map((figure, at) => (
                <Table.Td key={columns[at]} className={classes.number ?? ''}>
                  <FigureText figure={figure} of={`${row.names.join(', ')}, ${columns[at] ?? ''}`} />
                </Table.Td>
              ))}
              {bar !== undefined && (
                <Table.Td aria-hidden="true" className={classes.barCell ?? ''} data-noprint>
                  <Bar part={barOf(row) / most} />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

function FigureText({ figure: { number, list, isLate = false }, of }: { readonly figure: Figure; readonly of: string }): ReactNode {
  const { language } = useWords();
  const text = numberText(number, language);
  if (number === 0 || list === undefined) return text;
  return (
    <ToList list={list} label={`${of}: ${text}`} isLate={isLate}>
      {text}
    </ToList>
  );
}

interface ToListProps {
  readonly list: ListAddress | undefined;
  readonly label?: string;
  readonly isLate?: boolean;
  readonly children: string;
}

/** Leads to a list; where there is none, it is its words alone. */
function ToList({ list, label, isLate = false, children }: ToListProps): ReactNode {
  const named = { ...(label !== undefined && { 'aria-label': label }), ...(isLate && { className: classes.late ?? '' }) };
  switch (list?.to) {
    case undefined:
      return children;
    case '/procedures':
      return (
        <PageLink to="/procedures" search={list.search} {...named}>
          {children}
        </PageLink>
      );
    case '/deadlines':
      return (
        <PageLink to="/deadlines" search={list.search} {...named}>
          {children}
        </PageLink>
      );
    case '/reports/$name':
      return (
        <PageLink to="/reports/$name" params={list.params} search={list.search} {...named}>
          {children}
        </PageLink>
      );
    case '/dashboard':
      return (
        <PageLink to="/dashboard" search={list.search} {...named}>
          {children}
        </PageLink>
      );
  }
}
