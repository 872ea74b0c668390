import { ActionIcon, Loader, Popover, TextInput } from '@mantine/core';
import { lazy, Suspense, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { dateText, readDate } from '../format/format';
import { useWords } from '../words/words';
import { typeInto, useField } from './field';
import type { FieldProps } from './field';
import type { FieldKind } from './field-kind';

// A calendar is looked at less often than a date is typed.
const Calendar = lazy(() => import('./calendar').then(({ Calendar: component }) => ({ default: component })));

/** A date as people type it, or choose it from a calendar. */
export function DateField(props: FieldProps): ReactNode {
  const { say } = useWords();
  const { label, ...field } = useField(props);
  const input = useRef<HTMLInputElement>(null);
  const [chosen, choose] = useState<string | null>(null);
  const isOpen = chosen !== null;
  const open = (): void => choose(isOpen ? null : (readDate(input.current?.value ?? '') ?? ''));
  const close = (): void => {
    choose(null);
    input.current?.focus();
  };
  const calendar = (
    <Popover opened={isOpen} onChange={close} trapFocus position="bottom-end" withinPortal={false} shadow="md">
      <Popover.Target>
        <ActionIcon variant="subtle" onClick={open} aria-label={say('form.calendarOf', { label: props.label })}>
          <svg width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
            <path d="M4 6h16v14H4zM4 10h16M8 3v5M16 3v5" />
          </svg>
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Suspense fallback={<Loader size="sm" />}>
          <Calendar
            date={chosen === '' ? null : chosen}
            choose={(date) => {
              typeInto(input.current, dateText(date));
              close();
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
  return (
    <TextInput
      {...field}
      label={label}
      ref={input}
      data-kind="date"
      placeholder={say('form.dateLike')}
      inputMode="numeric"
      autoComplete="off"
      maw={240}
      rightSection={calendar}
      onBlur={({ currentTarget }) => {
        const read = readDate(currentTarget.value);
        if (read !== null) typeInto(currentTarget, dateText(read));
      }}
    />
  );
}

export const dateKind: FieldKind<string> = {
  read: readDate,
  unread: 'form.noDate',
  typed: (value) => dateText(value),
  text: (value) => dateText(value),
  Input: DateField,
};
