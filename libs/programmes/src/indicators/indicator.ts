import { Rejected, uuidv5 } from '#event-store';
import type { Decider } from '#event-store';
import { foldLine } from '#platform';
import { nearestRole } from '#workflow';
import type { HeldRole, UnitTree } from '#workflow';

/** At which level a figure is reported. */
export const reportingLevels = ['unit', 'service'] as const;
export type ReportingLevel = (typeof reportingLevels)[number];

/** What an indicator is, for good. */
export interface Defined {
  /** By which targets name it; what folds alike is one code. */
  readonly code: string;
  readonly title: string;
  /** What is counted, such as "đơn vị". */
  readonly unitOfMeasure: string;
  readonly per: ReportingLevel;
  /** The whole, such as how many units there are to be. (Default: as many as are to report) */
  readonly of?: number;
  /** Unit id: of the checker who defined it; it is reported there and below. */
  readonly owner: string;
}

/** What the log holds in `indicator-<uuid>`: its definition and nothing else, so that a figure that was read stays one of the same thing. */
export interface IndicatorEvent {
  readonly type: 'IndicatorDefined';
  readonly data: Defined;
}

export interface IndicatorCommand {
  readonly action: 'define-indicator';
  readonly defined: Omit<Defined, 'owner'>;
  readonly context: CheckingContext;
}

interface CheckingContext {
  /** Those that count: the sender's own, or of whom they act for. */
  readonly roles: readonly HeldRole[];
  readonly units: UnitTree;
}

/** One indicator, or null before it was defined. */
export const indicator: Decider<IndicatorCommand, Defined | null, IndicatorEvent> = {
  initial: null,
  decide: ({ defined, context }, state) => {
    const by = definingRole(context);
    const [first, ...others] = [
      ...(by ? [] : [{ code: 'not-authorised', message: 'This is for checkers of a service or of the ministry.' }]),
      ...(state ? [{ code: 'code-taken', message: `"${state.code}" is an indicator already.`, path: 'code' }] : []),
    ];
    if (first) throw new Rejected([first, ...others]);
    return by ? [{ type: 'IndicatorDefined', data: { ...defined, owner: by.unit } }] : [];
  },
  evolve: (_, { data }) => data,
  authority: ({ context }) => definingRole(context),
};

const governing: readonly string[] = ['service', 'ministry'];

/** The role by which somebody defines indicators; null when none lets them. */
export function definingRole({ roles, units }: CheckingContext): HeldRole | null {
  return checkers(roles, units)[0] ?? null;
}

/** The role by which somebody checks what the unit reports, the nearest first; null when none lets them. */
export function checkingRole(unit: string, { roles, units }: CheckingContext): HeldRole | null {
  return nearestRole(checkers(roles, units), ['checker'], unit, units);
}

const checkers = (roles: readonly HeldRole[], units: UnitTree): readonly HeldRole[] =>
  roles.filter(({ role, unit }) => role === 'checker' && governing.includes(units.get(unit)?.level ?? ''));

const codes = '6f7b1c1e-2f4b-4a53-9b7f-6d1f0c8f3a52';

/** The id of the indicator with that code: it comes from the code, so that no two can have one. */
export const indicatorIdOf = (code: string): string => uuidv5(codes, foldLine(code));

/** Unit ids in their order: those that have to report, by the tree. Whoever is closed reports no more. */
export function dueUnits({ per, owner }: Pick<Defined, 'per' | 'owner'>, units: UnitTree): readonly string[] {
  const isDue = (id: string): boolean => {
    const unit = units.get(id);
    return unit?.level === per && unit.closed !== true;
  };
  return units.subtree(owner).filter(isDue).sort();
}
