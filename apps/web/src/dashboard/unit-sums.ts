/** As much of a unit as sums need. */
interface UnitAbove {
  readonly id: string;
  readonly parent: string | null;
  readonly mergedInto: string | null;
}

/** Sums of what units own, with what is owned below them or by what became part of them; by unit id. */
export function sumsBelow<Row extends { readonly unit: string }>(
  units: readonly UnitAbove[],
  rows: readonly Row[],
  number: (row: Row) => number,
): ReadonlyMap<string, number> {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const sums = new Map<string, number>();
  for (const row of rows) for (const id of pathUp(row.unit, byId)) sums.set(id, (sums.get(id) ?? 0) + number(row));
  return sums;
}

/** The units worth a row: the chosen one, or the first that holds all, and those right below it that own something or hold what does. */
export function shownUnits(units: readonly UnitAbove[], sums: ReadonlyMap<string, number>, chosen?: string): readonly string[] {
  const above = ({ parent, mergedInto }: UnitAbove): string | null => mergedInto ?? parent;
  const below = (id: string | null): readonly string[] =>
    units.filter((unit) => above(unit) === id && (sums.get(unit.id) ?? 0) > 0).map((unit) => unit.id);
  let top = chosen;
  // A tree that begins with one unit after the other says nothing before it branches.
  for (let next = top === undefined ? below(null) : []; top === undefined && next.length > 0;) {
    const [first] = next;
    if (next.length > 1 || first === undefined) return next;
    const further = below(first);
    const isAllBelow = further.length === 1 && further.every((id) => sums.get(id) === sums.get(first));
    if (isAllBelow) next = further;
    else top = first;
  }
  return top === undefined ? [] : [top, ...below(top)];
}

function pathUp(id: string, byId: ReadonlyMap<string, UnitAbove>): readonly string[] {
  const path: string[] = [];
  for (let unit = byId.get(id); unit && !path.includes(unit.id);) {
    path.push(unit.id);
    const above = unit.mergedInto ?? unit.parent;
    unit = above === null ? undefined : byId.get(above);
  }
  return path.length === 0 ? [id] : path;
}
