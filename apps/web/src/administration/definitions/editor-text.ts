import { useState } from 'react';
import { changed, written } from './document';
import type { Path } from './document';
import { readJson } from './json-text';
import type { ReadJson } from './json-text';

export interface EditorText {
  readonly text: string;
  readonly read: ReadJson;
  /** As it was when the text could last be read. */
  readonly document: unknown;
  /** The version that it was made from. */
  readonly from: number;
  /** Whether it differs from that version, and is kept in this browser. */
  readonly isKept: boolean;
  readonly type: (text: string) => void;
  readonly change: (path: Path, value: unknown) => void;
  readonly replace: (document: unknown) => void;
  /** Begins anew from the version that is looked at. */
  readonly discard: () => void;
}

interface State {
  readonly text: string;
  readonly document: unknown;
  readonly from: number;
  readonly isKept: boolean;
}

/** A definition as text and as what it says, each following the other; kept in this browser while it is written. @param name Holds the person */
export function useEditorText(name: string, version: number, original: unknown): EditorText {
  const anew = (): State => ({ text: written(original), document: original, from: version, isKept: false });
  const [state, become] = useState<State>(() => keptIn(name) ?? anew());
  const keep = (next: Pick<State, 'text' | 'document'>): void => {
    become(({ from }) => {
      const isKept = write(name, JSON.stringify({ from, text: next.text }));
      return { ...next, from, isKept };
    });
  };
  return {
    ...state,
    read: readJson(state.text),
    type: (text) => {
      const read = readJson(text);
      keep({ text, document: read.ok ? read.value : state.document });
    },
    change: (path, value) => {
      const document = changed(state.document, path, value);
      keep({ document, text: written(document) });
    },
    replace: (document) => keep({ document, text: written(document) }),
    discard: () => {
      localStorage.removeItem(name);
      become(anew());
    },
  };
}

function keptIn(name: string): State | null {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? 'null') as { readonly from?: unknown; readonly text?: unknown } | null;
    if (typeof kept?.text !== 'string' || typeof kept.from !== 'number') return null;
    const read = readJson(kept.text);
    return { text: kept.text, from: kept.from, isKept: true, document: read.ok ? read.value : {} };
  } catch {
    return null;
  }
}

/** @returns whether it is kept: a browser may be full, or keep nothing at all */
function write(name: string, text: string): boolean {
  try {
    localStorage.setItem(name, text);
    return true;
  } catch {
    return false;
  }
}
