import { TextInput } from '@mantine/core';
import type { FocusEvent, ReactNode } from 'react';
import { numberText, readWhole } from '../format/format';
import { useWords } from '../words/words';
import type { Language } from '../words/words';
import { typeInto, useField } from './field';
import type { FieldProps } from './field';
import type { FieldKind } from './field-kind';

/** Whole đồng, grouped by three while they are typed. */
export function MoneyField(props: FieldProps): ReactNode {
  const { language } = useWords();
  return (
    <TextInput
      {...useGroupedField(props)}
      data-kind="money"
      inputMode="numeric"
      maw={220}
      onInput={({ currentTarget }) => {
        // In the middle of a number regrouping would move the caret away from what is being typed.
        if (currentTarget.selectionStart === currentTarget.value.length) typeInto(currentTarget, grouped(currentTarget.value, language));
      }}
    />
  );
}

/** As other fields, with what is typed in groups once it is left. */
export function useGroupedField(props: FieldProps) {
  const { language } = useWords();
  const { defaultValue, ...field } = useField(props);
  return {
    ...field,
    ...(defaultValue !== undefined && { defaultValue: grouped(defaultValue, language) }),
    autoComplete: 'off',
    onBlur: ({ currentTarget }: FocusEvent<HTMLInputElement>) => typeInto(currentTarget, grouped(currentTarget.value, language)),
  };
}

/** Digits in groups; what is no number stays as it was typed. */
function grouped(typed: string, language: Language): string {
  const digits = typed.replace(/[.,\s]/g, '');
  const number = /^\d{1,15}$/.test(digits) ? readWhole(digits) : null;
  return number === null ? typed : numberText(number, language);
}

export const moneyKind: FieldKind<number> = {
  // Somebody who takes a digit out of the middle leaves groups of another size.
  read: (typed) => readWhole(typed) ?? (/^\d[\d.,\s]*$/.test(typed.trim()) ? readWhole(typed.replace(/[.,\s]/g, '')) : null),
  unread: 'form.noWhole',
  typed: (value, { language }) => numberText(value, language),
  text: (value, { say, language }) => say('money.dong', { dong: numberText(value, language) }),
  Input: MoneyField,
};
