import { Card, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { dateText } from '../format/format';
import { Moment } from '../format/moment';
import { PageLink } from '../frame/link';
import { useUnits } from '../frame/units';
import { StateMark } from '../table/state-mark';
import { conditionName } from '../words/codes';
import type { Word } from '../words/words';
import { useWords } from '../words/words';
import { AskerActions } from './asker-actions';
import { closedBecause } from './questions';
import type { Question, Task } from './questions';
import { TaskAnswer } from './task-answer';
import { isDueSoon } from './urgency';

interface Props {
  readonly question: Question;
  /** Which form is open on the page: one at a time. */
  readonly begun: string | null;
  readonly begin: (form: string | null) => void;
  /** Whether it names the procedure. (Default: true) */
  readonly namesProcedure?: boolean;
}

const kindWords = {
  review: 'inquiry.review',
  consultation: 'inquiry.consultation',
  obstacle: 'inquiry.obstacle',
} as const satisfies Record<Task['kind'], Word>;

/** A question to units, what each of them says, and what may be done about it. */
export function QuestionCard({ question, begun, begin, namesProcedure = true }: Props): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const { about, tasks } = question;
  const { id, kind, procedure, title, by, dueOn, askedAt } = about;
  const because = closedBecause('remind', question);
  return (
    <Card withBorder component="article" aria-labelledby={`question-${id}`} data-question={id}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Text size="sm" c="dimmed">
            {say(kindWords[kind])}
            {by !== null && ` · ${say('inquiry.by', { unit: units.nameOf(by) })}`} · <Moment at={askedAt} />
          </Text>
          {dueOn !== null && <Due tasks={tasks} dueOn={dueOn} />}
        </Group>
        <Title order={2} size="h5" id={`question-${id}`}>
          {namesProcedure ? (
            <PageLink to="/procedures/$id" params={{ id: procedure }} inherit>
              {title}
            </PageLink>
          ) : (
            (about.question ?? say(kindWords[kind]))
          )}
        </Title>
        {namesProcedure && about.question !== null && <Text style={{ whiteSpace: 'pre-wrap' }}>{about.question}</Text>}
        <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
          {tasks.map((task) => (
            <li key={task.unit}>
              <TaskAnswer task={task} begun={begun} begin={begin} />
            </li>
          ))}
        </Stack>
        <AskerActions question={question} begun={begun} begin={begin} />
        {because.length > 0 && (
          <Text size="sm" c="dimmed">
            {say('inquiry.notRemind', { why: because.map((code) => conditionName(code, say)).join('; ') })}
          </Text>
        )}
      </Stack>
    </Card>
  );
}

/** By when it is to be answered, and how it stands with that. */
function Due({ tasks, dueOn }: { readonly tasks: readonly Task[]; readonly dueOn: string }): ReactNode {
  const { say } = useWords();
  const isLate = tasks.some(({ state }) => state === 'overdue');
  const isOpen = tasks.some(({ state }) => state === 'open');
  const text = say('inquiry.due', { date: dateText(dueOn) });
  if (isLate) return <StateMark weight="late">{`${text}, ${say('inquiry.overdue')}`}</StateMark>;
  return <StateMark weight={isOpen && isDueSoon(dueOn) ? 'soon' : 'plain'}>{text}</StateMark>;
}
