import { NativeSelect, Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import { numberText } from '../format/format';
import { Page } from '../frame/page';
import { QuestionCard } from '../inquiries/question-card';
import { questionsIn } from '../inquiries/questions';
import { Listed } from '../table/listed';
import { usePages } from '../table/pages';
import { taskStateWords } from '../words/codes';
import type { Word } from '../words/words';
import { useWords } from '../words/words';
import { readTasksSearch, taskStates, taskTabs } from './tasks-search';
import type { TaskTab } from './tasks-search';

const tabWords = {
  toAnswer: 'tasks.toAnswer',
  asking: 'tasks.asking',
  obstacles: 'tasks.obstacles',
  all: 'tasks.all',
} as const satisfies Record<TaskTab, Word>;
const emptyWords = {
  toAnswer: 'tasks.noneToAnswer',
  asking: 'tasks.noneAsking',
  obstacles: 'tasks.noneObstacles',
  all: 'tasks.none',
} as const satisfies Record<TaskTab, Word>;
const asked = {
  toAnswer: { side: 'asked', state: 'open' },
  asking: { side: 'asking' },
  obstacles: { kind: 'obstacle' },
  all: {},
} as const satisfies Record<TaskTab, object>;

/** What units are asked about procedures: what waits for the person's answer, what their units asked, and obstacles. */
export function TasksPage(): ReactNode {
  const { say, language } = useWords();
  const search = useSearch({ from: '/_signed-in/tasks' });
  const { tab = 'toAnswer', state } = search;
  const navigate = useNavigate();
  const [begun, begin] = useState<string | null>(null);
  const counts = useQuery(api.queryOptions('get', '/api/v1/worklist/counts'));
  const pages = usePages('/api/v1/tasks', { ...(state && { state }), ...asked[tab], limit: 50 });
  const go = (changed: Record<string, unknown>): void => {
    begin(null);
    void navigate({ to: '/tasks', search: readTasksSearch({ ...search, ...changed }), replace: true });
  };
  const numbers: Partial<Record<TaskTab, number | undefined>> = { toAnswer: counts.data?.tasks.open, asking: counts.data?.tasks.waiting };

  return (
    <Page title={say('tasks.title')} busy={pages.isFirst || counts.isPending}>
      <Tabs value={tab} onChange={(chosen) => go({ tab: chosen })}>
        <Tabs.List mb="md">
          {taskTabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {say(tabWords[one])} {numbers[one] !== undefined && `(${numberText(numbers[one], language)})`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {taskTabs.map((one) => (
          <Tabs.Panel key={one} value={one}>
            {one === tab && (
              <Stack>
                {tab !== 'toAnswer' && (
                  <NativeSelect
                    label={say('deadlines.state')}
                    value={state ?? ''}
                    maw={260}
                    onChange={({ currentTarget: { value } }) => go({ state: value })}
                    data={[
                      { value: '', label: say('register.any') },
                      ...taskStates.map((value) => ({ value, label: say(taskStateWords[value]) })),
                    ]}
                  />
                )}
                <Listed pages={pages} empty={{ title: say(emptyWords[tab]), what: say('tasks.noneWhat') }}>
                  {(rows) => (
                    <Stack>
                      {questionsIn(rows).map((question) => (
                        <QuestionCard key={question.about.id} {...{ question, begun, begin }} />
                      ))}
                    </Stack>
                  )}
                </Listed>
              </Stack>
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
