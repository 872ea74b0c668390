import { Button, Card, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { command } from '../api/client';
import { ActButton } from '../form/act-button';
import { CommandForm } from '../form/command-form';
import { LongField } from '../form/fields';
import { useWords } from '../words/words';
import { taskFor } from './questions';
import type { Question, Task } from './questions';

interface Props {
  readonly question: Question;
  readonly begun: string | null;
  readonly begin: (form: string | null) => void;
}

/** What whoever asks may do: remind those that have not answered, wait for no more answers. */
export function AskerActions({ question, begun, begin }: Props): ReactNode {
  const { say } = useWords();
  const { id, title } = question.about;
  const [remindable, closable] = [taskFor('remind', question), taskFor('close', question)];
  const form = `close ${id}`;
  const isBegun = begun === form && closable !== undefined;
  if (!remindable && !closable) return null;
  return (
    <>
      <Group gap="xs" align="start">
        {remindable && (
          <ActButton
            action="remind"
            size="compact-sm"
            label={say('inquiry.remindOf', { title })}
            act={() => command('POST', `/api/v1/tasks/${id}/remind`, {}, { key: crypto.randomUUID(), ...nameOf(remindable) })}
          >
            {say('inquiry.remind')}
          </ActButton>
        )}
        {closable && (
          <Button
            size="compact-sm"
            variant={isBegun ? 'filled' : 'default'}
            data-action="close"
            aria-expanded={isBegun}
            aria-label={say('inquiry.closeOf', { title })}
            onClick={() => begin(isBegun ? null : form)}
          >
            {say('inquiry.close')}
          </Button>
        )}
      </Group>
      {isBegun && <CloseForm task={closable} done={() => begin(null)} />}
    </>
  );
}

const nameOf = ({ actingFor }: Task): { readonly actingFor?: string } => (actingFor === null ? {} : { actingFor });

function CloseForm({ task, done }: { readonly task: Task; readonly done: () => void }): ReactNode {
  const { say } = useWords();
  const send = async (body: object, key: string): Promise<void> => {
    await command('POST', `/api/v1/tasks/${task.id}/close`, body, { key, ...nameOf(task) });
    done();
  };
  return (
    <Card withBorder>
      <CommandForm label={say('inquiry.close')} submit={say('inquiry.close')} send={send} cancel={done}>
        <LongField name="reason" label={say('field.reason')} help={say('inquiry.closeWhat')} optional />
      </CommandForm>
    </Card>
  );
}
