import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { numberText, readDecimal, readWhole } from '../format/format';
import { useField } from './field';
import type { FieldProps } from './field';
import type { FieldKind } from './field-kind';

const narrow = { autoComplete: 'off', maw: 220 } as const;

/** A whole number; groups of three may stand apart. */
export const WholeField = (props: FieldProps): ReactNode => (
  <TextInput {...useField(props)} data-kind="whole" inputMode="numeric" {...narrow} />
);

export const wholeKind: FieldKind<number> = {
  read: readWhole,
  unread: 'form.noWhole',
  typed: String,
  text: (value, { language }) => numberText(value, language),
  Input: WholeField,
};

/** A decimal number, which the API takes and gives as text. */
export const DecimalField = (props: FieldProps): ReactNode => (
  <TextInput {...useField(props)} data-kind="decimal" inputMode="decimal" {...narrow} />
);

const inLocal = (value: string, language: string): string => (language === 'vi' ? value.replace('.', ',') : value);

export const decimalKind: FieldKind<string> = {
  read: readDecimal,
  unread: 'form.noDecimal',
  typed: (value, { language }) => inLocal(value, language),
  text: (value, { language }) => inLocal(value, language),
  Input: DecimalField,
};
