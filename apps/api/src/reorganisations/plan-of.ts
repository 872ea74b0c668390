import type { Directory } from '#identity';
import { tidyLine } from '#platform';
import type { Plan, Step } from '#reorganisation';
import { unitIn, wrong } from '../administration/administered.js';
import type { ReorganisationDto, StepDto } from './reorganisations.dto.js';

/** Which fields a step of each kind has; those with a question mark may be left out. */
const fieldsOf = {
  merge: ['unit', 'into'],
  split: ['unit', 'parts', 'rest'],
  transfer: ['unit', 'to', 'fields?', 'procedures?'],
  'end-level': ['below', 'successors?'],
} as const satisfies Readonly<Record<Step['kind'], readonly string[]>>;

/** The plan that a body describes. @throws Problem that names the field */
export function planOf({ title, decision, effectiveOn, steps }: ReorganisationDto, directory: Directory): Plan {
  const { number, date } = decision;
  return { title, decision: { number, date }, effectiveOn, steps: steps.map((step, index) => stepOf(step, `steps.${String(index)}`, directory)) };
} // prettier-ignore

function stepOf(step: StepDto, at: string, directory: Directory): Step {
  const { kind, parts = [], fields, procedures, successors = [] } = step;
  const allowed: readonly string[] = fieldsOf[kind];
  for (const [name, value] of Object.entries(step)) {
    if (name === 'kind' || value === undefined) continue;
    if (!allowed.includes(name) && !allowed.includes(`${name}?`)) wrong(`${at}.${name}`, `does not belong to ${kind}`, 'không thuộc loại việc này');
  }
  for (const name of allowed) if (!name.endsWith('?') && step[name as keyof StepDto] === undefined) wrong(`${at}.${name}`, 'is missing', 'còn thiếu');
  const unit = (id: string | undefined, path: string): string => unitIn(directory, id ?? '', `${at}.${path}`);
  switch (kind) {
    case 'merge':
      return { kind, unit: unit(step.unit, 'unit'), into: unit(step.into, 'into') };
    case 'split':
      return {
        ...{ kind, unit: unit(step.unit, 'unit'), rest: unit(step.rest, 'rest') },
        parts: parts.map((part, index) => ({ fields: part.fields.map(tidyLine), to: unit(part.to, `parts.${String(index)}.to`) })),
      };
    case 'transfer': {
      if ((fields === undefined) === (procedures === undefined))
        wrong(`${at}.fields`, 'or procedures: exactly one of both is given', 'nêu lĩnh vực hoặc thủ tục, chỉ một trong hai');
      const which = fields ? { fields: fields.map(tidyLine) } : { procedures: (procedures ?? []).map((id) => id.toLowerCase()) };
      return { kind, unit: unit(step.unit, 'unit'), to: unit(step.to, 'to'), which };
    }
    case 'end-level':
      return {
        ...{ kind, below: unit(step.below, 'below') },
        successors: successors.map((one, index) => ({
          unit: unit(one.unit, `successors.${String(index)}.unit`),
          into: unit(one.into, `successors.${String(index)}.into`),
        })),
      };
  }
} // prettier-ignore

/** As it is sent. @param isShown Which of single procedures */
export function shownStep(step: Step, isShown: (procedure: string) => boolean): StepDto {
  switch (step.kind) {
    case 'merge':
      return { ...step };
    case 'split':
      return { ...step, parts: step.parts.map(({ fields, to }) => ({ fields: [...fields], to })) };
    case 'transfer': {
      const { kind, unit, to, which } = step;
      return { kind, unit, to, ...('fields' in which ? { fields: [...which.fields] } : { procedures: which.procedures.filter(isShown) }) };
    }
    case 'end-level':
      return { ...step, successors: step.successors.map((one) => ({ ...one })) };
  }
}
