import type { ReactNode } from 'react';
import { command } from '../api/client';
import { Acts } from '../form/acts';
import type { Act } from '../form/acts';
import { ChoiceField, DateField, LongField, TextField, choicesOf } from '../form/fields';
import { ProcedureField } from '../form/procedure-field';
import { RowsOfFields } from '../form/rows';
import { UnitField } from '../form/unit-field';
import type { Say } from '../words/words';
import { useWords } from '../words/words';
import { severityWords } from './inspection-words';
import type { Inspection } from './inspections-queries';

type Action = Inspection['allowed'][number]['action'];

/** What is done with the whole of it; remedies stand at what they are for. */
const forms: Readonly<Partial<Record<Action, (say: Say) => Omit<Act, 'name' | 'send'>>>> = {
  open: (say) => ({ title: say('inspections.open'), fields: <DateField name="date" label={say('field.date')} /> }),
  find: (say) => ({ title: say('inspections.find'), fields: <FindingFields /> }),
  end: (say) => ({
    ...{ title: say('inspections.end'), effect: say('inspections.endEffect') },
    fields: <DateField name="date" label={say('field.date')} />,
  }),
  conclude: (say) => ({
    ...{ title: say('inspections.conclude'), effect: say('inspections.concludeEffect') },
    fields: (
      <>
        <TextField name="document.number" label={say('field.document.number')} />
        <DateField name="document.date" label={say('field.document.date')} />
      </>
    ),
  }),
  recommend: (say) => ({
    title: say('inspections.recommend'),
    fields: (
      <>
        <LongField name="text" label={say('inspections.text')} />
        <UnitField name="owner" label={say('inspections.owner')} />
        <DateField name="dueOn" label={say('field.dueOn')} />
      </>
    ),
  }),
  close: (say) => ({
    ...{ title: say('inspections.close'), effect: say('inspections.closeEffect'), isFinal: true },
    fields: <OccurredOnField />,
  }),
};

/** The forms of what the person may do with it now. */
export function InspectionActs({ of: { id, allowed } }: { readonly of: Inspection }): ReactNode {
  const { say } = useWords();
  const acts = allowed.flatMap(({ action, unmet }): readonly Act[] => {
    const form = unmet.length === 0 ? forms[action] : undefined;
    if (!form) return [];
    const path = `/api/v1/inspections/${id}/actions/${action}` as const;
    return [{ ...form(say), name: action, send: (body, key) => command('POST', path, body, { key }) }];
  });
  return <Acts label={say('inspections.acts')} acts={acts} />;
}

function FindingFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <LongField name="text" label={say('inspections.found.text')} />
      <ChoiceField name="severity" label={say('inspections.severity')} choices={choicesOf(severityWords, say)} />
      <LongField name="evidence" label={say('inspections.evidence')} optional />
      <OccurredOnField />
      <RowsOfFields
        legend={say('inspections.procedures')}
        list="procedures"
        optional
        row={(at, index) => <ProcedureField name={at} label={say('inspections.procedure', { at: index + 1 })} optional />}
      />
    </>
  );
}

/** What happened before it is entered here is dated as it happened. */
function OccurredOnField(): ReactNode {
  const { say } = useWords();
  return <DateField name="occurredOn" label={say('field.occurredOn')} help={say('field.occurredOnHelp')} optional />;
}
