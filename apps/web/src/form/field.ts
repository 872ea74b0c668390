import { createContext, useContext, useState } from 'react';
import { useWords } from '../words/words';
import type { Values } from './values';

/** Fields by the path of what they fill. */
export type Faults = Readonly<Record<string, string>>;

/** What was found wrong, by field. */
export const FaultsOfForm = createContext<Faults>({});
/** What the fields begin with, where it is more than their defaults. */
export const ValuesOfForm = createContext<Values>({});

export interface FieldProps {
  /** The path of what it fills in the body of the call. */
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly optional?: boolean;
  readonly defaultValue?: string;
}

/** What every kind of input has in common. */
export function useField({ name, label, help, optional = false, defaultValue }: FieldProps) {
  const faults = useContext(FaultsOfForm);
  const { say } = useWords();
  return {
    id: `field-${name}`,
    name,
    label: optional ? `${label} (${say('form.optional')})` : label,
    ...(help !== undefined && { description: help }),
    ...useBegun(name, defaultValue),
    'data-default': defaultValue,
    'data-needed': optional ? undefined : '',
    error: faults[name] ?? null,
  };
}

/** What it begins with. A row that moves has another name then, and keeps what it began with. */
function useBegun(name: string, defaultValue?: string): { readonly defaultValue?: string } {
  const values = useContext(ValuesOfForm);
  const [begun] = useState(values[name] ?? defaultValue);
  return begun === undefined ? {} : { defaultValue: begun };
}

/** Writes into an input as if it were typed, so that whoever keeps what is typed knows. */
export function typeInto(input: HTMLInputElement | null, value: string): void {
  if (!input || input.value === value) return;
  // React listens to the property of the element and would take it for its own change.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
