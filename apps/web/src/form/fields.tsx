import { Checkbox, NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import type { Faults } from './body';
import type { Values } from './values';

/** What was found wrong, by field. */
export const FaultsOfForm = createContext<Faults>({});
/** What the fields begin with, where it is more than their defaults. */
export const ValuesOfForm = createContext<Values>({});

interface Props {
  /** The path of what it fills in the body of the call. */
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly optional?: boolean;
  readonly defaultValue?: string;
}

function useField({ name, label, help, optional = false, defaultValue }: Props) {
  const faults = useContext(FaultsOfForm);
  const begun = useContext(ValuesOfForm)[name] ?? defaultValue;
  const { say } = useWords();
  return {
    id: `field-${name}`,
    name,
    label: optional ? `${label} (${say('form.optional')})` : label,
    ...(help !== undefined && { description: help }),
    ...(begun !== undefined && { defaultValue: begun }),
    ...(!optional && { 'data-needed': '' }),
    error: faults[name] ?? null,
  };
}

export const TextField = (props: Props): ReactNode => <TextInput {...useField(props)} data-kind="text" />;

interface LongProps extends Props {
  /** (Default: 3) */
  readonly lines?: number;
}

export const LongField = ({ lines = 3, ...props }: LongProps): ReactNode => (
  <Textarea {...useField(props)} data-kind="text" autosize minRows={lines} />
);

/** A password, which is sent as it was typed. */
export function PasswordField({ autoComplete, ...props }: Props & { readonly autoComplete: string }): ReactNode {
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

/** A date as people type it. */
export function DateField(props: Props): ReactNode {
  const { say } = useWords();
  return (
    <TextInput {...useField(props)} data-kind="date" placeholder={say('form.dateLike')} inputMode="numeric" autoComplete="off" maw={220} />
  );
}

/** A whole number; groups of three may stand apart. */
export const WholeField = (props: Props): ReactNode => (
  <TextInput {...useField(props)} data-kind="whole" inputMode="numeric" autoComplete="off" maw={220} />
);

/** A decimal number, which the server reads as text. */
export const DecimalField = (props: Props): ReactNode => (
  <TextInput {...useField(props)} data-kind="decimal" inputMode="decimal" autoComplete="off" maw={220} />
);

export function FlagField({ name, label, help }: Omit<Props, 'defaultValue' | 'optional'>): ReactNode {
  const error = useContext(FaultsOfForm)[name] ?? null;
  return (
    <Checkbox
      id={`field-${name}`}
      name={name}
      label={label}
      {...(help !== undefined && { description: help })}
      error={error}
      data-kind="flag"
    />
  );
}

interface ChoiceProps extends Props {
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly chosen?: (value: string) => void;
}

export function ChoiceField({ choices, chosen, ...props }: ChoiceProps): ReactNode {
  const { say } = useWords();
  return (
    <NativeSelect
      {...useField(props)}
      data-kind="text"
      data={[{ value: '', label: say('form.choose') }, ...choices]}
      onChange={({ currentTarget }) => chosen?.(currentTarget.value)}
    />
  );
}
