import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { typeInto, useField } from './field';
import type { FieldProps } from './field';
import type { FieldKind } from './field-kind';
import { grouped, moneyKind } from './money-field';

/** A fee: whole đồng, or in words. */
export function FeeField(props: FieldProps): ReactNode {
  const { language } = useWords();
  const { defaultValue, ...field } = useField(props);
  return (
    <TextInput
      {...field}
      {...(defaultValue !== undefined && { defaultValue: grouped(defaultValue, language) })}
      data-kind="fee"
      autoComplete="off"
      onBlur={({ currentTarget }) => typeInto(currentTarget, grouped(currentTarget.value, language))}
    />
  );
}

export const feeKind: FieldKind<string | number> = {
  // 20,5 is no number of đồng, and stands as it was written.
  read: (typed) => moneyKind.read(/^\d{1,3}([.,\s]\d{3})*$|^\d+$/.test(typed.trim()) ? typed : '') ?? typed.trim().normalize('NFC'),
  unread: 'form.needed',
  typed: (value, words) => (typeof value === 'number' ? moneyKind.typed(value, words) : value),
  text: (value, words) => (typeof value === 'number' ? moneyKind.text(value, words) : value),
  Input: FeeField,
};
