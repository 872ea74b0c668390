import { Rejected } from '#event-store';
import type { Unmet } from '#event-store';

/** Every condition by which a command on a procedure can be refused, in the order in which a refusal names them; the first is the one to show. */
export const conditions = [
  'not-authorised',
  'code-taken',
  'unit-closed',
  'wrong-stage',
  'not-necessary',
  'same-person',
  'parts-missing',
  'wage-mismatch',
  'return-first',
  'procedure-full',
  'already-disclosed',
  /** From here on: what a confirmation meets. */
  'implausible-date',
] as const;
/** What may be right all the same: a command that confirms it is accepted, and its event says so. */
export const confirmable = ['implausible-date'] as const satisfies readonly (typeof conditions)[number][];
export type Confirmable = (typeof confirmable)[number];
export type ConditionCode = (typeof conditions)[number];

/** A condition of a command on a procedure that is not met. A code that has no place in the order does not compile. */
export interface Condition extends Unmet {
  readonly code: ConditionCode;
}

/** The conditions in the order of the list, which sorts and never drops: a code that it does not know goes last. */
export function inOrder<Of extends Unmet>(unmet: readonly Of[]): readonly Of[] {
  const known: readonly string[] = conditions;
  const placeOf = ({ code }: Of): number => (known.includes(code) ? known.indexOf(code) : known.length);
  return [...unmet].sort((one, other) => placeOf(one) - placeOf(other));
}

/**
 * Tells apart what a confirmation meets from what stands against a command all the same. What is confirmed without need is not among
 * the confirmed.
 */
export function confirmedIn(
  unmet: readonly Condition[],
  confirm: readonly Confirmable[] = [],
): { readonly confirmed: readonly Confirmable[]; readonly left: readonly Condition[] } {
  const isMet = ({ code }: Condition): boolean => confirm.some((one) => one === code);
  const met = unmet.filter(isMet);
  return { confirmed: confirmable.filter((code) => met.some((one) => one.code === code)), left: unmet.filter((one) => !isMet(one)) };
}

/** Refuses what is unmet, every condition of it. @throws Rejected */
export function reject(unmet: readonly Unmet[]): void {
  const [first, ...others] = inOrder(unmet);
  if (first) throw new Rejected([first, ...others]);
}
