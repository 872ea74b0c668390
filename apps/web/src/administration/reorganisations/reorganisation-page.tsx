import { Box, Group, Table, Title } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { command } from '../../api/client';
import { Acts } from '../../form/acts';
import type { Act } from '../../form/acts';
import { LongField } from '../../form/fields';
import { dateText, numberText } from '../../format/format';
import { PageLink } from '../../frame/link';
import { NotHad } from '../../frame/not-had';
import { Page } from '../../frame/page';
import { UnderWay } from '../../frame/under-way';
import { useUnits } from '../../frame/units';
import { KeyValues } from '../../table/key-values';
import { StateMark } from '../../table/state-mark';
import { Titles } from '../../table/titles';
import { Wide } from '../../table/wide';
import { useWords } from '../../words/words';
import { PersonOf } from '../people/person-link';
import { NamedProcedures } from './named-procedures';
import { Amending } from './planning';
import { PreviewTable, Unmet } from './preview-table';
import { previewQuery, reorganisationQuery } from './reorganisations-queries';
import type { Reorganisation } from './reorganisations-queries';
import { progressWords, stateWords, stepText } from './step-words';

/** A reorganisation: what becomes of whom, how far it has come, and what it would move today while it waits. */
export function ReorganisationPage(): ReactNode {
  const { say } = useWords();
  const { id } = useParams({ from: '/_signed-in/administration/reorganisations/$id' });
  const { data } = useSuspenseQuery(reorganisationQuery(id));
  const { title, decision, effectiveOn, state, by, completedOn, reason, unmet, allowed } = data;
  const path = `/api/v1/reorganisations/${id}`;
  const acts: readonly Act[] = [
    {
      name: 'resume-reorganisation',
      title: say('reorganisation.resume'),
      effect: say('reorganisation.resumeEffect'),
      send: (body, key) => command('POST', `${path}/resume`, body, { key }),
    },
    {
      name: 'cancel-reorganisation',
      title: say('reorganisation.cancel'),
      effect: say('reorganisation.cancelEffect'),
      isFinal: true,
      fields: <LongField name="reason" label={say('field.reason')} />,
      send: (body, key) => command('POST', `${path}/cancel`, body, { key }),
    },
  ];
  const open = acts.filter(({ name }) => allowed.some((one) => name === `${one}-reorganisation`));
  return (
    <Page title={title}>
      <Group mb="md" data-noprint>
        <PageLink to="/administration/reorganisations">{say('reorganisation.back')}</PageLink>
      </Group>
      <KeyValues
        entries={[
          [say('reorganisation.decision'), say('reorganisation.decisionText', { number: decision.number, date: dateText(decision.date) })],
          [say('reorganisation.effectiveOn'), dateText(effectiveOn)],
          [say('reorganisation.by'), <PersonOf key="by" id={by} />],
          [say('deadlines.state'), say(stateWords[state])],
          [say('reorganisation.completedOn'), completedOn === null ? null : dateText(completedOn)],
          [say('reorganisation.reason'), reason],
        ]}
      />
      {allowed.includes('amend') && (
        <Box mt="md">
          <Amending plan={data} />
        </Box>
      )}
      <Box mt="md">
        <Acts label={say('reorganisation.acts')} acts={open} />
      </Box>
      {unmet.length > 0 && <Unmet unmet={unmet} />}
      <Steps of={data} />
      {(state === 'planned' || state === 'halted') && data.begunOn === null && <Waiting id={id} steps={data.steps} />}
    </Page>
  );
}

function Steps({ of: { steps, progress } }: { readonly of: Reorganisation }): ReactNode {
  const { say, language } = useWords();
  const { nameOf } = useUnits();
  return (
    <Wide label={say('reorganisation.steps')}>
      <Table aria-label={say('reorganisation.steps')} aria-live="polite">
        <Titles of={[say('reorganisation.step'), say('deadlines.state'), say('reorganisation.moved')]} />
        <Table.Tbody>
          {steps.map((step, index) => {
            const { state, moved } = progress[index] ?? { state: 'waiting', moved: 0 };
            return (
              <Table.Tr key={index} data-step={state}>
                <Table.Td>
                  {stepText(step, { say, language, nameOf })}
                  {step.procedures && <NamedProcedures ids={step.procedures} />}
                </Table.Td>
                <Table.Td>
                  <StateMark weight={state === 'halted' ? 'late' : state === 'running' ? 'soon' : 'plain'}>
                    {say(progressWords[state])}
                  </StateMark>
                </Table.Td>
                <Table.Td>{numberText(moved, language)}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

function Waiting({ id, steps }: { readonly id: string; readonly steps: Reorganisation['steps'] }): ReactNode {
  const { say } = useWords();
  const { data, error, refetch } = useQuery(previewQuery(id));
  return (
    <>
      <Title order={2} size="h4" mt="md" mb="sm">
        {say('reorganisation.previewNow')}
      </Title>
      {error ? (
        <NotHad error={error} again={() => void refetch()} />
      ) : data ? (
        <PreviewTable label={say('reorganisation.previewNow')} steps={steps} preview={data} />
      ) : (
        <UnderWay />
      )}
    </>
  );
}
