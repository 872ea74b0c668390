import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../api/client';
import { ApiProblem } from '../../api/problem';
import { useDraft } from '../../form/draft';
import type { Draft } from '../../form/draft';
import { changeOf, valuesOf } from '../../parts/parts';
import type { Parts } from '../../parts/parts';
import { PartsFields } from '../../parts/parts-fields';
import { useWords } from '../../words/words';
import { procedureQuery } from '../procedure-queries';
import type { Procedure } from '../procedure-queries';
import { BegunForm } from './begun-form';
import { draftOf } from './draft-of';

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

function FilledForm({ parts, ...form }: FilledProps): ReactNode {
  const { say } = useWords();
  useFieldOfAddress();
  return (
    <BegunForm
      action="amend-parts"
      {...form}
      submit={say('parts.amend')}
      begin={() => valuesOf(parts)}
      send={async ({ occurredOn, confirm, comment, attachments, ...become }, how) => {
        const change = changeOf(parts, become);
        if (Object.keys(change).length === 0) throw new ApiProblem({ title: say('parts.unchanged'), status: 400, code: 'nothing-changed' });
        const body = { ...change, occurredOn, confirm, comment, attachments };
        await command('PATCH', `/api/v1/procedures/${form.procedure.id}/parts`, body, how);
      }}
    >
      <PartsFields />
    </BegunForm>
  );
}

/** Goes to the field that the address names: a link says what is missing. */
function useFieldOfAddress(): void {
  useEffect(() => {
    const id = window.location.hash.slice(1);
    if (id.startsWith('field-')) document.getElementById(id)?.focus();
  }, []);
}
