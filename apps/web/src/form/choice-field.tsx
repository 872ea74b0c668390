import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Word, Words } from '../words/words';
import { useWords } from '../words/words';
import { useField } from './field';
import type { FieldProps } from './field';
import type { Kind } from './kinds';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Codes to choose from, by what each is called. */
export const choicesOf = (names: Readonly<Record<string, Word>>, say: Words['say']): readonly Choice[] =>
  Object.entries(names).map(([value, word]) => ({ value, label: say(word) }));

interface Props extends FieldProps {
  readonly choices: readonly Choice[];
  readonly chosen?: (value: string) => void;
  /** How what is chosen is read. (Default: text) */
  readonly kind?: Kind;
}

/** One of a few. */
export function ChoiceField({ choices, chosen, kind = 'text', ...props }: Props): ReactNode {
  const { say } = useWords();
  return (
    <NativeSelect
      {...useField(props)}
      data-kind={kind}
      data={[{ value: '', label: say('form.choose') }, ...choices]}
      onChange={({ currentTarget }) => chosen?.(currentTarget.value)}
    />
  );
}
