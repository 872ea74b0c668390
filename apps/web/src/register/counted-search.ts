import { readDay, readId } from '../frame/address';

const onTimeStates = [
  'signedBeforeEffect.met', 'signedBeforeEffect.late', 'signedBeforeEffect.open', 'signedBeforeEffect.unknown',
  'disclosedAfterSigning.met', 'disclosedAfterSigning.late', 'disclosedAfterSigning.open', 'disclosedAfterSigning.unknown',
] as const; // prettier-ignore
export type OnTimeState = (typeof onTimeStates)[number];

/** What figures count, so that each leads to its list; left out is all. */
export interface Counted {
  /** Unit id: what its people may do next. */
  readonly waitsFor?: string;
  /** How the latest publication stands by a measure. */
  readonly onTime?: OnTimeState;
  /** Registered on that day or later, YYYY-MM-DD. */
  readonly registeredFrom?: string;
  /** Came to its stage on that day or later, YYYY-MM-DD. */
  readonly inStageFrom?: string;
}
export const countedNames = ['waitsFor', 'onTime', 'registeredFrom', 'inStageFrom'] as const satisfies readonly (keyof Counted)[];

/** What the address says; what is unreadable counts as left out. */
export function readCounted(search: Record<string, unknown>): Counted {
  const waitsFor = readId(search.waitsFor);
  const onTime = onTimeStates.find((one) => one === search.onTime);
  const registeredFrom = readDay(search.registeredFrom);
  const inStageFrom = readDay(search.inStageFrom);
  return {
    ...(waitsFor && { waitsFor }),
    ...(onTime && { onTime }),
    ...(registeredFrom && { registeredFrom }),
    ...(inStageFrom && { inStageFrom }),
  };
}
