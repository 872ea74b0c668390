import { InvalidBody } from '#event-store';
import { isCleared, nearestRole, rolesFor } from '#workflow';
import type { HeldRole } from '#workflow';
import type { DecisionContext } from './commands.js';
import { checkedOnceAndYear } from './cost.js';
import type { Cost, IsoDate } from './events.js';
import { actingIn, notAuthorised } from './authorising.js';
import type { Judged } from './procedure.js';
import { refuseContent } from './reference-only.js';
import { hasRoom } from './rules.js';
import type { Option, RegisteredProcedure } from './state.js';
import { verdict } from './verdict.js';
import type { Verdict } from './verdict.js';

/** What a procedure costs as somebody counted it in practice. */
export interface Measurement {
  /** An option that is implemented: what it saves is told by this from then on. (Default: the procedure as it stands, without any option) */
  readonly optionId?: string | undefined;
  readonly cost: Cost;
  /** The paper that shows how it was counted. */
  readonly evidence: { readonly title: string; readonly number?: string | undefined; readonly date: IsoDate };
}

/** A measurement, which moves the procedure nowhere; a later one stands instead of it. @throws InvalidBody */
export function measured(
  { optionId, cost, evidence }: Measurement,
  occurredOn: IsoDate,
  state: RegisteredProcedure,
  context: DecisionContext,
): Judged {
  const option = optionId === undefined ? undefined : state.options.find(({ id }) => id === optionId);
  if (optionId !== undefined && !option) throw new InvalidBody([{ path: 'optionId', message: 'is not an option of this procedure' }]);
  if (evidence.date > context.today) throw new InvalidBody([{ path: 'evidence.date', message: 'must not be later than today' }]);
  refuseContent(state.classification, 'cost');
  const figures = checkedOnceAndYear(cost, 'cost');
  return {
    verdicts: [
      mayMeasure(state, context),
      isInForce(option, state),
      ...(option ? [isSameWage(option, cost)] : []),
      hasRoom(state, 'measure'),
    ],
    event: () => ({
      type: 'CostMeasured',
      data: { occurredOn, stage: state.stage, ...(option && { optionId: option.id }), cost, figures, evidence: written(evidence) },
    }),
  };
}

/** Whether the actor counts what procedures of that unit cost. */
export function mayMeasure(state: RegisteredProcedure, context: DecisionContext): Verdict {
  const held = measuringRole(state, context);
  return verdict('not-authorised', held ? [] : [notAuthorised('measure')], 'authority', () => ({
    says: {
      ...actingIn('measure', context),
      rules: measurers.map((role) => ({ rule: 'measure', role, units: context.units.pathUp(state.owningUnit).map(({ id }) => id) })),
      classification: state.classification ?? 'none',
      held,
    },
  }));
}

/** Whether there is something to be measured: an option that is implemented, or a procedure that has not ended. */
function isInForce(option: Option | undefined, state: RegisteredProcedure): Verdict {
  const unmet: Verdict['unmet'] =
    option && option.status !== 'implemented'
      ? [{ code: 'wrong-stage', message: 'The option is not implemented, so nobody can have measured what it saves.', path: 'optionId' }]
      : !option && state.phase === 'ended'
        ? [{ code: 'wrong-stage', message: 'The procedure has ended: only what an option saved is measured.' }]
        : [];
  return verdict('wrong-stage', unmet, option ? 'option' : 'stage', () => ({
    says: { stage: state.stage, ended: state.phase === 'ended', option: option?.id ?? null, status: option?.status ?? null },
    revisions: [state.records.length - 1],
  }));
}

function isSameWage(option: Option, cost: Cost): Verdict {
  const message = 'It must be counted with the hourly wage of the option, or nothing can be compared.';
  const isSame = option.before.hourlyWage === cost.hourlyWage;
  return verdict('wage-mismatch', isSame ? [] : [{ code: 'wage-mismatch', message, path: 'cost.hourlyWage' }], 'wage', () => ({
    says: { before: option.before.hourlyWage, measured: cost.hourlyWage },
  }));
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
  return nearestRole(rolesFor('measure', actor), measurers, owningUnit, units);
}

const measurers = ['officer', 'checker'] as const;
