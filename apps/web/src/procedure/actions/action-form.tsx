import { Text } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { isFinal } from '../../actions/final';
import { command } from '../../api/client';
import { CommandForm } from '../../form/command-form';
import { useDraft } from '../../form/draft';
import type { Draft } from '../../form/draft';
import { DateField, ValuesOfForm } from '../../form/fields';
import { ProcedureOfForm } from '../../form/file-field';
import { actionName } from '../../words/codes';
import { useWords } from '../../words/words';
import type { Procedure } from '../procedure-queries';
import { Besides } from './besides';
import { draftOf } from './draft-of';
import { fieldsOf } from './fields-of';
import type { ActionFields } from './fields-of';
import { Overtaken } from './overtaken';
import { useRevision } from './use-revision';

interface Props {
  readonly action: string;
  readonly procedure: Procedure;
  readonly cancel: () => void;
  readonly done: () => void;
}

const noFields: ActionFields = { Fields: () => null };

/** The form of one action on one procedure, with what was typed into it before. */
export function ActionForm(props: Props): ReactNode {
  const { say } = useWords();
  const draft = useDraft(`${props.action}-${props.procedure.id}`, draftOf(props.procedure));
  if (!Object.hasOwn(fieldsOf, props.action)) return <Text>{say('actions.unknown')}</Text>;
  return draft && <FilledForm key={draft.filling} draft={draft} {...props} />;
}

function FilledForm({ action, procedure, cancel, done, draft }: Props & { readonly draft: Draft }): ReactNode {
  const { say } = useWords();
  const seen = useRevision(procedure.revision, draft.revision);
  const { Fields, begin, sent } = fieldsOf[action] ?? noFields;
  const [values] = useState(draft.isKept ? draft.values : (begin?.(procedure) ?? {}));
  const allowed = procedure.allowed.find((one) => one.action === action);
  const send = async (filled: Readonly<Record<string, unknown>>, key: string): Promise<void> => {
    const path = `/api/v1/procedures/${procedure.id}/actions/${action}`;
    const body = sent ? sent(filled, procedure) : filled;
    await seen.sent((revision) => command('POST', path, body, { key, revision }));
    done();
  };
  return (
    <ProcedureOfForm value={procedure.id}>
      <ValuesOfForm value={values}>
        {seen.isOvertaken && <Overtaken id={procedure.id} from={seen.begun} to={procedure.revision} />}
        <CommandForm
          label={actionName(action, say)}
          submit={actionName(action, say)}
          send={send}
          draft={draft}
          cancel={() => {
            draft.drop();
            cancel();
          }}
        >
          {isFinal(action) && <Text>{say('actions.final')}</Text>}
          <Fields procedure={procedure} isNeeded={(path) => allowed?.inputs.includes(path) === true} />
          <DateField name="occurredOn" label={say('field.occurredOn')} help={say('field.occurredOnHelp')} optional />
          <Besides procedure={procedure} />
        </CommandForm>
      </ValuesOfForm>
    </ProcedureOfForm>
  );
}
