import { actions, isReferenceOnly, isSameRole, unitsAt, workOf } from '#workflow';
import type { Action, AnyAction, HeldRole, Transition } from '#workflow';
import { rulesOfRecord, transitionOf } from './authorising.js';
import type { DecisionContext } from './commands.js';
import { inOrder } from './conditions.js';
import type { Condition, ConditionCode } from './conditions.js';
import { isStopped, verdictsOn } from './rules.js';
import type { RegisteredProcedure } from './state.js';

/** An action that the stage knows, and what stands between somebody and it. */
export interface Allowed<Name extends AnyAction = Action> {
  readonly action: Name;
  /** Codes; empty where the actor may do it now. */
  readonly unmet: readonly ConditionCode[];
  /** Paths of the parts that are missing for it. */
  readonly missing: readonly string[];
  /** By which roles it is done, the one nearest to the owner first, whoever holds them. */
  readonly by: readonly HeldRole[];
  /** What it can do without, and the lifecycle asks for here: paths in its body. */
  readonly inputs: readonly string[];
  /** Whether it moves the procedure on, so that it stands in worklists. */
  readonly isWork: boolean;
}

/** What leaves the present stage, and what stands between the actor and each of it. Agrees with `decide` for well-formed bodies. */
export function allowed(state: RegisteredProcedure, context: DecisionContext): Allowed[] {
  return actions.flatMap((action) => allowedOf(action, state, context));
}

/** The same of one action; empty where the stage does not know it. */
export function allowedOf<Name extends AnyAction>(action: Name, state: RegisteredProcedure, context: DecisionContext): Allowed<Name>[] {
  const transition = transitionOf(action, state, context);
  if (!transition) return [];
  const unmet = unmetConditions(action, state, context);
  return [
    {
      action,
      unmet: [...new Set(unmet.map(({ code }) => code))],
      missing: unmet.flatMap(({ code, path }) => (code === 'parts-missing' && path !== undefined ? [path] : [])),
      by: rolesBy(
        action === 'correct' ? state.records.flatMap((record) => rulesOfRecord(record, context)) : [transition.authority],
        state,
        context,
      ),
      // What is held as a reference cannot be asked for more.
      inputs: isReferenceOnly(state.classification) ? [] : (transition.inputs ?? []),
      isWork: isOnward(transition, state),
    },
  ];
}

function rolesBy(
  rules: readonly string[],
  { group, kind, owningUnit }: RegisteredProcedure,
  { authority, units }: DecisionContext,
): readonly HeldRole[] {
  const owned = { class: group ?? kind, owningUnit };
  const held = [...new Set(rules)].flatMap((name) => {
    const rule = authority.rules[name];
    return rule ? unitsAt(rule.at, owned, authority, units).map((unit) => ({ role: rule.role, unit })) : [];
  });
  return held.filter((one, index) => held.findIndex((other) => isSameRole(one, other)) === index);
}

/** Whether it leads on what has passed its review, or away what has not. */
const isOnward = (transition: Transition, state: RegisteredProcedure): boolean =>
  workOf(transition) === (isStopped(state) ? 'stopped' : 'passed');

/** What moves the procedure on and is open to the actor now: what stands in their worklist. */
export function workFor(state: RegisteredProcedure, context: DecisionContext): readonly Action[] {
  return actions.filter((action) => {
    const transition = transitionOf(action, state, context);
    return transition && isOnward(transition, state) && unmetConditions(action, state, context).length === 0;
  });
}

/** What stands between the actor and the action, in the order in which a refusal names it, for a well-formed body. */
function unmetConditions(action: AnyAction, state: RegisteredProcedure, context: DecisionContext): readonly Condition[] {
  return inOrder(verdictsOn(action, state, context).flatMap(({ unmet }) => unmet));
}
