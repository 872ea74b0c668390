import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../api/client';
import { ApiProblem } from '../../api/problem';
import { CommandForm } from '../../form/command-form';
import { useDraft } from '../../form/draft';
import type { Draft } from '../../form/draft';
import { DateField, ValuesOfForm } from '../../form/fields';
import { ProcedureOfForm } from '../../form/file-field';
import { changeOf, valuesOf } from '../../parts/parts';
import type { Parts } from '../../parts/parts';
import { PartsFields } from '../../parts/parts-fields';
import { actionName } from '../../words/codes';
import { useWords } from '../../words/words';
import { procedureQuery } from '../procedure-queries';
import type { Procedure } from '../procedure-queries';
import { Besides } from './besides';
import { draftOf } from './draft-of';
import { Overtaken } from './overtaken';
import { useRevision } from './use-revision';

interface Props {
  readonly procedure: Procedure;
  readonly cancel: () => void;
  readonly done: () => void;
}

/** The parts as they are, to be changed. */
export function AmendPartsForm(props: Props): ReactNode {
  const draft = useDraft(`amend-parts-${props.procedure.id}`, draftOf(props.procedure));
  const { id, revision } = props.procedure;
  const since = draft?.revision ?? revision;
  // A draft that was begun before somebody else changed the parts is held against those of then.
  const then = useQuery({ ...procedureQuery(id, String(since)), enabled: draft !== null && since < revision });
  const base = since < revision ? then.data?.parts : props.procedure.parts;
  const [kept, keep] = useState<Parts | null>(null);
  if (draft && base && kept === null) keep(base);
  return draft && kept && <FilledForm key={draft.filling} draft={draft} parts={kept} {...props} />;
}

interface FilledProps extends Props {
  readonly draft: Draft;
  /** What the form was begun with: what somebody else changes meanwhile is not in the fields, and must not be taken back by sending them. */
  readonly parts: Parts;
}

function FilledForm({ procedure, parts, cancel, done, draft }: FilledProps): ReactNode {
  const { say } = useWords();
  const { id } = procedure;
  const [values] = useState(draft.isKept ? draft.values : valuesOf(parts));
  const seen = useRevision(procedure.revision, draft.revision);
  useFieldOfAddress();
  const send = async (typed: Readonly<Record<string, unknown>>, key: string): Promise<void> => {
    const { occurredOn, confirm, comment, attachments, ...become } = typed;
    const change = changeOf(parts, become);
    if (Object.keys(change).length === 0) throw new ApiProblem({ title: say('parts.unchanged'), status: 400, code: 'nothing-changed' });
    const body = { ...change, occurredOn, confirm, comment, attachments };
    await seen.sent((revision) => command('PATCH', `/api/v1/procedures/${id}/parts`, body, { key, revision }));
    done();
  };
  return (
    <ProcedureOfForm value={id}>
      <ValuesOfForm value={values}>
        {seen.isOvertaken && <Overtaken id={id} from={seen.begun} to={procedure.revision} />}
        <CommandForm
          label={actionName('amend-parts', say)}
          submit={say('parts.amend')}
          send={send}
          draft={draft}
          cancel={() => {
            draft.drop();
            cancel();
          }}
        >
          <PartsFields />
          <DateField name="occurredOn" label={say('field.occurredOn')} help={say('field.occurredOnHelp')} optional />
          <Besides procedure={procedure} />
        </CommandForm>
      </ValuesOfForm>
    </ProcedureOfForm>
  );
}

/** Goes to the field that the address names: a link says what is missing. */
function useFieldOfAddress(): void {
  useEffect(() => {
    const id = window.location.hash.slice(1);
    if (id.startsWith('field-')) document.getElementById(id)?.focus();
  }, []);
}
