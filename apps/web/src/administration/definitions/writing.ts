import { createContext, useContext } from 'react';
import type { Finding } from './definitions-queries';
import type { Path } from './document';

/** The definition that is being written, for the parts of its form. */
export interface Writing {
  readonly document: unknown;
  /** Undefined takes the field or the item away. */
  readonly change: (path: Path, value: unknown) => void;
  readonly replace: (document: unknown) => void;
  readonly findings: readonly Finding[];
}

const nothing = (): void => undefined;
export const WritingContext = createContext<Writing>({ document: {}, change: nothing, replace: nothing, findings: [] });
export const useWriting = (): Writing => useContext(WritingContext);

/** What is amiss at a path, and where asked for, below it. @param depth (Default: at) */
export function amissAt({ findings }: Writing, path: Path, depth: 'at' | 'below' = 'at'): string | null {
  const name = path.join('.');
  const found = findings.filter((one) => one.path === name || (depth === 'below' && one.path.startsWith(`${name}.`)));
  return found.length === 0 ? null : found.map(({ message }) => message).join(' ');
}
