import type { ReactNode } from 'react';
import { DatedFields } from '../../actions/action-fields';
import { LongField } from '../../form/fields';
import { useWords } from '../../words/words';

export function AuditFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <DatedFields />
      <LongField name="findings" label={say('field.findings')} />
    </>
  );
}
