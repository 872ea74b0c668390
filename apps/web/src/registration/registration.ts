import type { Values } from '../form/values';

interface Unit {
  readonly id: string;
  readonly closed: boolean;
}

/** What is sent of what was filled in: parts only where there are some. */
export function registrationOf({ parts, ...body }: Readonly<Record<string, unknown>>): object {
  const isFilled = typeof parts === 'object' && parts !== null && Object.keys(parts).length > 0;
  return isFilled ? { ...body, parts } : body;
}

/** The units that take something on, the person's own first. */
export function unitsToChoose<One extends Unit>(units: readonly One[], own: string): readonly One[] {
  const open = units.filter(({ closed }) => !closed);
  return [...open.filter(({ id }) => id === own), ...open.filter(({ id }) => id !== own)];
}

/** Its content is held elsewhere. */
export const isReferenceOnly = (classification: string): boolean => classification === 'secret' || classification === 'topSecret';

/** What is classified is not left lying in a browser. */
export const isKeptAsDraft = ({ classification = '' }: Values): boolean => classification === 'none' || classification === '';

/** Whether a title says enough to look for others like it: two words. */
export const isTelling = (title: string): boolean => /[\p{L}\d]{2}\S*\s+\S*[\p{L}\d]{2}/u.test(title);
