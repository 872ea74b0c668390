import type { ReactNode } from 'react';
import { LongField } from '../../form/fields';
import { useWords } from '../../words/words';

export function ReasonFields(): ReactNode {
  const { say } = useWords();
  return <LongField name="reason" label={say('field.reason')} />;
}
