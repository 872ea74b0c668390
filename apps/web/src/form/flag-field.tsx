import { Checkbox } from '@mantine/core';
import { useContext, useState } from 'react';
import type { ReactNode } from 'react';
import { FaultsOfForm, ValuesOfForm } from './field';
import type { FieldProps } from './field';
import type { FieldKind } from './field-kind';

/** Something that is so, or is not. */
export function FlagField({ name, label, help }: FieldProps): ReactNode {
  const error = useContext(FaultsOfForm)[name] ?? null;
  const values = useContext(ValuesOfForm);
  const [begun] = useState(values[name] === 'on');
  return (
    <Checkbox
      id={`field-${name}`}
      name={name}
      label={label}
      {...(help !== undefined && { description: help })}
      defaultChecked={begun}
      error={error}
      data-kind="flag"
    />
  );
}

export const flagKind: FieldKind<boolean> = {
  read: (typed) => (typed === 'on' ? true : typed === '' ? false : null),
  unread: 'form.needed',
  typed: (value) => (value ? 'on' : ''),
  text: (value, { say }) => say(value ? 'yes' : 'no'),
  Input: FlagField,
};
