import type { Units } from '../../frame/units';
import { numberText } from '../../format/format';
import type { Language, Say, Word } from '../../words/words';
import type { Reorganisation, Step } from './reorganisations-queries';

export const kindWords = {
  merge: 'reorganisation.merge',
  split: 'reorganisation.split',
  transfer: 'reorganisation.transfer',
  'end-level': 'reorganisation.endLevel',
} as const satisfies Record<Step['kind'], Word>;

/** What a transfer hands over. */
export const whichWords = {
  fields: 'reorganisation.byFields',
  procedures: 'reorganisation.byProcedures',
} as const satisfies Record<string, Word>;

export const stateWords = {
  planned: 'reorganisation.planned',
  running: 'reorganisation.running',
  halted: 'reorganisation.halted',
  completed: 'reorganisation.completed',
  cancelled: 'reorganisation.cancelled',
} as const satisfies Record<Reorganisation['state'], Word>;

export const progressWords = {
  waiting: 'reorganisation.waiting',
  running: 'reorganisation.running',
  halted: 'reorganisation.halted',
  done: 'reorganisation.done',
  cancelled: 'reorganisation.cancelled',
} as const satisfies Record<Reorganisation['progress'][number]['state'], Word>;

interface With {
  readonly say: Say;
  readonly language: Language;
  readonly nameOf: Units['nameOf'];
}

/** What a step does, in a sentence. */
export function stepText(step: Step, { say, language, nameOf }: With): string {
  const name = (unit: string | undefined): string => (unit === undefined ? '' : nameOf(unit));
  const among = (fields: readonly string[] | undefined): string => (fields ?? []).join(', ');
  switch (step.kind) {
    case 'merge':
      return say('reorganisation.mergeText', { unit: name(step.unit), into: name(step.into) });
    case 'split': {
      const parts = (step.parts ?? []).map(({ fields, to }) => say('reorganisation.partText', { fields: among(fields), to: name(to) })).join('; ');
      return say('reorganisation.splitText', { unit: name(step.unit), parts, rest: name(step.rest) });
    }
    case 'transfer':
      return step.fields
        ? say('reorganisation.fieldsText', { fields: among(step.fields), unit: name(step.unit), to: name(step.to) })
        : say('reorganisation.proceduresText', { number: numberText(step.procedures?.length ?? 0, language), unit: name(step.unit), to: name(step.to) });
    case 'end-level': {
      const successors = (step.successors ?? []).map(({ unit, into }) => say('reorganisation.mergeText', { unit: name(unit), into: name(into) })).join('; ');
      return [say('reorganisation.endLevelText', { below: name(step.below) }), ...(successors === '' ? [] : [successors])].join(' ');
    }
  }
} // prettier-ignore
