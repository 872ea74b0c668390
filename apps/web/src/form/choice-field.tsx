import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { useField } from './field';
import type { FieldProps } from './field';
import type { Kind } from './kinds';

interface Props extends FieldProps {
  readonly choices: readonly { readonly value: string; readonly label: string }[];
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
