import { Reach, covers, endOfDay, plusDays, worklistRules } from '#workflow';
import type { ActingFor, AuthorityPolicy, Classification, LifecycleDefinition, UnitTree, WorkConditions, WorklistRule } from '#workflow';
import type { DecisionContext } from '#procedures';
import { countedAs } from '#procedures';
import { workKey } from './work.js';

/** Work of one kind, and in which units it is somebody's. */
export interface Workplace {
  readonly definition: { readonly id: string; readonly version: number };
  /** Group, or kind for those without groups. */
  readonly class: string;
  readonly stage: string;
  readonly review: 'passed' | 'stopped';
  readonly conditions: WorkConditions;
  /** Owning units. */
  readonly units: readonly string[];
}

/** Claims that somebody has on work of a unit. */
export interface HeldWork {
  /** Person id. */
  readonly person: string;
  /** Unit id. */
  readonly owningUnit: string;
  readonly classification: Classification;
}

/** The kind of work that a rule of the lifecycle is about, wherever it is somebody's. */
export function kindOfWork(
  { id, version }: LifecycleDefinition,
  { class: name, stage, review, conditions }: WorklistRule,
): Omit<Workplace, 'units'> {
  return { definition: { id, version }, class: name, stage, review, conditions };
}

/** For whom it is work, and what is theirs. */
export interface Performer {
  /** Person id. */
  readonly person: string;
  /** Person ids: who would act, and for whom. */
  readonly acting: readonly string[];
  /** Those, and who else counts as one of them where people must differ. */
  readonly counted: readonly string[];
  /** Claims that do not count, because who made them may see the work no longer. */
  readonly stranded: readonly HeldWork[];
  readonly clearance: Classification;
  /** What their roles let them do. */
  readonly mine: readonly Workplace[];
  /** What waits for anybody at the units where they hold a role. */
  readonly unit: readonly Workplace[];
  /** Unit ids: where they hold a role, with what was merged into these; those below are not among them. */
  readonly places: readonly string[];
  /** Unit ids: those and all below. */
  readonly owned: readonly string[];
  /** Keys of all work that waits for anybody. */
  readonly anybody: readonly string[];
  /** The date in Vietnam. */
  readonly today: string;
  /** The end of this week, which begins on Monday. */
  readonly weekEnds: Date;
  /** The same person as those for whom they stand in; work that is their own is not shown again as somebody else's. */
  readonly standingIn: readonly Performer[];
}

/** What the lifecycles make somebody's work, as the units and the somebody's roles stand today. */
export function performerOf(
  who: DecisionContext['actor'],
  lifecycles: readonly { readonly definition: LifecycleDefinition; readonly authority: AuthorityPolicy }[],
  surroundings: {
    readonly units: UnitTree;
    readonly today: string;
    readonly stranded: readonly HeldWork[];
    /** Whom they act for besides working for themselves. (Default: nobody) */
    readonly standingIn?: readonly ActingFor[];
  },
): Performer {
  const { units, today, stranded, standingIn = [] } = surroundings;
  const { id, clearance = 'none', actingFor } = who;
  const { roles } = actingFor ?? who;
  const reach = new Reach(units);
  const held = [...new Set(roles.map(({ unit }) => unit))];
  const [mine, unit]: [Workplace[], Workplace[]] = [[], []];
  const anybody = new Set<string>();
  for (const { definition, authority } of lifecycles)
    for (const rule of worklistRules(definition, authority)) {
      const work = kindOfWork(definition, rule);
      anybody.add(workKey(work));
      for (const at of held) {
        const place = { ...work, units: reach.ownersFor(rule, at, authority) };
        unit.push(place);
        if (covers(actingFor?.actions ?? 'all', rule.action) && roles.some((one) => one.role === rule.role && one.unit === at))
          mine.push(place);
      }
    }
  return {
    ...{ person: id, acting: actingFor ? [id, actingFor.id] : [id], counted: countedAs(who), clearance, stranded, mine, unit },
    places: held.flatMap((at) => units.standingFor(at)),
    owned: [...new Set(held.flatMap((at) => units.subtree(at)))],
    anybody: [...anybody],
    ...{ today, weekEnds: endOfDay(sundayOf(today)) },
    standingIn: standingIn.map((one) => performerOf({ ...who, actingFor: one }, lifecycles, { units, today, stranded })),
  };
}

/** The last day of its week. */
function sundayOf(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return plusDays(date, (7 - weekday) % 7);
}
