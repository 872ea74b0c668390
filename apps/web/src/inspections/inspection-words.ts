import type { Weight } from '../table/state-mark';
import type { Word } from '../words/words';
import type { Finding, Inspection } from './inspections-queries';

export const stateWords = {
  announced: 'inspections.state.announced',
  opened: 'inspections.state.opened',
  ended: 'inspections.state.ended',
  concluded: 'inspections.state.concluded',
  closed: 'inspections.state.closed',
} as const satisfies Record<Inspection['state'], Word>;

export const severityWords = {
  low: 'inspections.severity.low',
  medium: 'inspections.severity.medium',
  high: 'inspections.severity.high',
} as const satisfies Record<Finding['severity'], Word>;

export const severityWeights: Readonly<Record<Finding['severity'], Weight>> = { low: 'plain', medium: 'soon', high: 'late' };

/** A day on which something happened to an inspection, or is to happen. */
export interface Step {
  readonly word: Word;
  readonly on: string;
  /** Number of the paper. (Default: none) */
  readonly number?: string;
}

/** What happened to it in order, and by when its conclusion is due. */
export function stepsOf({ announcedOn, openedOn, endedOn, conclusion, conclusionDueOn, closedOn }: Inspection): readonly Step[] {
  const step = (word: Word, on: string | null): readonly Step[] => (on === null ? [] : [{ word, on }]);
  return [
    ...step('inspections.step.announced', announcedOn),
    ...step('inspections.step.opened', openedOn),
    ...step('inspections.step.ended', endedOn),
    ...step('inspections.step.conclusionDue', conclusionDueOn),
    ...(conclusion ? [{ word: 'inspections.step.concluded' as const, on: conclusion.date, number: conclusion.number }] : []),
    ...step('inspections.step.closed', closedOn),
  ];
}
