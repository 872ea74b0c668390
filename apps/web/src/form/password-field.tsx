import { PasswordInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { useField } from './field';
import type { FieldProps } from './field';

/** A password, which is sent as it was typed. */
export function PasswordField({ autoComplete, ...props }: FieldProps & { readonly autoComplete: string }): ReactNode {
  const { say } = useWords();
  return (
    <PasswordInput
      {...useField(props)}
      data-kind="password"
      autoComplete={autoComplete}
      visibilityToggleButtonProps={{ 'aria-label': say('signIn.showPassword') }}
      maw={360}
    />
  );
}
