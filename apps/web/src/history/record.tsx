import type { ReactNode } from 'react';
import { KeyValues } from '../table/key-values';
import { fieldName } from '../words/fields';
import { useWords } from '../words/words';
import { fieldsIn } from './entry-facts';
import { useValueText } from '../procedure/value-text';

/** What else an event holds, field by field. */
export function Record({ data }: { readonly data: object }): ReactNode {
  const { say } = useWords();
  const valueText = useValueText();
  const entries = fieldsIn(data);
  if (entries.length === 0) return null;
  return (
    <details>
      <summary>{say('history.details')}</summary>
      <KeyValues entries={entries.map(([path, value]) => [fieldName(path, say), valueText(path, value)])} />
    </details>
  );
}
