import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import type { Faults } from './body';

/** What was found wrong, by field. */
export const FaultsOfForm = createContext<Faults>({});

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
  const { say } = useWords();
  return {
    id: `field-${name}`,
    name,
    label: optional ? `${label} (${say('form.optional')})` : label,
    ...(help !== undefined && { description: help }),
    ...(defaultValue !== undefined && { defaultValue }),
    ...(!optional && { 'data-needed': '' }),
    error: faults[name] ?? null,
  };
}

export const TextField = (props: Props): ReactNode => <TextInput {...useField(props)} data-kind="text" />;

export const LongField = (props: Props): ReactNode => <Textarea {...useField(props)} data-kind="text" autosize minRows={3} />;

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
}

export function ChoiceField({ choices, ...props }: ChoiceProps): ReactNode {
  const { say } = useWords();
  return <NativeSelect {...useField(props)} data-kind="text" data={[{ value: '', label: say('form.choose') }, ...choices]} />;
}
