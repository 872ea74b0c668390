import type { ReactNode } from 'react';
import { DateField, LongField, TextField } from '../../form/fields';
import { dateText, today } from '../../format/format';
import { useWords } from '../../words/words';

export function DatedFields(): ReactNode {
  const { say } = useWords();
  return <DateField name="date" label={say('field.date')} defaultValue={dateText(today())} />;
}

export function DiscloseFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <DatedFields />
      <TextField name="office" label={say('field.office')} />
    </>
  );
}

export function AuditFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <DatedFields />
      <LongField name="findings" label={say('field.findings')} />
    </>
  );
}
