import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { readWhole } from '../format/format';
import type { FieldProps } from './field';
import type { FieldKind } from './field-kind';
import { moneyKind, useGroupedField } from './money-field';

/** A fee: whole đồng, or in words. */
export const FeeField = (props: FieldProps): ReactNode => <TextInput {...useGroupedField(props)} data-kind="fee" />;

export const feeKind: FieldKind<string | number> = {
  // 20,5 is no number of đồng, and stands as it was written.
  read: (typed) => readWhole(typed) ?? typed.trim().normalize('NFC'),
  unread: 'form.needed',
  typed: (value, words) => (typeof value === 'number' ? moneyKind.typed(value, words) : value),
  text: (value, words) => (typeof value === 'number' ? moneyKind.text(value, words) : value),
  Input: FeeField,
};
