import { Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { dateText, numberText, signedText } from '../format/format';
import { Moment } from '../format/moment';
import { PageLink } from '../frame/link';
import { NotHad } from '../frame/not-had';
import { Page } from '../frame/page';
import { PrintButton } from '../frame/print-button';
import { useUnits } from '../frame/units';
import { KeyValues } from '../table/key-values';
import { Titles } from '../table/titles';
import { Wide } from '../table/wide';
import { eventName } from '../words/codes';
import { useWords } from '../words/words';
import type { Words } from '../words/words';
import { differencesQuery, periodQuery } from './period-queries';
import type { Difference, Period } from './period-queries';

/** A closed period: its figures as they stand for good, and what came to light for it later. */
export function PeriodPage(): ReactNode {
  const words = useWords();
  const { say } = words;
  const { id } = useParams({ from: '/_signed-in/periods/$id' });
  const units = useUnits();
  const { data: closed } = useSuspenseQuery(periodQuery(id));
  const differences = useQuery(differencesQuery(id));
  const { unit, period, begins, ends, at, position, reports } = closed;
  return (
    <Page title={say('periods.of', { period, unit: units.nameOf(unit) })} busy={differences.isPending} aside={<PrintButton />}>
      <Group mb="md" data-noprint>
        <PageLink to="/periods">{say('periods.back')}</PageLink>
      </Group>
      <KeyValues
        entries={[
          [say('periods.days'), `${dateText(begins)} – ${dateText(ends)}`],
          [say('periods.closedAt'), <Moment key="at" at={at} />],
          [say('periods.position'), position],
        ]}
      />
      <Stack mt="lg">
        <Title order={2} size="h4">
          {say('periods.differences')}
        </Title>
        {differences.error && <NotHad error={differences.error} again={() => void differences.refetch()} />}
        {differences.data?.items.length === 0 && <Text>{say('periods.noDifferences')}</Text>}
        {differences.data && differences.data.items.length > 0 && <Differences items={differences.data.items} words={words} />}
        {differences.data?.more === true && <Text>{say('periods.more')}</Text>}
        {reports.map((report) => (
          <Frozen key={`${report.report} ${Object.values(report.asked).join()}`} report={report} words={words} nameOf={(one) => units.nameOf(one)} />
        ))}
      </Stack>
    </Page>
  );
} // prettier-ignore

function Differences({ items, words: { say, language } }: { readonly items: readonly Difference[]; readonly words: Words }): ReactNode {
  return (
    <Wide label={say('periods.differences')}>
      <Table aria-label={say('periods.differences')}>
        <Titles of={[say('periods.figure'), say('periods.closedFigure'), say('periods.nowFigure'), say('periods.difference'), say('periods.because')]} />
        <Table.Tbody>
          {items.map(({ report, row, column, title, closed, now, difference, events, more }) => (
            <Table.Tr key={[report, row, column].join(' ')}>
              <Table.Td>{`${title} (${row})`}</Table.Td>
              <Table.Td>{numberText(closed, language)}</Table.Td>
              <Table.Td>{numberText(now, language)}</Table.Td>
              <Table.Td>{signedText(difference, language)}</Table.Td>
              <Table.Td>
                {events.map(({ stream, revision, type, reason, contributes }) => (
                  <Text size="sm" key={`${stream} ${String(revision)}`}>
                    {[eventName(type, say), ...(contributes === null ? [] : [signedText(contributes, language)]), ...(reason === null ? [] : [reason])].join(' · ')}
                  </Text>
                ))}
                {more && <Text size="sm">{say('periods.moreEvents')}</Text>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
} // prettier-ignore

const hidden: readonly string[] = ['key', 'unitName'];

/** A report as it read when the period was closed, column by column. */
function Frozen({ report: { report, asked, rows }, words: { say, language }, nameOf }: { readonly report: Period['reports'][number]; readonly words: Words; readonly nameOf: (unit: string) => string }): ReactNode {
  const title = [say(reportWords[report] ?? 'periods.report'), ...Object.values(asked)].join(' · ');
  const columns = Object.keys(rows[0] ?? {}).filter((column) => !hidden.includes(column));
  const text = (column: string, value: unknown): string => {
    if (typeof value === 'number') return numberText(value, language);
    if (typeof value !== 'string') return '';
    return column === 'unit' ? nameOf(value) : value;
  };
  if (rows.length === 0) return null;
  return (
    <section>
      <Title order={3} size="h5" mb="xs">
        {title}
      </Title>
      <Wide label={title}>
        <Table aria-label={title}>
          <Titles of={columns} />
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={String(row['key'])}>
                {columns.map((column) => (
                  <Table.Td key={column}>{text(column, row[column])}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </section>
  );
} // prettier-ignore

const reportWords: Readonly<Record<string, 'reports.savings' | 'reports.onTime' | 'reports.funnel'>> = {
  savings: 'reports.savings',
  'on-time': 'reports.onTime',
  funnel: 'reports.funnel',
};
