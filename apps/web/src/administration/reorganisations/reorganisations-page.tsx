import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { dateText, numberText } from '../../format/format';
import { PageLink } from '../../frame/link';
import { Page } from '../../frame/page';
import { Listed } from '../../table/listed';
import { usePages } from '../../table/pages';
import { StateMark } from '../../table/state-mark';
import { Titles } from '../../table/titles';
import { Wide } from '../../table/wide';
import { useWords } from '../../words/words';
import { Planning } from './planning';
import { stateWords } from './step-words';

/** Reorganisations, those to come and those of the past, and the planning of another one. */
export function ReorganisationsPage(): ReactNode {
  const { say, language } = useWords();
  const pages = usePages('/api/v1/reorganisations', { limit: 50 });
  return (
    <Page title={say('reorganisation.title')} busy={pages.isFirst}>
      <Text mb="md">{say('reorganisation.says')}</Text>
      <Planning />
      <Listed pages={pages} empty={{ title: say('reorganisation.empty'), what: say('reorganisation.emptyWhat') }}>
        {(rows) => (
          <Wide label={say('reorganisation.title')}>
            <Table aria-label={say('reorganisation.title')}>
              <Titles
                of={[
                  say('reorganisation.name'),
                  say('reorganisation.decision'),
                  say('reorganisation.effectiveOn'),
                  say('reorganisation.progress'),
                  say('deadlines.state'),
                ]}
              />
              <Table.Tbody>
                {rows.map(({ id, title, decision, effectiveOn, steps, done, state }) => (
                  <Table.Tr key={id}>
                    <Table.Td>
                      <PageLink to="/administration/reorganisations/$id" params={{ id }}>
                        {title}
                      </PageLink>
                    </Table.Td>
                    <Table.Td>{say('reorganisation.decisionText', { number: decision.number, date: dateText(decision.date) })}</Table.Td>
                    <Table.Td>{dateText(effectiveOn)}</Table.Td>
                    <Table.Td>
                      {say('reorganisation.stepsDone', { done: numberText(done, language), steps: numberText(steps, language) })}
                    </Table.Td>
                    <Table.Td>
                      <StateMark weight={state === 'halted' ? 'late' : state === 'planned' || state === 'running' ? 'soon' : 'plain'}>
                        {say(stateWords[state])}
                      </StateMark>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Wide>
        )}
      </Listed>
    </Page>
  );
}
