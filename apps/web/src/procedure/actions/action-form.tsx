import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { command } from '../../api/client';
import { CommandForm } from '../../form/command-form';
import { DateField } from '../../form/fields';
import { actionName } from '../../words/codes';
import { useWords } from '../../words/words';
import type { Procedure } from '../procedure-queries';
import { fieldsOf } from './fields-of';

interface Props {
  readonly action: string;
  readonly procedure: Procedure;
  /** Person id: for whom. */
  readonly actingFor: string | undefined;
  readonly done: () => void;
}

/** The form of one action on one procedure. */
export function ActionForm({ action, procedure, actingFor, done }: Props): ReactNode {
  const { say } = useWords();
  const fields = fieldsOf[action];
  if (!fields) return <Text>{say('actions.unknown')}</Text>;
  const { Fields, isFinal } = fields;
  const send = async (body: object, key: string): Promise<void> => {
    const path = `/api/v1/procedures/${procedure.id}/actions/${action}`;
    await command('POST', path, body, { key, revision: procedure.revision, actingFor });
    done();
  };
  return (
    <CommandForm label={actionName(action, say)} submit={actionName(action, say)} send={send} cancel={done}>
      {isFinal === true && <Text>{say('actions.final')}</Text>}
      <Fields procedure={procedure} />
      <DateField name="occurredOn" label={say('field.occurredOn')} help={say('field.occurredOnHelp')} optional />
    </CommandForm>
  );
}
