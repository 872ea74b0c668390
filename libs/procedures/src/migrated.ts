import { Rejected } from '#event-store';
import type { Unmet } from '#event-store';
import type { DecisionContext, MigrationPlan } from './commands.js';
import type { IsoDate, ProcedureEvent } from './events.js';
import { authorisingRole, notAuthorised } from './rules.js';
import { openOption } from './state.js';
import type { RegisteredProcedure } from './state.js';

/** The procedure gets another version of its lifecycle and stands in the stage that the plan names. @throws Rejected */
export function migrated(plan: MigrationPlan, occurredOn: IsoDate, state: RegisteredProcedure, context: DecisionContext): ProcedureEvent {
  const { from, to, clocks, reason } = plan;
  const origin = openOption(state)?.origin;
  const isOver = state.phase === 'ended' || context.definition.stages[state.stage]?.end === true;
  const outOfQuestion = versionUnmet(plan, state, isOver);
  const stages = new Set([state.stage, ...(origin === undefined ? [] : [origin])]);
  const [first, ...others] = [
    ...(authorisingRole('migrate', state, context) ? [] : [notAuthorised('migrate')]),
    ...(outOfQuestion.length > 0 ? outOfQuestion : [...stages].flatMap((stage) => stageUnmet(stage, plan))),
  ];
  if (first) throw new Rejected([first, ...others]);
  const { id } = state.definition;
  return {
    type: 'ProcedureMigrated',
    data: {
      occurredOn,
      stage: plan.stages[state.stage] ?? state.stage,
      from: { id, version: from },
      to: { id, version: to.version },
      clocks,
      reason,
      ...(origin !== undefined && { origin: plan.stages[origin] ?? origin }),
    },
  };
}

function versionUnmet({ from, to }: MigrationPlan, { definition }: RegisteredProcedure, isOver: boolean): readonly Unmet[] {
  if (definition.id === to.id && definition.version === to.version)
    return [{ code: 'already-migrated', message: `It keeps version ${String(to.version)} already.` }];
  if (definition.id !== to.id || definition.version !== from)
    return [{ code: 'other-version', message: `It keeps version ${String(definition.version)} of ${definition.id}.` }];
  return isOver ? [{ code: 'procedure-ended', message: 'It has ended.' }] : [];
}

function stageUnmet(stage: string, { to, stages }: MigrationPlan): readonly Unmet[] {
  const path = `stages.${stage}`;
  const target = Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  if (target === undefined) return [{ code: 'stage-not-mapped', message: `The plan says nothing about the stage "${stage}".`, path }];
  const found = Object.hasOwn(to.stages, target) ? to.stages[target] : undefined;
  if (!found) return [{ code: 'stage-not-mapped', message: `Version ${String(to.version)} has no stage "${target}".`, path }];
  return found.end === true ? [{ code: 'stage-not-mapped', message: `"${target}" is an end, to which a plan cannot lead.`, path }] : [];
}
