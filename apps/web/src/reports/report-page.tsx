import { Alert, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { dateText, endOf, numberText } from '../format/format';
import { Moment } from '../format/moment';
import { PageLink } from '../frame/link';
import { NotHad } from '../frame/not-had';
import { NotThere } from '../frame/not-there';
import { Page } from '../frame/page';
import { PrintButton } from '../frame/print-button';
import { useUnits } from '../frame/units';
import { More } from '../table/more';
import { useWords } from '../words/words';
import { isFigures, namesIn, rowName } from './cells';
import type { CellWords } from './cells';
import { Chart } from './chart';
import { ComparedTable } from './compared-table';
import type { Side } from './compared-table';
import { Explanation } from './explanation';
import { Exports } from './exports';
import { ReportChips, ReportFilters } from './report-filters';
import { askedOf, askedThen, reportQuery } from './report-queries';
import type { ReportAnswer } from './report-queries';
import { readReportSearch } from './report-search';
import { ReportTable } from './report-table';
import type { Shown } from './report-table';
import { isReport, lineOf } from './reports';
import type { ReportName } from './reports';

/** A report, by the name in the address. */
export function ReportPage(): ReactNode {
  const { name } = useParams({ from: '/_signed-in/reports/$name' });
  return isReport(name) ? <OneReport key={name} name={name} /> : <NotThere />;
}

function OneReport({ name }: { readonly name: ReportName }): ReactNode {
  const words = useWords();
  const { say, language } = words;
  const search = useSearch({ from: '/_signed-in/reports/$name' });
  const navigate = useNavigate();
  const { nameOf } = useUnits();
  const line = lineOf(name);
  const { ofProgramme = false } = line;
  const isAsked = !ofProgramme || search.programme !== undefined;
  const asked = askedThen(name, search);
  const found = useInfiniteQuery({ ...reportQuery(name, asked), enabled: isAsked, placeholderData: (before) => before });
  const pages = isAsked ? (found.data?.pages ?? []) : [];
  const [first] = pages;
  const shown = first && shownOf(name, first, pages);
  const cellWords: CellWords = { ...words, nameOf };
  const title = say(line.title);
  const go = (changed: Readonly<Record<string, string>>): void =>
    void navigate({
      to: '/reports/$name',
      params: { name },
      // What is explained is of what was shown before.
      search: readReportSearch({ ...search, row: undefined, column: undefined, ...changed }),
      replace: true,
      resetScroll: false,
    });
  const sides = first ? sidesOf(search, first.asOf.position) : null;
  const { row, column } = search;
  const cell = row !== undefined && column !== undefined ? { row, column } : null;
  return (
    <Page title={title} busy={isAsked && (found.isPending || found.isPlaceholderData)} aside={<PrintButton />}>
      <Group mb="xs" data-noprint>
        <PageLink to="/reports">{say('reports.back')}</PageLink>
      </Group>
      <Text mb="md">{say(line.says)}</Text>
      <ReportFilters name={name} line={line} search={search} change={go} />
      <ReportChips name={name} line={line} search={search} change={go} />
      {search.asOf !== undefined && (
        <Alert color="yellow" variant="light" mb="md" title={say('past.day', { date: dateText(search.asOf) })}>
          <PageLink to="/reports/$name" params={{ name }} search={readReportSearch({ ...search, asOf: undefined })}>
            {say('past.now')}
          </PageLink>
        </Alert>
      )}
      {!isAsked && <Text>{say('reports.chooseFirst')}</Text>}
      {isAsked && found.error && first === undefined && <NotHad error={found.error} again={() => void found.refetch()} />}
      {isAsked && found.isPending && <Skeleton height={200} />}
      {shown && sides && <ComparedTable name={name} title={title} asked={askedOf(name, search)} sides={sides} words={cellWords} />}
      {shown && !sides && (
        <>
          {line.charted !== undefined && <Chart shown={shown} charted={line.charted} words={cellWords} />}
          <Group justify="space-between" mb="xs">
            <Text aria-live="polite">
              {say(found.hasNextPage ? 'reports.rowsMore' : 'reports.rows', { number: numberText(shown.rows.length, language) })}
            </Text>
            <Exports name={name} asked={asked} />
          </Group>
          <ReportTable {...{ name, title, shown, search }} words={cellWords} />
          <More isOpen={found.hasNextPage} isWaiting={found.isFetchingNextPage} next={() => void found.fetchNextPage()} />
        </>
      )}
      {first && (
        <Stack gap={0} mt="sm">
          {first.asOf.position !== '0' && (
            <Text size="sm" c="dimmed">
              {say('dashboard.asOf')} <Moment at={first.asOf.at} />
            </Text>
          )}
        </Stack>
      )}
      <Explanation
        {...{ name, asked, cell }}
        title={cell && shown ? cellTitle(shown, cell, cellWords) : say('reports.explanation')}
        words={cellWords}
        close={() => go({})}
      />
    </Page>
  );
}

function shownOf(name: ReportName, { columns: all, totals }: ReportAnswer, pages: readonly ReportAnswer[]): Shown {
  const { names, figures: known, hidden = [] } = lineOf(name);
  const columns = all.filter(({ key }) => !hidden.includes(key));
  const rows = pages.flatMap((page) => page.rows);
  const figures = columns.map((column) =>
    isFigures(
      column,
      rows.map((row) => row[column.key]),
      known,
    ),
  );
  return { columns, rows, figures, names: names ?? namesIn(figures), ...(totals && { totals }) };
}

/** The moments that are compared, the earlier first; what is looked at now is known by its position. @returns null where nothing is compared */
function sidesOf({ asOf, with: other }: ReturnType<typeof readReportSearch>, position: string): readonly [Side, Side] | null {
  if (other === undefined) return null;
  const compared = { moment: endOf(other), day: other };
  const looked = asOf === undefined ? { moment: position } : { moment: endOf(asOf), day: asOf };
  return asOf !== undefined && asOf < other ? [looked, compared] : [compared, looked];
}

function cellTitle({ columns, rows, names }: Shown, cell: { readonly row: string; readonly column: string }, words: CellWords): string {
  const row = rows.find(({ key }) => key === cell.row);
  const column = columns.find(({ key }) => key === cell.column);
  return [row && rowName(columns, row, names, words), column?.title].filter(Boolean).join(': ') || words.say('reports.explanation');
}
