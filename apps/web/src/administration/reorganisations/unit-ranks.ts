import type { Unit } from '../../frame/units';

/** Higher is nearer to the ministry. */
const ranks = { unit: 0, service: 1, ministry: 2 } as const satisfies Record<Unit['level'], number>;

export const rankOf = ({ level }: Pick<Unit, 'level'>): number => ranks[level];

/** The unit that a unit has become part of, or is. */
export function presentOf(unit: string, all: readonly Unit[]): string {
  const into = all.find(({ id }) => id === unit)?.mergedInto ?? null;
  return into === null ? unit : presentOf(into, all);
}
