import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { numberText } from '../format/format';
import { PageLink } from '../frame/link';
import { kindName } from '../words/codes';
import type { Word } from '../words/words';
import { useWords } from '../words/words';
import classes from './dashboard.module.css';
import type { OnTimeRow } from './dashboard-queries';
import type { DashboardSearch } from './dashboard-search';

const measureWords = {
  signedBeforeEffect: 'dashboard.signedBeforeEffect',
  disclosedAfterSigning: 'dashboard.disclosedAfterSigning',
} as const satisfies Record<OnTimeRow['measure'], Word>;

const figures = ['met', 'late', 'open', 'unknown'] as const;
const figureWords = {
  met: 'dashboard.met',
  late: 'dashboard.late',
  open: 'dashboard.open',
  unknown: 'dashboard.unknown',
} as const satisfies Record<(typeof figures)[number], Word>;

interface Props {
  readonly rows: readonly OnTimeRow[];
  readonly search: DashboardSearch;
}

/** How many publications were signed and disclosed in time; each row leads to the procedures of its kind. */
export function OnTime({ rows, search }: Props): ReactNode {
  const { say, language } = useWords();
  if (rows.length === 0) return <Text>{say('dashboard.nonePublished')}</Text>;
  const met = rows.reduce((so, row) => so + row.met, 0);
  const late = rows.reduce((so, row) => so + row.late, 0);
  return (
    <>
      <Text>{say('dashboard.onTimeSays', { met: numberText(met, language), all: numberText(met + late, language) })}</Text>
      <Table.ScrollContainer minWidth={620} type="native">
        <Table aria-labelledby="on-time">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{say('dashboard.measure')}</Table.Th>
              <Table.Th scope="col">{say('procedure.kind')}</Table.Th>
              {figures.map((figure) => (
                <Table.Th key={figure} scope="col" className={classes.number ?? ''}>
                  {say(figureWords[figure])}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={`${row.measure} ${row.kind} ${row.group ?? ''}`}>
                <Table.Th scope="row" fw={400}>
                  {say(measureWords[row.measure])}
                </Table.Th>
                <Table.Td>
                  <PageLink to="/procedures" search={{ ...search, kind: row.kind, ...(row.group !== null && { group: row.group }) }}>
                    {kindName(row.kind, row.group, say)}
                  </PageLink>
                </Table.Td>
                {figures.map((figure) => (
                  <Table.Td key={figure} className={classes.number ?? ''}>
                    {numberText(row[figure], language)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
