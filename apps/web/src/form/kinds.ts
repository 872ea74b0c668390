import { dateKind } from './date-field';
import { feeKind } from './fee-field';
import { flagKind } from './flag-field';
import { moneyKind } from './money-field';
import { decimalKind, wholeKind } from './number-fields';
import { longKind, textKind } from './text-field';

/** What can be filled in; each input names its kind as `data-kind`. */
export const kinds = {
  text: textKind,
  long: longKind,
  date: dateKind,
  whole: wholeKind,
  money: moneyKind,
  decimal: decimalKind,
  fee: feeKind,
  flag: flagKind,
  // Spaces around it and how it is composed are the person's own.
  password: { ...textKind, read: (typed: string) => typed },
} as const;
export type Kind = keyof typeof kinds;

export const isKind = (name: string | undefined): name is Kind => name !== undefined && Object.hasOwn(kinds, name);

/** Reads what was typed into an input of that kind; null where it is none. */
export const readTyped = (kind: Kind, typed: string): string | number | boolean | null => kinds[kind].read(typed);
