import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { dateText, readDate } from '../format/format';
import { useWords } from '../words/words';
import { DateField } from './date-field';
import { FaultsOfForm } from './field';

interface Props {
  readonly name: string;
  readonly label: string;
  /** YYYY-MM-DD, what the address says. (Default: any) */
  readonly day: string | undefined;
  /** @param day Empty for any */
  readonly choose: (day: string) => void;
}

/** Narrows a page down by a day, as soon as what is typed is one; says when the field is left with something else in it. */
export function DayFilter({ name, label, day = '', choose }: Props): ReactNode {
  const { say } = useWords();
  const [isAmiss, setAmiss] = useState(false);
  const [times, begin] = useState(0);
  const shown = useRef(day);
  // Of a form on the same page it may have the name, and its label would lead there.
  const field = `${name}-filter`;

  // Only a day that comes from elsewhere begins the field anew: what is being typed is never overwritten.
  useEffect(() => {
    if (day === shown.current) return;
    shown.current = day;
    setAmiss(false);
    begin((before) => before + 1);
  }, [day]);

  const read = (typed: string): void => {
    const next = typed.trim() === '' ? '' : readDate(typed);
    if (next === null) return;
    setAmiss(false);
    if (next === shown.current) return;
    shown.current = next;
    choose(next);
  };
  return (
    <div
      onInput={({ target }) => target instanceof HTMLInputElement && target.name === field && read(target.value)}
      onBlur={({ target }) => target instanceof HTMLInputElement && setAmiss(target.value.trim() !== '' && readDate(target.value) === null)}
    >
      <FaultsOfForm value={isAmiss ? { [field]: say('form.noDate') } : {}}>
        <DateField key={times} name={field} label={label} {...(day !== '' && { defaultValue: dateText(day) })} />
      </FaultsOfForm>
    </div>
  );
}
