import { Button, Card, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { command } from '../api/client';
import { CommandForm } from '../form/command-form';
import { LongField } from '../form/fields';
import { Moment } from '../format/moment';
import { useUnits } from '../frame/units';
import { StateMark } from '../table/state-mark';
import { taskStateWords } from '../words/codes';
import { useWords } from '../words/words';
import type { Task } from './questions';

interface Props {
  readonly task: Task;
  readonly begun: string | null;
  readonly begin: (form: string | null) => void;
}

/** What one unit says to a question; for whoever speaks for it, the form to say it. */
export function TaskAnswer({ task, begun, begin }: Props): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const { id, unit, state, answer, answeredAt, remindedAt, closeReason, allowed } = task;
  const form = `answer ${id} ${unit}`;
  const isBegun = begun === form;
  const mayAnswer = allowed.some(({ action, unmet }) => action === 'answer' && unmet.length === 0);
  const name = units.nameOf(unit);
  return (
    <Stack gap={4} data-task={unit}>
      <Group gap="xs">
        <Text fw={600}>{name}</Text>
        <StateMark weight={state === 'overdue' ? 'late' : 'plain'}>{say(taskStateWords[state])}</StateMark>
        {answeredAt !== null && (
          <Text size="sm" c="dimmed">
            <Moment at={answeredAt} />
          </Text>
        )}
        {answeredAt === null && remindedAt !== null && (
          <Text size="sm" c="dimmed">
            {say('inquiry.remindedAt')} <Moment at={remindedAt} />
          </Text>
        )}
        {mayAnswer && (
          <Button
            size="compact-sm"
            variant={isBegun ? 'filled' : 'default'}
            data-action="answer"
            aria-expanded={isBegun}
            aria-label={say('inquiry.answerFor', { unit: name, title: task.title })}
            onClick={() => begin(isBegun ? null : form)}
          >
            {say('inquiry.answer')}
          </Button>
        )}
      </Group>
      {answer !== null && <Text style={{ whiteSpace: 'pre-wrap' }}>{answer}</Text>}
      {closeReason !== null && <Text size="sm">{say('inquiry.closedBecause', { reason: closeReason })}</Text>}
      {mayAnswer && isBegun && <AnswerForm task={task} done={() => begin(null)} />}
    </Stack>
  );
}

/** Of what is secret or above only that the unit has answered is held. */
const withoutText: readonly Task['classification'][] = ['secret', 'topSecret'];

interface FormProps {
  readonly task: Task;
  readonly done: () => void;
}

function AnswerForm({ task, done }: FormProps): ReactNode {
  const { say } = useWords();
  const { id, unit, actingFor, classification } = task;
  const send = async (body: object, key: string): Promise<void> => {
    await command('POST', `/api/v1/tasks/${id}/answer`, { ...body, unit }, { key, ...(actingFor !== null && { actingFor }) });
    done();
  };
  return (
    <Card withBorder>
      <CommandForm label={say('inquiry.answer')} submit={say('inquiry.sendAnswer')} send={send} cancel={done}>
        {withoutText.includes(classification) ? (
          <Text>{say('inquiry.withoutText')}</Text>
        ) : (
          <LongField name="answer" label={say('inquiry.text')} help={say('inquiry.once')} />
        )}
      </CommandForm>
    </Card>
  );
}
