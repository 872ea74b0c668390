import type { ReactNode } from 'react';
import { FlagField, LongField } from '../../form/fields';
import { useWords } from '../../words/words';

export function CheckFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <FlagField name="passed" label={say('field.passed')} />
      <LongField name="remarks" label={say('field.remarks')} />
    </>
  );
}
