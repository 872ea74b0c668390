import type { ReactNode } from 'react';
import { ChoiceField, DateField, LongField } from '../../form/fields';
import { RowsOfFields } from '../../form/rows';
import { useUnits } from '../../frame/units';
import { useWords } from '../../words/words';
import type { FieldsProps } from './fields-of';

export function UnitsFields({ isNeeded }: Pick<FieldsProps, 'isNeeded'>): ReactNode {
  const { say } = useWords();
  return (
    <>
      <UnitRows />
      <DateField name="dueOn" label={say('field.dueOn')} />
      <LongField name="note" label={say('field.note')} optional={!isNeeded('note')} />
    </>
  );
}

/** The units that are asked. */
export function UnitRows(): ReactNode {
  const { say } = useWords();
  const choices = useUnits()
    .all.filter(({ closed }) => !closed)
    .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <RowsOfFields
      legend={say('field.units')}
      list="units"
      most={200}
      row={(at, index) => <ChoiceField name={at} label={say('field.unitAt', { at: index + 1 })} choices={choices} />}
    />
  );
}
