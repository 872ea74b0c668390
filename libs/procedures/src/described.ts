import type { Classification, Group, Kind } from '#workflow';

/** What a registration says of a procedure besides its parts: its command brings it, its event keeps it, its state and its answer show it. */
export interface Described {
  readonly title: string;
  readonly code?: string;
  readonly kind: Kind;
  readonly group?: Group;
  readonly field: string;
  /** Unit id. */
  readonly owningUnit: string;
  /** Left out where it is none. */
  readonly classification?: Classification;
}

type OrAbsent<Absent> = { readonly [Name in keyof Described]: Described[Name] | (object extends Pick<Described, Name> ? Absent : never) };

/** As a command brings it. */
export type DescribedInCommand = OrAbsent<undefined>;

/** As it is shown: null where there is none. */
export type DescribedInFull = Required<OrAbsent<null>> & { readonly classification: Classification };

/** In the order in which they are stored. A field without its place here does not compile. */
const places: Readonly<Record<keyof Described, true>> = {
  title: true,
  code: true,
  kind: true,
  group: true,
  field: true,
  owningUnit: true,
  classification: true,
};

/** These fields and no others, which another version may have written beside them. */
export function describedIn(from: DescribedInCommand): Described {
  const { classification, ...others } = from;
  const kept: Readonly<Record<string, unknown>> = classification === 'none' ? others : from;
  return Object.fromEntries(
    Object.keys(places).flatMap((name) => (kept[name] === undefined ? [] : [[name, kept[name]]])),
  ) as unknown as Described;
}

/** Every field, and null for what is not there. */
export function describedInFull(from: Described): DescribedInFull {
  const nothing = Object.fromEntries(Object.keys(places).map((name) => [name, null]));
  return { ...nothing, classification: 'none', ...describedIn(from) } as unknown as DescribedInFull;
}
