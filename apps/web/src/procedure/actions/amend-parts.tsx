import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../api/client';
import { ApiProblem } from '../../api/problem';
import { CommandForm } from '../../form/command-form';
import { DateField, ValuesOfForm } from '../../form/fields';
import { changeOf, valuesOf } from '../../parts/parts';
import { PartsFields } from '../../parts/parts-fields';
import { actionName } from '../../words/codes';
import { useWords } from '../../words/words';
import type { Procedure } from '../procedure-queries';

interface Props {
  readonly procedure: Procedure;
  /** Person id. */
  readonly actingFor: string | undefined;
  readonly done: () => void;
}

/** The parts as they are, to be changed. */
export function AmendPartsForm({ procedure, actingFor, done }: Props): ReactNode {
  const { say } = useWords();
  // What somebody else changes meanwhile is not in the fields, and must not be taken back by sending them.
  const [{ id, parts, revision }] = useState(procedure);
  const send = async ({ occurredOn, confirm, ...typed }: Readonly<Record<string, unknown>>, key: string): Promise<void> => {
    const change = changeOf(parts, typed);
    if (Object.keys(change).length === 0) throw new ApiProblem({ title: say('parts.unchanged'), status: 400, code: 'nothing-changed' });
    const body = { ...change, occurredOn, confirm };
    await command('PATCH', `/api/v1/procedures/${id}/parts`, body, { key, revision, actingFor });
    done();
  };
  return (
    <ValuesOfForm value={valuesOf(parts)}>
      <CommandForm label={actionName('amend-parts', say)} submit={say('parts.amend')} send={send} cancel={done}>
        <PartsFields />
        <DateField name="occurredOn" label={say('field.occurredOn')} help={say('field.occurredOnHelp')} optional />
      </CommandForm>
    </ValuesOfForm>
  );
}
