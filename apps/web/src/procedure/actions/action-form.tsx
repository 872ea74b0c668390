import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { isFinal } from '../../actions/final';
import { command } from '../../api/client';
import { useDraft } from '../../form/draft';
import { actionName } from '../../words/codes';
import { useWords } from '../../words/words';
import type { Procedure } from '../procedure-queries';
import { BegunForm } from './begun-form';
import { draftOf } from './draft-of';
import { fieldsOf } from './fields-of';

interface Props {
  readonly action: string;
  readonly procedure: Procedure;
  readonly cancel: () => void;
  readonly done: () => void;
}

/** The form of one action on one procedure, with what was typed into it before. */
export function ActionForm({ action, procedure, ...ends }: Props): ReactNode {
  const { say } = useWords();
  const draft = useDraft(`${action}-${procedure.id}`, draftOf(procedure));
  const known = Object.hasOwn(fieldsOf, action) ? fieldsOf[action] : undefined;
  if (!known) return <Text>{say('actions.unknown')}</Text>;
  if (!draft) return null;
  const { Fields, begin, sent } = known;
  const inputs = procedure.allowed.find((one) => one.action === action)?.inputs ?? [];
  return (
    <BegunForm
      key={draft.filling}
      {...{ action, procedure, draft, ...ends }}
      submit={actionName(action, say)}
      begin={() => begin?.(procedure) ?? {}}
      send={(body, how) => command('POST', `/api/v1/procedures/${procedure.id}/actions/${action}`, sent?.(body, procedure) ?? body, how)}
    >
      {isFinal(action) && <Text>{say('actions.final')}</Text>}
      <Fields procedure={procedure} isNeeded={(path) => inputs.includes(path)} />
    </BegunForm>
  );
}
