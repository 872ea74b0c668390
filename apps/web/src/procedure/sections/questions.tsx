import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../api/client';
import { CommandForm } from '../../form/command-form';
import { DateField, LongField, WholeField } from '../../form/fields';
import { NotHad } from '../../frame/not-had';
import { UnderWay } from '../../frame/under-way';
import { QuestionCard } from '../../inquiries/question-card';
import { questionsIn } from '../../inquiries/questions';
import type { Word } from '../../words/words';
import { useWords } from '../../words/words';
import { UnitRows } from '../actions/units-fields';
import { may } from '../may';
import { tasksOfQuery } from '../procedure-queries';
import type { SectionProps } from './sections';

/** What units were asked about it and what they said, obstacles among it; and forms to ask, or to raise one. */
export function Questions({ procedure }: SectionProps): ReactNode {
  const { say } = useWords();
  const { data, error, refetch } = useQuery(tasksOfQuery(procedure.id));
  const [begun, begin] = useState<string | null>(null);
  return (
    <section aria-labelledby="questions">
      <Title order={2} size="h4" id="questions" mb="sm">
        {say('section.questions')}
      </Title>
      {error && <NotHad error={error} again={() => void refetch()} />}
      {!data && !error && <UnderWay />}
      {data?.items.length === 0 && <Text c="dimmed">{say('questions.none')}</Text>}
      <Stack gap="sm" mb="lg">
        {questionsIn(data?.items ?? []).map((question) => (
          <QuestionCard key={question.about.id} question={question} begun={begun} begin={begin} namesProcedure={false} />
        ))}
      </Stack>
      <Asking procedure={procedure} />
    </section>
  );
}

type Way = 'consult' | 'raise-obstacle';
const ways = {
  consult: { path: 'consultations', word: 'questions.ask' },
  'raise-obstacle': { path: 'obstacles', word: 'questions.raise' },
} as const satisfies Record<Way, { readonly path: string; readonly word: Word }>;

function Asking({ procedure }: SectionProps): ReactNode {
  const { say } = useWords();
  const [begun, begin] = useState<Way | null>(null);
  const open = (['consult', 'raise-obstacle'] as const).filter((one) => may(procedure, one));
  const shown = open.find((one) => one === begun) ?? null;
  const send = async (body: object, key: string): Promise<void> => {
    if (shown === null) return;
    await command('POST', `/api/v1/procedures/${procedure.id}/${ways[shown].path}`, body, { key });
    begin(null);
  };
  return (
    <div data-noprint>
      <Group mb="md">
        {open.map((one) => (
          <Button
            key={one}
            variant={shown === one ? 'filled' : 'default'}
            data-action={one}
            aria-expanded={shown === one}
            onClick={() => begin(shown === one ? null : one)}
          >
            {say(ways[one].word)}
          </Button>
        ))}
      </Group>
      {shown !== null && (
        <CommandForm key={shown} label={say(ways[shown].word)} submit={say(ways[shown].word)} send={send} cancel={() => begin(null)}>
          {shown === 'consult' ? (
            <>
              <LongField name="question" label={say('questions.question')} />
              <UnitRows />
              <DateField name="dueOn" label={say('field.dueOn')} />
              <WholeField name="remindBefore" label={say('questions.remindBefore')} help={say('questions.remindHelp')} optional />
            </>
          ) : (
            <LongField name="description" label={say('questions.description')} />
          )}
        </CommandForm>
      )}
    </div>
  );
}
