import type { ReactNode } from 'react';
import type { Word, Words } from '../words/words';
import type { FieldProps } from './field';

/** What is filled in, or shown: how it is typed, read and written out. `Value` is what the API takes and gives. */
export interface FieldKind<Value extends string | number | boolean> {
  /** @returns null where it is none of the kind */
  readonly read: (typed: string) => Value | null;
  /** What is said where it is none. */
  readonly unread: Word;
  /** As people type it, for an input to begin with. */
  readonly typed: (value: Value, words: Pick<Words, 'language'>) => string;
  /** As it is shown. */
  readonly text: (value: Value, words: Words) => string;
  readonly Input: (props: FieldProps) => ReactNode;
}
