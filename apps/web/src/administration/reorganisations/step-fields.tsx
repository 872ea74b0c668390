import { useState } from 'react';
import type { ReactNode } from 'react';
import { ChoiceField, DateField, TextField, choicesOf } from '../../form/fields';
import { RowsOfFields } from '../../form/rows';
import { UnitField } from '../../form/unit-field';
import type { Unit } from '../../frame/units';
import { useWords } from '../../words/words';
import { kindWords } from './step-words';

const mine = ({ closed, administered }: Unit): boolean => !closed && administered;

/** What a reorganisation is made of: by what it was decided, from when it holds, and what becomes of which unit. */
export function PlanFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <TextField name="title" label={say('reorganisation.name')} />
      <TextField name="decision.number" label={say('reorganisation.decisionNumber')} />
      <DateField name="decision.date" label={say('reorganisation.decisionDate')} />
      <DateField name="effectiveOn" label={say('reorganisation.effectiveOn')} help={say('reorganisation.effectiveOnHelp')} />
      <RowsOfFields legend={say('reorganisation.steps')} list="steps" row={(at) => <StepFields at={at} />} />
    </>
  );
}

function StepFields({ at }: { readonly at: string }): ReactNode {
  const { say } = useWords();
  const [kind, choose] = useState('');
  const unit = (name: string, label: string): ReactNode => <UnitField name={`${at}.${name}`} label={label} among={mine} />;
  const field = (name: string): ReactNode => <TextField name={`${at}.${name}`} label={say('procedure.field')} />;
  return (
    <>
      <ChoiceField name={`${at}.kind`} label={say('reorganisation.kind')} choices={choicesOf(kindWords, say)} chosen={choose} />
      {kind === 'merge' && (
        <>
          {unit('unit', say('reorganisation.unitMerged'))}
          {unit('into', say('units.mergeInto'))}
        </>
      )}
      {kind === 'split' && (
        <>
          {unit('unit', say('reorganisation.unitSplit'))}
          <RowsOfFields
            legend={say('reorganisation.parts')}
            list={`${at}.parts`}
            row={(part) => (
              <>
                <TextField name={`${part}.fields.0`} label={say('procedure.field')} />
                <UnitField name={`${part}.to`} label={say('reorganisation.to')} among={mine} />
              </>
            )}
          />
          <UnitField name={`${at}.rest`} label={say('reorganisation.rest')} help={say('reorganisation.restHelp')} among={mine} />
        </>
      )}
      {kind === 'transfer' && (
        <>
          {unit('unit', say('reorganisation.from'))}
          {field('fields.0')}
          {unit('to', say('reorganisation.to'))}
        </>
      )}
      {kind === 'end-level' && (
        <>
          <UnitField name={`${at}.below`} label={say('reorganisation.below')} help={say('reorganisation.belowHelp')} among={mine} />
        </>
      )}
    </>
  );
}
