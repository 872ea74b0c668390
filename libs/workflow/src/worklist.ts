import { classesOf } from './lifecycle.js';
import type { Action, AuthorityPolicy, Level, LifecycleDefinition, Place, Role } from './lifecycle.js';

/** Work that waits in a stage, and for whom: lets a query pick candidates before the rules look at each. */
export interface WorklistRule {
  readonly stage: string;
  /** Group, or kind for those without groups. */
  readonly class: string;
  readonly action: Action;
  readonly role: Role;
  readonly at: Place;
  /** The level of the unit at which the role must be held; null for `own-or-above`, and where the policy names nobody. */
  readonly level: Level | null;
  /** Whether it is work on procedures that the latest review found necessary, or on those that it stopped. */
  readonly review: 'passed' | 'stopped';
}

/** Every transition that moves work on, by stage and class, and the ways out for what a review stopped. */
export function worklistRules(definition: LifecycleDefinition, policy: AuthorityPolicy): readonly WorklistRule[] {
  const classes = classesOf(definition.kind);
  const open = Object.keys(definition.stages).filter((stage) => definition.stages[stage]?.end !== true);
  return definition.transitions.flatMap(({ action, from, authority, worklist, requires }) => {
    const rule = policy.rules[authority];
    if (action === 'register' || action === 'amend-parts' || !rule) return [];
    const review: WorklistRule['review'] = worklist ? 'passed' : 'stopped';
    const wayOut = requires.includes('ever-published') || requires.includes('never-published');
    if (!worklist && !wayOut) return [];
    return (from === 'open' ? open : from).flatMap((stage) =>
      classes.map((name) => ({
        stage,
        class: name,
        action,
        role: rule.role,
        at: rule.at,
        level: levelOf(rule.at, policy.classes[name]),
        review,
      })),
    );
  });
}

function levelOf(place: Place, levels: AuthorityPolicy['classes'][string] | undefined): Level | null {
  if (place === 'own-or-above') return null;
  return place === 'checker' ? 'service' : (levels?.[place] ?? null);
}
