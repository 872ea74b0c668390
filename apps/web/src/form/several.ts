import { useContext, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { ValuesOfForm } from './field';
import { rowsIn } from './values';

interface Several {
  readonly values: readonly string[];
  readonly set: (values: readonly string[] | ((before: readonly string[]) => readonly string[])) => void;
  /** Around the inputs. */
  readonly place: RefObject<HTMLDivElement | null>;
}

/** Several values of one field, each in a hidden input `name.0`, `name.1` and so on; the form is told when they change, which nobody types. */
export function useSeveral(name: string): Several {
  const begun = useContext(ValuesOfForm);
  const [values, set] = useState<readonly string[]>(() =>
    Array.from({ length: rowsIn(begun, name) }, (_, at) => begun[`${name}.${String(at)}`] ?? '').filter(Boolean),
  );
  return { values, set, place: useChanged(values.join('\n')) };
}

/** Tells the form that something changed which nobody typed. */
export function useChanged(value: string): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef(value);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    place.current?.dispatchEvent(new Event('input', { bubbles: true }));
  }, [value]);
  return place;
}
