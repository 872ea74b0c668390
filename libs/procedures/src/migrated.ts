import type { Unmet } from '#event-store';
import type { AnyAction, LifecycleDefinition } from '#workflow';
import type { DecisionContext, MigrationPlan } from './commands.js';
import type { IsoDate } from './events.js';
import { mayAct } from './authorising.js';
import type { Judged } from './procedure.js';
import { openOption } from './state.js';
import type { Option, RegisteredProcedure } from './state.js';
import { verdict } from './verdict.js';

/** The procedure gets another version of its lifecycle and stands in the stage that the plan names. */
export function migrated(plan: MigrationPlan, occurredOn: IsoDate, state: RegisteredProcedure, context: DecisionContext): Judged {
  const { from, to, clocks, reason } = plan;
  const origin = openOption(state)?.origin;
  const isOver = state.phase === 'ended' || context.definition.stages[state.stage]?.end === true;
  const outOfQuestion = versionUnmet(plan, state, isOver);
  const stages = new Set([state.stage, ...(origin === undefined ? [] : [origin])]);
  const unmapped = outOfQuestion.length > 0 ? [] : [...[...stages].flatMap((stage) => stageUnmet(stage, plan)), ...passedOver(state, plan)];
  const { id } = state.definition;
  const says = { keeps: state.definition, from, to: { id: to.id, version: to.version } };
  return {
    verdicts: [
      mayAct('migrate', state, context),
      verdict(outOfQuestion[0]?.code ?? 'other-version', outOfQuestion, 'plan', () => ({ says: { ...says, ended: isOver } })),
      // Of stages nothing is asked where the version is out of the question.
      ...(outOfQuestion.length > 0
        ? []
        : [
            verdict('stage-not-mapped', unmapped, 'plan', () => ({
              says: {
                stage: state.stage,
                origin: origin ?? null,
                stages: Object.fromEntries([...stages].map((stage) => [stage, stageIn(plan, stage) ?? null])),
              },
              revisions: [state.records.length - 1],
            })),
          ]),
    ],
    event: () => ({
      type: 'ProcedureMigrated',
      data: {
        occurredOn,
        stage: newStage(state.stage, plan),
        from: { id, version: from },
        to: { id, version: to.version },
        clocks,
        reason,
        ...(origin !== undefined && { origin: newStage(origin, plan) }),
      },
    }),
  };
}

function versionUnmet({ from, to }: MigrationPlan, { definition }: RegisteredProcedure, isOver: boolean): readonly Unmet[] {
  if (definition.id === to.id && definition.version === to.version)
    return [{ code: 'already-migrated', message: `It keeps version ${String(to.version)} already.` }];
  if (definition.id !== to.id || definition.version !== from)
    return [{ code: 'other-version', message: `It keeps version ${String(definition.version)} of ${definition.id}.` }];
  return isOver ? [{ code: 'procedure-ended', message: 'It has ended.' }] : [];
}

const stageIn = ({ stages }: MigrationPlan, stage: string): string | undefined =>
  Object.hasOwn(stages, stage) ? stages[stage] : undefined;

/** Of a stage about which the plan was asked before: `stageUnmet`. */
function newStage(stage: string, plan: MigrationPlan): string {
  const target = stageIn(plan, stage);
  if (target === undefined) throw new Error(`A plan was followed that says nothing about the stage "${stage}".`);
  return target;
}

function stageUnmet(stage: string, plan: MigrationPlan): readonly Unmet[] {
  const { to } = plan;
  const path = `stages.${stage}`;
  const target = stageIn(plan, stage);
  if (target === undefined) return [{ code: 'stage-not-mapped', message: `The plan says nothing about the stage "${stage}".`, path }];
  const found = Object.hasOwn(to.stages, target) ? to.stages[target] : undefined;
  if (!found) return [{ code: 'stage-not-mapped', message: `Version ${String(to.version)} has no stage "${target}".`, path }];
  return found.end === true ? [{ code: 'stage-not-mapped', message: `"${target}" is an end, to which a plan cannot lead.`, path }] : [];
}

/** What an open option still needs before it comes into force. */
const needed: Readonly<Record<Option['status'], readonly AnyAction[]>> = {
  proposed: ['check-quality', 'approve-option'],
  qualityChecked: ['approve-option'],
  approved: [],
  // These are open no more.
  implemented: [],
  rejected: [],
  returned: [],
  failed: [],
};

/** A plan leads nothing past a publication that it never had, and no option past its check and its approval: nobody else makes up for them. */
function passedOver(state: RegisteredProcedure, plan: MigrationPlan): readonly Unmet[] {
  const { to } = plan;
  const target = stageIn(plan, state.stage);
  if (target === undefined) return [];
  const notMapped = (message: string): Unmet => ({ code: 'stage-not-mapped', message, path: `stages.${state.stage}` });
  const isPast = stagesFrom(to.initial, [], to).has(target) && !stagesFrom(to.initial, ['publish'], to).has(target);
  const status = openOption(state)?.status;
  const skipped = (status ? needed[status] : []).filter((action) => canImplementWithout(action, target, to));
  return [
    ...(isPast && !state.everPublished ? [notMapped(`"${target}" comes after a publication, and it was never published.`)] : []),
    ...skipped.map((action) => notMapped(`In "${target}" its open option could be implemented without "${action}".`)),
  ];
}

/** Whether the option that is open in the stage can be implemented on some way without the action. */
function canImplementWithout(action: AnyAction, stage: string, to: LifecycleDefinition): boolean {
  // Other options begin, and this one ends, by these.
  const reached = stagesFrom(stage, [action, 'propose-option', 'return', 'reject-option'], to);
  return to.transitions.some(
    (one) => one.action === 'implement-option' && (one.from === 'open' || one.from.some((from) => reached.has(from))),
  );
}

/** The stage and all that a procedure comes to from it without these actions. */
function stagesFrom(stage: string, without: readonly AnyAction[], { transitions }: LifecycleDefinition): ReadonlySet<string> {
  const ways = transitions.filter(({ action }) => !without.includes(action));
  const reached = new Set([stage]);
  for (const from of reached)
    for (const one of ways) {
      if (one.from !== 'open' && !one.from.includes(from)) continue;
      for (const to of [one.to, ...(one.instead ? [one.instead.to] : [])]) if (to !== 'same' && to !== 'origin') reached.add(to);
    }
  return reached;
}
