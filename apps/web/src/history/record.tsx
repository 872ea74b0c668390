import type { ReactNode } from 'react';
import { dateText } from '../format/format';
import { KeyValues } from '../table/key-values';
import { fieldName } from '../words/fields';
import { useWords } from '../words/words';

/** What an event holds, field by field. */
export function Record({ data }: { readonly data: object }): ReactNode {
  const { say } = useWords();
  // Stages are told by the entry itself.
  const entries = flat(data).filter(([path]) => path !== 'stage');
  if (entries.length === 0) return null;
  const shown = entries.map(
    ([path, value]) => [fieldName(path, say), typeof value === 'boolean' ? say(value ? 'yes' : 'no') : text(value)] as const,
  );
  return (
    <details>
      <summary>{say('history.details')}</summary>
      <KeyValues entries={shown} />
    </details>
  );
}

type Value = string | number | boolean;

const text = (value: string | number): string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? dateText(value) : String(value);

function flat(value: object, path = ''): (readonly [string, Value])[] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const at = path === '' ? name : `${path}.${name}`;
    if (typeof inner === 'object' && inner !== null) return flat(inner, at);
    return typeof inner === 'string' || typeof inner === 'number' || typeof inner === 'boolean' ? [[at, inner] as const] : [];
  });
}
