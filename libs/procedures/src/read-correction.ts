import type { ProcedureEvent } from './events.js';

type Recorded = Extract<ProcedureEvent, { readonly type: 'RecordCorrected' }>['data'];
type Registration = Extract<ProcedureEvent, { readonly type: 'ProcedureRegistered' }>['data'];

/** What a correction says of its record, for views that keep some values of it. */
export interface ReadCorrection {
  /** Of the record that is corrected. */
  readonly revision: number;
  /** What the registration reads now, by the values that changed; null where another record is corrected. */
  readonly registration: CorrectedRegistration | null;
  /** Every name that a change is about, whether in its path or inside its value. */
  readonly names: readonly string[];
  /** The text at that path, such as `decision.date`, also where all of `decision` is corrected; undefined where nothing is said of it. */
  text(path: string): string | undefined;
  flag(path: string): boolean | undefined;
  number(path: string): number | undefined;
  /** The whole list at that path; undefined where no more than items of it are corrected. */
  list(path: string): readonly unknown[] | undefined;
}

/** Null takes a code or a group away. */
export interface CorrectedRegistration extends Partial<Pick<Registration, 'title' | 'field' | 'kind' | 'owningUnit' | 'definition'>> {
  readonly code?: string | null;
  readonly group?: Exclude<Registration['group'], undefined> | null;
}

/** Reads what was recorded. A correction is made only of values that the record has, and of their kind, so what is there has its type. */
export function readCorrection(recorded: Recorded): ReadCorrection {
  const { revision, changes, definition } = recorded;
  return {
    revision,
    registration: revision === 0 ? { ...registered(changes), ...(definition && { definition }) } : null,
    names: Object.entries(changes).flatMap(([path, value]) => [...path.split('.'), ...namesIn(value)]),
    text: (path) => {
      const value = valueAt(changes, path);
      return typeof value === 'string' ? value : undefined;
    },
    number: (path) => {
      const value = valueAt(changes, path);
      return typeof value === 'number' ? value : undefined;
    },
    flag: (path) => {
      const value = valueAt(changes, path);
      return typeof value === 'boolean' ? value : undefined;
    },
    list: (path) => {
      const value = valueAt(changes, path);
      return Array.isArray(value) ? value : undefined;
    },
  };
}

/**
 * What a later event says of the registration, and of other records: a correction what it says, and a transfer which unit keeps the procedure, also
 * what it did before. Null for an event that says nothing of what was recorded.
 */
export function readAnew(fact: ProcedureEvent): ReadCorrection | null {
  if (fact.type === 'RecordCorrected') return readCorrection(fact.data);
  return fact.type === 'ProcedureTransferred' ? { ...nothingSaid, registration: { owningUnit: fact.data.to } } : null;
}

const unsaid = (): undefined => undefined;
const nothingSaid = { revision: -1, names: [], text: unsaid, flag: unsaid, number: unsaid, list: unsaid };

/** The group, or the kind for those without groups, after a correction of the registration. */
export function classAfter(before: string, { kind, group }: Pick<CorrectedRegistration, 'kind' | 'group'>): string {
  return group ?? kind ?? before;
}

const ofRegistration = ['title', 'field', 'kind', 'owningUnit', 'code', 'group'] as const;

function registered(changes: Recorded['changes']): Omit<CorrectedRegistration, 'definition'> {
  return Object.fromEntries(ofRegistration.flatMap((name) => (Object.hasOwn(changes, name) ? [[name, changes[name]]] : [])));
}

/** No change lies within another, so at most one says something of the path. */
function valueAt(changes: Recorded['changes'], path: string): unknown {
  for (const [changed, value] of Object.entries(changes)) {
    if (changed === path) return value;
    if (!path.startsWith(`${changed}.`)) continue;
    const within = path.slice(changed.length + 1).split('.');
    return within.reduce<unknown>((at, name) => (isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined), value);
  }
  return undefined;
}

const namesIn = (value: unknown): readonly string[] =>
  isObject(value) ? Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]) : [];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
