import { Box, Group, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { dateText } from '../format/format';
import { PageLink } from '../frame/link';
import { Page } from '../frame/page';
import { PrintButton } from '../frame/print-button';
import { useUnits } from '../frame/units';
import { KeyValues } from '../table/key-values';
import { StateMark } from '../table/state-mark';
import { useWords } from '../words/words';
import { DueMark } from '../recommendations/due-mark';
import { FindingsList } from './findings-list';
import { InspectionActs } from './inspection-acts';
import { stateWords, stepsOf } from './inspection-words';
import { inspectionQuery } from './inspections-queries';
import { RecommendationsList } from '../recommendations/recommendations-list';

/** An inspection: how far it is, what was found, and what is asked of whom. */
export function InspectionPage(): ReactNode {
  const { say } = useWords();
  const { id } = useParams({ from: '/_signed-in/inspections/$id' });
  const units = useUnits();
  const { data: inspection } = useSuspenseQuery(inspectionQuery(id));
  const { title, by, of, state, part, findings, recommendations } = inspection;
  const isKept = part !== 'all' && !['concluded', 'closed'].includes(state);
  return (
    <Page title={title} aside={<PrintButton />}>
      <Group mb="md" data-noprint>
        <PageLink to="/inspections">{say('inspections.back')}</PageLink>
      </Group>
      <Box data-inspection={state}>
        <KeyValues
          entries={[
            [
              say('deadlines.state'),
              <StateMark key="state" weight={state === 'closed' ? 'plain' : 'soon'}>
                {say(stateWords[state])}
              </StateMark>,
            ],
            [say('inspections.due'), inspection.dueOn === null ? null : <DueMark key="due" of={inspection} />],
            [say('inspections.by'), units.nameOf(by)],
            [say('inspections.of'), units.nameOf(of)],
          ]}
        />
      </Box>
      <Box mt="md">
        <InspectionActs of={inspection} />
      </Box>
      <section aria-labelledby="course">
        <Title order={2} size="h4" id="course" mb="sm">
          {say('inspections.course')}
        </Title>
        <ol>
          {stepsOf(inspection).map(({ word, on, number }) => (
            <li key={word}>
              <Text component="span" fw={500}>
                {dateText(on)}
              </Text>
              {` – ${say(word, { number: number ?? '' })}`}
            </li>
          ))}
        </ol>
      </section>
      {part !== 'owner' && (
        <Box component="section" aria-labelledby="findings" mt="lg">
          <Title order={2} size="h4" id="findings" mb="sm">
            {say('inspections.findings')}
          </Title>
          {findings.length === 0 && <Text>{say(isKept ? 'inspections.findingsLater' : 'inspections.noFindings')}</Text>}
          <FindingsList of={inspection} />
        </Box>
      )}
      <Box component="section" aria-labelledby="recommendations" mt="lg">
        <Title order={2} size="h4" id="recommendations" mb="sm">
          {say('inspections.recommendations')}
        </Title>
        {recommendations.length === 0 && <Text>{say('inspections.noRecommendations')}</Text>}
        <RecommendationsList recommendations={recommendations} path={`/api/v1/inspections/${id}/actions`} />
      </Box>
    </Page>
  );
}
