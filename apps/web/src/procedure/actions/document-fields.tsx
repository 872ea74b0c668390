import { useContext } from 'react';
import type { ReactNode } from 'react';
import { DateField, TextField, ValuesOfForm } from '../../form/fields';
import { valuesOf } from '../../parts/parts';
import { PartsFields } from '../../parts/parts-fields';
import { useWords } from '../../words/words';
import type { FieldsProps } from './fields-of';
import { OptionalFields } from './optional-fields';

export function BuildFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <TextField name="document.title" label={say('field.document.title')} />
      <TextField name="document.number" label={say('field.document.number')} />
      <DateField name="document.date" label={say('field.document.date')} />
    </>
  );
}

/** The amending document, and the parts as it leaves them. */
export function ImplementFields({ procedure, isNeeded }: FieldsProps): ReactNode {
  const { say } = useWords();
  const begun = useContext(ValuesOfForm);
  const isBegun = Object.keys(begun).some((name) => name.startsWith('parts.'));
  return (
    <>
      <BuildFields />
      <DateField name="document.effectiveDate" label={say('field.document.effectiveDate')} />
      <OptionalFields name="parts." label={say('field.withParts')} isNeeded={isNeeded('parts')}>
        <ValuesOfForm value={isBegun ? begun : valuesOf(procedure.parts, 'parts.')}>
          <PartsFields at="parts." />
        </ValuesOfForm>
      </OptionalFields>
    </>
  );
}
