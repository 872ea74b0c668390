import type { ReactNode } from 'react';
import { DateField, LongField, TextField } from '../../form/fields';
import { useWords } from '../../words/words';

export function ProposeFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <TextField name="document.number" label={say('field.document.number')} />
      <DateField name="document.date" label={say('field.document.date')} />
      <LongField name="note" label={say('field.note')} optional />
    </>
  );
}

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

export function ImplementFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <BuildFields />
      <DateField name="document.effectiveDate" label={say('field.document.effectiveDate')} />
    </>
  );
}
