import { Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useField } from './field';
import type { FieldProps } from './field';
import type { FieldKind } from './field-kind';

/** A text of one line. */
export const TextField = (props: FieldProps): ReactNode => <TextInput {...useField(props)} data-kind="text" />;

interface LongProps extends FieldProps {
  /** (Default: 3) */
  readonly lines?: number;
}

/** A text of several lines. */
export const LongField = ({ lines = 3, ...props }: LongProps): ReactNode => (
  <Textarea {...useField(props)} data-kind="text" autosize minRows={lines} />
);

export const textKind: FieldKind<string> = {
  read: (typed) => typed.trim().normalize('NFC'),
  unread: 'form.needed',
  typed: (value) => value,
  text: (value) => value,
  Input: TextField,
};

export const longKind: FieldKind<string> = { ...textKind, Input: LongField };
