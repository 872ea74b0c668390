import { Table, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { dateText, lastDayText } from '../../format/format';
import { StateMark } from '../../table/state-mark';
import { Wide } from '../../table/wide';
import { actionName, stageName } from '../../words/codes';
import { useWords } from '../../words/words';
import { deadlineWords, weightOf } from '../deadline-words';
import { deadlinesOfQuery } from '../procedure-queries';
import type { SectionProps } from './sections';

/** What had to be done by when, and whether it was. A suspension stops what runs. */
export function Deadlines({ procedure: { id, onTime } }: SectionProps): ReactNode {
  const { say } = useWords();
  const { items } = useSuspenseQuery(deadlinesOfQuery(id)).data;
  const measures = {
    signedBeforeEffect: 'dashboard.signedBeforeEffect',
    disclosedAfterSigning: 'dashboard.disclosedAfterSigning',
  } as const;
  const states = { met: 'dashboard.met', late: 'dashboard.late', open: 'dashboard.open', unknown: 'dashboard.unknown' } as const;
  return (
    <section aria-labelledby="deadlines">
      <Title order={2} size="h4" id="deadlines" mb="sm">
        {say('section.deadlines')}
      </Title>
      {items.length === 0 && onTime.length === 0 ? (
        <Text c="dimmed">{say('deadlines.noneHere')}</Text>
      ) : (
        <Wide label={say('deadlines.table')}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('deadlines.what')}</Table.Th>
                <Table.Th>{say('deadlines.since')}</Table.Th>
                <Table.Th>{say('deadlines.due')}</Table.Th>
                <Table.Th>{say('deadlines.ended')}</Table.Th>
                <Table.Th>{say('deadlines.state')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map(({ action, stage, startedAt, dueAt, endedOn, state, stopped, escalated }) => (
                <Table.Tr key={`${action ?? ''} ${stage ?? ''} ${startedAt}`}>
                  <Table.Td>
                    {action === null ? say('deadlines.stay', { stage: stageName(stage ?? '', say) }) : actionName(action, say)}
                  </Table.Td>
                  <Table.Td>{dateText(startedAt)}</Table.Td>
                  <Table.Td>{dueAt === null ? say('deadlines.unknown') : lastDayText(dueAt)}</Table.Td>
                  <Table.Td>{endedOn === null ? '' : dateText(endedOn)}</Table.Td>
                  <Table.Td>
                    <StateMark weight={weightOf(state)}>
                      {say(escalated && state === 'missed' ? 'deadlines.escalated' : deadlineWords[state])}
                      {stopped && `, ${say('deadlines.stopped')}`}
                    </StateMark>
                  </Table.Td>
                </Table.Tr>
              ))}
              {onTime.map(({ measure, on, limitOn, state }) => (
                <Table.Tr key={measure}>
                  <Table.Td>{say(measures[measure])}</Table.Td>
                  <Table.Td />
                  <Table.Td>{limitOn === null ? '' : dateText(limitOn)}</Table.Td>
                  <Table.Td>{on === null ? '' : dateText(on)}</Table.Td>
                  <Table.Td>
                    <StateMark weight={state === 'late' ? 'late' : 'plain'}>{say(states[state])}</StateMark>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Wide>
      )}
    </section>
  );
}
