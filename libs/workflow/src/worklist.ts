import { unitsAt } from './authority.js';
import { classesOf, optionActions } from './lifecycle.js';
import type { Action, AnyAction, AuthorityPolicy, Level, LifecycleDefinition, Place, Role, Transition } from './lifecycle.js';
import type { UnitTree } from './units.js';

/** Work that waits in a stage, and for whom: lets a query find it, and count it, without asking the rules about each procedure. */
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
  readonly conditions: WorkConditions;
}

/** What must be so, besides stage and class, for somebody to do it. */
export interface WorkConditions {
  /** All always-required parts are filled. */
  readonly parts: boolean;
  /** Whether it must have been published before, or never; null where it does not matter. */
  readonly published: 'ever' | 'never' | null;
  /** Whether an option must be open, or none; null where it does not matter. */
  readonly option: 'open' | 'none' | null;
  /** Whoever did one of these, to the same option or in the same cycle, is out of the question. */
  readonly differentFrom: readonly AnyAction[];
}

/** Every transition that moves work on, by stage and class, and the ways out for what a review stopped. */
export function worklistRules(definition: LifecycleDefinition, policy: AuthorityPolicy): readonly WorklistRule[] {
  const classes = classesOf(definition.kind);
  const open = Object.keys(definition.stages).filter((stage) => definition.stages[stage]?.end !== true);
  return definition.transitions.flatMap((transition) => {
    const { action, from, authority, requires, differentFrom } = transition;
    const rule = policy.rules[authority];
    const review = workOf(transition);
    if (action === 'register' || action === 'amend-parts' || !rule || !review) return [];
    const conditions: WorkConditions = {
      parts: requires.includes('parts'),
      published: requires.includes('ever-published') ? 'ever' : requires.includes('never-published') ? 'never' : null,
      option: action === 'propose-option' ? 'none' : optionActions.includes(action) ? 'open' : null,
      differentFrom,
    };
    return (from === 'open' ? open : from).flatMap((stage) =>
      classes.map((name) => ({
        ...{ stage, class: name, action, role: rule.role, at: rule.at, level: levelOf(rule.at, policy.classes[name]), review, conditions },
      })),
    );
  });
}

/** Whether it is work on what the latest review passed, or a way out for what it stopped; null where it moves nothing on. */
export function workOf({ worklist, requires }: Transition): WorklistRule['review'] | null {
  if (worklist) return 'passed';
  return requires.includes('ever-published') || requires.includes('never-published') ? 'stopped' : null;
}

/** Finds, for places and units, whose procedures a role held there counts for; each is looked up once, as hundreds of rules name few places. */
export class Reach {
  private readonly owners = new Map<string, readonly string[]>();
  private readonly nearestOwners = new Map<string, readonly string[]>();
  private readonly nearest = new Map<string, string | null>();

  constructor(private readonly units: UnitTree) {}

  /** Ids of the owning units for which the rule is met by its role at that unit. */
  ownersFor(rule: WorklistRule, unit: string, policy: AuthorityPolicy): readonly string[] {
    return remembered(this.owners, keyOf(rule, unit), () => {
      const below = this.units.subtree(unit);
      // Somebody above may be nearer to an owner than this unit, so not all that stand below count.
      return rule.at === 'own-or-above' ? below : below.filter((owner) => this.unitsFor(rule, owner, policy).includes(unit));
    });
  }

  /** Of these, those to which no other open unit is nearer at which the rule is met by its role. */
  nearestOwnersFor(rule: WorklistRule, unit: string, policy: AuthorityPolicy): readonly string[] {
    return remembered(this.nearestOwners, keyOf(rule, unit), () =>
      this.units.subtree(unit).filter((owner) => this.nearestFor(rule, owner, policy) === unit),
    );
  }

  /** Id of the open unit nearest to the owner at which the rule is met by its role; null where there is none. */
  nearestFor(rule: WorklistRule, owningUnit: string, policy: AuthorityPolicy): string | null {
    return remembered(
      this.nearest,
      keyOf(rule, owningUnit),
      () => this.unitsFor(rule, owningUnit, policy).find((unit) => this.units.get(unit)?.closed !== true) ?? null,
    );
  }

  private unitsFor({ at, class: name }: WorklistRule, owningUnit: string, policy: AuthorityPolicy): readonly string[] {
    return unitsAt(at, { class: name, owningUnit }, policy, this.units);
  }
}

/** Rules of one place and level reach the same units. */
const keyOf = ({ at, level }: WorklistRule, unit: string): string => `${at} ${level ?? ''} ${unit}`;

function remembered<Found>(known: Map<string, Found>, key: string, find: () => Found): Found {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = find();
  known.set(key, found);
  return found;
}

function levelOf(place: Place, levels: AuthorityPolicy['classes'][string] | undefined): Level | null {
  if (place === 'own-or-above') return null;
  return place === 'checker' ? 'service' : (levels?.[place] ?? null);
}
