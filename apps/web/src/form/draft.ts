import { useState } from 'react';
import { readValues } from './values';
import type { Values } from './values';

export interface Draft {
  /** What the form begins with. */
  readonly values: Values;
  readonly isKept: boolean;
  /** Changes when the form begins anew. */
  readonly filling: number;
  readonly keep: (form: HTMLFormElement) => void;
  readonly drop: () => void;
  /** Drops it, and begins anew. */
  readonly discard: () => void;
}

/** What is typed and not sent yet, kept in this browser however incomplete it is. @param name Holds the person, so that nobody meets another's */
export function useDraft(name: string): Draft {
  const [begun, begin] = useState(() => ({ filling: 0, values: readValues(localStorage.getItem(name)) }));
  const [isKept, setKept] = useState(Object.keys(begun.values).length > 0);
  const drop = (): void => {
    localStorage.removeItem(name);
    setKept(false);
  };
  return {
    ...begun,
    isKept,
    keep: (form) => setKept(write(name, typedInto(form))),
    drop,
    discard: () => {
      drop();
      begin(({ filling }) => ({ filling: filling + 1, values: {} }));
    },
  };
}

function typedInto(form: HTMLFormElement): Values {
  const typed = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '');
  return Object.fromEntries(typed);
}

/** @returns whether it is kept: a browser may be full, or keep nothing at all */
function write(name: string, values: Values): boolean {
  try {
    localStorage.setItem(name, JSON.stringify(values));
    return true;
  } catch {
    return false;
  }
}
