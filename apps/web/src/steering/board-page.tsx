import { Box, Group, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { dateText } from '../format/format';
import { PageLink } from '../frame/link';
import { Page } from '../frame/page';
import { PrintButton } from '../frame/print-button';
import { useUnits } from '../frame/units';
import { DueMark } from '../recommendations/due-mark';
import { RecommendationsList } from '../recommendations/recommendations-list';
import { KeyValues } from '../table/key-values';
import { StateMark } from '../table/state-mark';
import { useWords } from '../words/words';
import { BoardActs } from './board-acts';
import { boardQuery, boardStateWords } from './boards-queries';
import type { Board } from './boards-queries';
import { MeetingsList } from './meetings-list';
import { MembersTable } from './members-table';

/** A steering board: who is on it, when it met, what it concluded, and what it asks of whom. */
export function BoardPage(): ReactNode {
  const { say } = useWords();
  const { id } = useParams({ from: '/_signed-in/steering-boards/$id' });
  const { data: board } = useSuspenseQuery(boardQuery(id));
  const { title, part, recommendations } = board;
  const path = `/api/v1/steering-boards/${id}/actions` as const;
  return (
    <Page title={title} aside={<PrintButton />}>
      <Group mb="md" data-noprint>
        <PageLink to="/steering-boards">{say('boards.back')}</PageLink>
      </Group>
      <BoardFacts board={board} />
      <Box mt="md">
        <BoardActs of={board} path={path} />
      </Box>
      {part === 'all' && (
        <>
          <Section id="members" title={say('boards.members')}>
            <MembersTable of={board} path={path} />
          </Section>
          <Section id="meetings" title={say('boards.meetings')}>
            <MeetingsList of={board} />
          </Section>
        </>
      )}
      <Section id="recommendations" title={say('inspections.recommendations')}>
        {recommendations.length === 0 && <Text>{say('inspections.noRecommendations')}</Text>}
        <RecommendationsList recommendations={recommendations} path={path} />
      </Section>
    </Page>
  );
}

function BoardFacts({ board }: { readonly board: Board }): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const { unit, state, document, dissolved, dueOn } = board;
  const paper = ({ number, date }: Board['document']): string => say('boards.paper', { number, date: dateText(date) });
  return (
    <Box data-board={state}>
      <KeyValues
        entries={[
          [
            say('deadlines.state'),
            <StateMark key="state" weight={state === 'active' ? 'soon' : 'plain'}>
              {say(boardStateWords[state])}
            </StateMark>,
          ],
          [say('inspections.due'), dueOn === null ? null : <DueMark key="due" of={board} />],
          [say('boards.unit'), units.nameOf(unit)],
          [say('boards.establishedBy'), paper(document)],
          [say('boards.dissolvedBy'), dissolved && paper(dissolved)],
        ]}
      />
    </Box>
  );
}

function Section({ id, title, children }: { readonly id: string; readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <Box component="section" aria-labelledby={id} mt="lg">
      <Title order={2} size="h4" id={id} mb="sm">
        {title}
      </Title>
      {children}
    </Box>
  );
}
