import type { ReactNode } from 'react';
import { ChoiceField, DateField, LongField } from '../../form/fields';
import { RowsOfFields } from '../../form/rows';
import { useUnits } from '../../frame/units';
import { useWords } from '../../words/words';

export function UnitsFields(): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const choices = units.all.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <RowsOfFields
        legend={say('field.units')}
        row={(index) => <ChoiceField name={`units.${String(index)}`} label={say('field.unitAt', { at: index + 1 })} choices={choices} />}
      />
      <DateField name="dueOn" label={say('field.dueOn')} />
      <LongField name="note" label={say('field.note')} optional />
    </>
  );
}
