import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Bar } from '../table/bar';
import { useWords } from '../words/words';
import { cellText, rowName, titleText } from './cells';
import type { CellWords } from './cells';
import type { Shown } from './report-table';
import classes from './reports.module.css';

const mostBars = 25;

interface Props {
  readonly shown: Shown;
  /** Key of the column that is drawn. */
  readonly charted: string;
  readonly words: CellWords;
}

/** One figure of each row as a bar; whoever does not see it has the table below, which says the same and more. */
export function Chart({ shown: { columns, rows, names }, charted, words }: Props): ReactNode {
  const { say } = useWords();
  const column = columns.find(({ key }) => key === charted);
  if (!column) return null;
  const numbers = rows.slice(0, mostBars).map((row) => ({ row, number: Number(row[charted] ?? 0) }));
  const most = column.unit === 'percent' ? 100 : Math.max(...numbers.map(({ number }) => number));
  if (numbers.length < 2 || !(most > 0)) return null;
  return (
    <div className={classes.chart} aria-hidden="true">
      <Text size="sm" fw={600}>
        {rows.length > mostBars ? say('reports.firstOf', { number: mostBars, title: titleText(column, say) }) : titleText(column, say)}
      </Text>
      {numbers.map(({ row, number }) => (
        <div key={row.key} className={classes.drawn}>
          <span className={classes.drawnName}>{rowName(columns, row, names, words)}</span>
          <Bar part={number / most} />
          <span className={classes.figure}>{cellText(column, row, true, words)}</span>
        </div>
      ))}
    </div>
  );
}
