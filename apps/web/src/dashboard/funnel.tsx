import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { numberText } from '../format/format';
import { PageLink } from '../frame/link';
import { kindWords, knownStages, stageName } from '../words/codes';
import { useWords } from '../words/words';
import classes from './dashboard.module.css';
import type { FunnelRow } from './dashboard-queries';
import type { DashboardSearch } from './dashboard-search';

type Kind = FunnelRow['kind'];
const kinds = Object.keys(kindWords) as readonly Kind[];

interface Props {
  readonly rows: readonly FunnelRow[];
  readonly total: number;
  readonly search: DashboardSearch;
}

/** How many procedures stand in each stage, by kind; each figure leads to its list. */
export function Funnel({ rows, total, search }: Props): ReactNode {
  const { say, language } = useWords();
  if (total === 0) return <Text>{say('register.empty')}</Text>;
  const stages = stagesOf(rows);
  const sum = (stage: string, kind?: Kind): number =>
    rows.reduce((so, row) => (row.stage === stage && (kind === undefined || row.kind === kind) ? so + row.count : so), 0);
  const most = stages.reduce((first, stage) => (sum(stage) > sum(first) ? stage : first));
  const figure = (stage: string, kind?: Kind): ReactNode => {
    const count = sum(stage, kind);
    if (count === 0) return numberText(0, language);
    const named = `${stageName(stage, say)}, ${say(kind === undefined ? 'dashboard.total' : kindWords[kind])}: ${numberText(count, language)}`;
    return (
      <PageLink to="/procedures" search={{ ...search, stage, ...(kind && { kind }) }} aria-label={named}>
        {numberText(count, language)}
      </PageLink>
    );
  };
  return (
    <>
      <Text>
        {say('dashboard.funnelSays', {
          total: numberText(total, language),
          stage: stageName(most, say),
          number: numberText(sum(most), language),
        })}
      </Text>
      <Table.ScrollContainer minWidth={620} type="native">
        <Table aria-labelledby="funnel">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{say('procedure.stage')}</Table.Th>
              {kinds.map((kind) => (
                <Table.Th key={kind} scope="col" className={classes.number ?? ''}>
                  {say(kindWords[kind])}
                </Table.Th>
              ))}
              <Table.Th scope="col" className={classes.number ?? ''}>
                {say('dashboard.total')}
              </Table.Th>
              <Table.Td aria-hidden="true" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {stages.map((stage) => (
              <Table.Tr key={stage}>
                <Table.Th scope="row" fw={400}>
                  {stageName(stage, say)}
                </Table.Th>
                {kinds.map((kind) => (
                  <Table.Td key={kind} className={classes.number ?? ''}>
                    {figure(stage, kind)}
                  </Table.Td>
                ))}
                <Table.Td className={classes.number ?? ''}>{figure(stage)}</Table.Td>
                <Table.Td aria-hidden="true" w="30%">
                  <svg className={classes.bar} viewBox="0 0 100 10" preserveAspectRatio="none">
                    <rect width={(100 * sum(stage)) / sum(most)} height="10" />
                  </svg>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}

/** Those that hold something, in the order of the lifecycle; ones that only a definition knows stand last. */
function stagesOf(rows: readonly FunnelRow[]): readonly string[] {
  const there = new Set(rows.filter(({ count }) => count > 0).map(({ stage }) => stage));
  return [...knownStages.filter((stage) => there.has(stage)), ...[...there].filter((stage) => !knownStages.includes(stage))];
}
