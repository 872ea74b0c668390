import { useState } from 'react';
import type { ReactNode } from 'react';
import { CommandForm } from '../../form/command-form';
import type { Draft } from '../../form/draft';
import { DateField, ValuesOfForm } from '../../form/fields';
import { ProcedureOfForm } from '../../form/file-field';
import type { Values } from '../../form/values';
import { actionName } from '../../words/codes';
import { useWords } from '../../words/words';
import type { Procedure } from '../procedure-queries';
import { Besides } from './besides';
import { Overtaken } from './overtaken';
import { useRevision } from './use-revision';

interface How {
  readonly key: string;
  /** On which it is decided. */
  readonly revision: number;
}

interface Props {
  readonly action: string;
  /** What the button that sends it says. */
  readonly submit: string;
  readonly procedure: Procedure;
  readonly draft: Draft;
  /** What the fields begin with where nothing was typed before. */
  readonly begin: () => Values;
  readonly send: (body: Readonly<Record<string, unknown>>, how: How) => Promise<unknown>;
  readonly cancel: () => void;
  readonly done: () => void;
  readonly children: ReactNode;
}

/** The form of an action, going on from what was typed before; says what others did meanwhile, and takes what every action does. */
export function BegunForm({ action, submit, procedure, draft, begin, send, cancel, done, children }: Props): ReactNode {
  const { say } = useWords();
  const seen = useRevision(procedure.revision, draft.revision);
  const [values] = useState(() => (draft.isKept ? draft.values : begin()));
  return (
    <ProcedureOfForm value={procedure.id}>
      <ValuesOfForm value={values}>
        {seen.isOvertaken && <Overtaken id={procedure.id} from={seen.begun} to={procedure.revision} shown={seen.shown} />}
        <CommandForm
          label={actionName(action, say)}
          submit={submit}
          send={async (body, key) => {
            await seen.sent((revision) => send(body, { key, revision }));
            done();
          }}
          draft={draft}
          cancel={() => {
            draft.drop();
            cancel();
          }}
        >
          {children}
          <DateField name="occurredOn" label={say('field.occurredOn')} help={say('field.occurredOnHelp')} optional />
          <Besides procedure={procedure} />
        </CommandForm>
      </ValuesOfForm>
    </ProcedureOfForm>
  );
}
