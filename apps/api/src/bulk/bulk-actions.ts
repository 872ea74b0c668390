import type { Type } from '@nestjs/common';
import type { ActionBody, ActionOnProcedure } from '#procedures/commands';
import { actions } from '#workflow';
import { Problem } from '../http/problem.js';
import { shapeOf } from '../http/shape-of.js';
import { readAs } from '../http/shape-pipe.js';
import { optionActionBodies } from '../procedures/option-action.dto.js';
import { AmendPartsDto } from '../procedures/parts.dto.js';
import { procedureActionBodies } from '../procedures/procedure-action.dto.js';

/** What can be done to many procedures at once: whatever can be done to one that is registered. */
export const bulkActions: readonly ActionOnProcedure[] = ['amend-parts', ...actions];

/** What the body of each is read as, as where it is done to one. */
const bodies = { 'amend-parts': AmendPartsDto, ...procedureActionBodies, ...optionActionBodies } satisfies {
  readonly [One in ActionOnProcedure]: Type<ActionBody<One>>;
};

/**
 * The body of the action as its own call reads it; the reason of the whole stands in it where it takes one and has none.
 * @throws Problem that names the fields, below `body`
 */
export function bodyOf(action: ActionOnProcedure, sent: object, reason: string | undefined): object {
  const make: Type<object> = bodies[action];
  const takesReason = shapeOf(make).fields.has('reason') && !Object.hasOwn(sent, 'reason') && reason !== undefined;
  const { shape, errors, faults } = readAs(make, takesReason ? { ...sent, reason } : sent);
  const [first] = errors;
  if (!first) return shape;
  throw new Problem('invalid-body', {
    detail: `body.${first.path} ${first.message}.`,
    errors: errors.map((error) => ({ ...error, path: `body.${error.path}` })),
    moreErrors: faults - errors.length,
  });
}
