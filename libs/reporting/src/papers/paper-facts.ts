import { effectiveValues, inBothForms, onceAndYear } from '#procedures';
import type { Cost, Parts, RegisteredProcedure, Saving } from '#procedures';
import type { AuthorityPolicy, Classification, Unit, UnitTree } from '#workflow';
import { classifications, rankOf, unitsAt } from '#workflow';

type Effective = ReturnType<typeof effectiveValues>;
export type PaperOption = Effective['options'][number];

/** What papers say of a procedure, after corrections. */
export interface PaperProcedure extends Pick<Effective, 'decision' | 'document' | 'review' | 'options'> {
  readonly id: string;
  readonly title: string;
  readonly code: string | undefined;
  readonly kind: RegisteredProcedure['kind'];
  readonly group: RegisteredProcedure['group'];
  readonly field: string;
  readonly classification: Classification;
  /** Unit id. */
  readonly owningUnit: string;
  /** The name of it. */
  readonly unit: string;
  readonly parts: Parts;
  /** What it costs as its newest review or measurement says; undefined where none does. */
  readonly cost: StatedCost | undefined;
  /** Which of its options the paper is about; undefined where none is. */
  readonly option: PaperOption | undefined;
}

/** A cost, and what it comes to. */
interface StatedCost {
  readonly cost: Cost;
  readonly figures: Saving['before'];
}

/** Of which option a paper speaks: that one, what a decision approved, or the newest that was not turned down. */
interface AboutOption {
  readonly id?: string | undefined;
  readonly decision?: DecisionAsked | undefined;
  /** The newest only of those that were proposed since the newest review. (Default: of all) */
  readonly isSinceReview?: boolean;
}

/** Which decision: its number, and the day of it where more than one has the number. */
export interface DecisionAsked {
  readonly number: string;
  /** YYYY-MM-DD. (Default: whenever) */
  readonly date?: string | undefined;
}

/** Who a paper is by, with whoever stands above. */
export interface PaperUnit {
  readonly name: string;
  readonly above: string | null;
}

/** What a paper is made of. */
export interface PaperFacts {
  /** In the order in which they stand. */
  readonly procedures: readonly PaperProcedure[];
  /** Whose decision publishes these procedures; null where it is not one and the same. */
  readonly publisher: PaperUnit | null;
  /** Whose decision approves options on them; likewise. */
  readonly approver: PaperUnit | null;
  /** Who owns all of them, or stands nearest above their owners. */
  readonly owner: PaperUnit | null;
  /** Everything up to there is in it, and `at` is when it was made. */
  readonly asOf: {
    readonly position: string;
    readonly at: string;
    /** ISO 8601 UTC: the moment of the past that the paper speaks of. (Default: when it was made) */
    readonly stoodAt?: string | undefined;
  };
}

export function paperProcedure(id: string, state: RegisteredProcedure, units: UnitTree, about: AboutOption = {}): PaperProcedure {
  const { decision, document, review, options } = effectiveValues(state);
  const { title, code, kind, group, field, owningUnit, classification = 'none', parts } = state;
  return {
    ...{ id, title, code, kind, group, field, owningUnit, classification, options, parts: inBothForms(parts) },
    ...{ ...(decision && { decision }), ...(document && { document }), ...(review && { review }) },
    unit: units.get(owningUnit)?.name ?? owningUnit,
    option: optionIn(options, about, state),
    cost: statedCost(state, review),
  };
}

const turnedDown: readonly PaperOption['status'][] = ['rejected', 'returned', 'failed'];

/** Whether nobody turned it down so far. */
export const stands = ({ status }: PaperOption): boolean => !turnedDown.includes(status);

function optionIn(options: readonly PaperOption[], { id, decision, isSinceReview = false }: AboutOption, { records }: RegisteredProcedure): PaperOption | undefined {
  if (id !== undefined) return options.find((option) => option.id === id);
  if (decision) return options.find((option) => option.decision && isDecision(option.decision, decision));
  const newest = options.findLast(stands);
  const proposed = records.findLastIndex(({ event }) => event.type === 'OptionProposed' && event.data.optionId === newest?.id);
  return isSinceReview && proposed < lastReview(records) ? undefined : newest;
} // prettier-ignore

type Records = RegisteredProcedure['records'];
const lastReview = (records: Records): number => records.findLastIndex(({ event }) => event.type === 'ProcedureReviewed');
const lastMeasurement = (records: Records): number =>
  records.findLastIndex(({ event }) => event.type === 'CostMeasured' && event.data.optionId === undefined);

/** A review that states no cost takes none away. */
function statedCost({ records, measured }: RegisteredProcedure, review: Effective['review']): StatedCost | undefined {
  const cost = review?.complianceCost;
  if (measured && (!cost || lastMeasurement(records) > lastReview(records))) return measured;
  return cost && { cost, figures: onceAndYear(cost) };
}

export const isDecision = (of: { readonly number: string; readonly date: string }, asked: DecisionAsked): boolean =>
  of.number === asked.number && (asked.date === undefined || of.date === asked.date);

/** The one decision or document of all of them; undefined where there is none yet, or more than one. */
export function onlyOne<Signed extends { readonly number?: string; readonly date?: string }>(
  of: readonly (Signed | undefined)[],
): Signed | undefined {
  const [first, ...others] = of;
  return others.every((one) => one?.number === first?.number && one?.date === first?.date) ? first : undefined;
}

/** The most secret of all. */
export const classificationOfAll = (procedures: readonly PaperProcedure[]): Classification =>
  classifications[Math.max(0, ...procedures.map(({ classification }) => rankOf(classification)))] ?? 'topSecret';

/** The unit whose authority decides on all of them at that place; null where there is none, or more than one. */
export function decidingUnit(place: 'publisher' | 'approver', procedures: readonly { readonly procedure: PaperProcedure; readonly policy: AuthorityPolicy }[], units: UnitTree): PaperUnit | null {
  const found = new Set(
    procedures.map(({ procedure: { kind, group, owningUnit }, policy }) => unitsAt(place, { class: group ?? kind, owningUnit }, policy, units)[0] ?? null),
  );
  const [only = null] = found;
  return found.size === 1 ? paperUnit(only === null ? undefined : units.get(only), units) : null;
} // prettier-ignore

/** The unit itself, or the nearest one above all of them. */
export function ownerOf(procedures: readonly PaperProcedure[], units: UnitTree): PaperUnit | null {
  const [first, ...others] = [...new Set(procedures.map(({ owningUnit }) => owningUnit))].map((unit) => units.pathUp(unit));
  return paperUnit(
    first?.find((unit) => others.every((path) => path.some(({ id }) => id === unit.id))),
    units,
  );
}

function paperUnit(unit: Unit | undefined, units: UnitTree): PaperUnit | null {
  if (!unit) return null;
  return { name: unit.name, above: units.pathUp(unit.id)[1]?.name ?? null };
}
