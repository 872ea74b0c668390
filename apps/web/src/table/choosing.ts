/** Rows that were chosen, by their keys. */
export type ChosenRows<Row> = ReadonlyMap<string, Row>;

/** A row of a list with its key. */
export interface Keyed<Row> {
  readonly key: string;
  readonly row: Row;
}

interface Press {
  /** Which row was pressed. */
  readonly at: number;
  /** Where the stretch begins that ends there; null for this row alone. */
  readonly from: number | null;
}

/** The chosen rows after one was pressed: a stretch becomes what the pressed row becomes. */
export function afterPress<Row>(chosen: ChosenRows<Row>, rows: readonly Keyed<Row>[], { at, from }: Press): ChosenRows<Row> {
  const pressed = rows[at];
  if (!pressed) return chosen;
  const [first, last] = from === null ? [at, at] : [Math.min(from, at), Math.max(from, at)];
  const stretch = rows.slice(first, last + 1);
  return chosen.has(pressed.key) ? without(chosen, stretch) : withAll(chosen, stretch);
}

export const withAll = <Row>(chosen: ChosenRows<Row>, rows: readonly Keyed<Row>[]): ChosenRows<Row> =>
  new Map([...chosen, ...rows.map(({ key, row }) => [key, row] as const)]);

export function without<Row>(chosen: ChosenRows<Row>, rows: readonly Pick<Keyed<Row>, 'key'>[]): ChosenRows<Row> {
  const gone = new Set(rows.map(({ key }) => key));
  return new Map([...chosen].filter(([key]) => !gone.has(key)));
}

/** The chosen rows as the list shows them now; those that it does not show, as they were when they were chosen. */
export function asListed<Row>(chosen: ChosenRows<Row>, rows: readonly Keyed<Row>[]): ChosenRows<Row> {
  const listed = new Map(rows.map(({ key, row }) => [key, row]));
  return new Map([...chosen].map(([key, row]) => [key, listed.get(key) ?? row]));
}
