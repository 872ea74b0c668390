import { InvalidBody, Rejected } from '#event-store';
import { isCleared, nearestRole, rolesFor } from '#workflow';
import type { HeldRole } from '#workflow';
import type { DecisionContext } from './commands.js';
import { inOrder } from './conditions.js';
import type { Condition } from './conditions.js';
import { onceAndYear } from './cost.js';
import type { Cost, IsoDate, ProcedureEvent } from './events.js';
import { refuseContent } from './reference-only.js';
import { isFull, notAuthorised, procedureFull } from './rules.js';
import type { RegisteredProcedure } from './state.js';

/** What a procedure costs as somebody counted it in practice. */
export interface Measurement {
  /** An option that is implemented: what it saves is told by this from then on. (Default: the procedure as it stands, without any option) */
  readonly optionId?: string | undefined;
  readonly cost: Cost;
  /** The paper that shows how it was counted. */
  readonly evidence: { readonly title: string; readonly number?: string | undefined; readonly date: IsoDate };
}

/** A measurement, which moves the procedure nowhere; a later one stands instead of it. @throws Rejected, InvalidBody */
export function measured(
  { optionId, cost, evidence }: Measurement,
  occurredOn: IsoDate,
  state: RegisteredProcedure,
  context: DecisionContext,
): ProcedureEvent {
  const option = optionId === undefined ? undefined : state.options.find(({ id }) => id === optionId);
  if (optionId !== undefined && !option) throw new InvalidBody([{ path: 'optionId', message: 'is not an option of this procedure' }]);
  if (evidence.date > context.today) throw new InvalidBody([{ path: 'evidence.date', message: 'must not be later than today' }]);
  refuseContent(state.classification, 'cost');
  const figures = onceAndYear(cost, 'cost');
  const unmet: readonly Condition[] = [
    ...(measuringRole(state, context) ? [] : [notAuthorised('measure')]),
    ...(option && option.status !== 'implemented'
      ? [{ code: 'wrong-stage', message: 'The option is not implemented, so nobody can have measured what it saves.', path: 'optionId' } as const]
      : []),
    ...(!option && state.phase === 'ended' ? [{ code: 'wrong-stage', message: 'The procedure has ended: only what an option saved is measured.' } as const] : []),
    ...(option && option.before.hourlyWage !== cost.hourlyWage
      ? [{ code: 'wage-mismatch', message: 'It must be counted with the hourly wage of the option, or nothing can be compared.', path: 'cost.hourlyWage' } as const]
      : []),
    ...(isFull(state) ? [procedureFull] : []),
  ]; // prettier-ignore
  const [first, ...others] = inOrder(unmet);
  if (first) throw new Rejected([first, ...others]);
  return {
    type: 'CostMeasured',
    data: { occurredOn, stage: state.stage, ...(option && { optionId: option.id }), cost, figures, evidence: written(evidence) },
  };
}

const written = ({ number, ...evidence }: Measurement['evidence']): { title: string; number?: string; date: IsoDate } => ({
  ...evidence,
  ...(number !== undefined && { number }),
});

/** The role by which somebody counts what a procedure costs: an officer or a checker of its unit, or of one above it; null when none does. */
export function measuringRole(
  { owningUnit, classification }: Pick<RegisteredProcedure, 'owningUnit' | 'classification'>,
  { actor, units }: DecisionContext,
): HeldRole | null {
  if (!isCleared(actor.clearance ?? 'none', classification ?? 'none')) return null;
  return nearestRole(rolesFor('measure', actor), ['officer', 'checker'], owningUnit, units);
}
