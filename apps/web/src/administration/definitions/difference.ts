import { isObject, listAt, textAt } from './document';

/** What one version says otherwise than another. */
export interface Difference {
  /** In dot notation, rows by what they are about. */
  readonly path: string;
  /** Nothing where it is new. */
  readonly before: string | null;
  /** Nothing where it is gone. */
  readonly after: string | null;
}

/** Where two definitions differ, in the order in which they are written. */
export function differencesOf(before: unknown, after: unknown): readonly Difference[] {
  const [old, next] = [said(before), said(after)];
  return [...new Set([...old.keys(), ...next.keys()])]
    .map((path) => ({ path, before: old.get(path) ?? null, after: next.get(path) ?? null }))
    .filter((one) => one.before !== one.after);
}

/** Each thing that is said, by its path. The number of the version says nothing. */
function said(document: unknown): ReadonlyMap<string, string> {
  if (!isObject(document)) return new Map();
  const { transitions, deadlines, authority, ...rest } = document;
  const rules = isObject(authority) && 'rules' in authority ? { ...authority, version: undefined } : authority;
  const named = {
    ...rest,
    version: undefined,
    authority: rules,
    transitions: byName(listAt({ transitions }, 'transitions'), (one) => textAt(one, 'action')),
    deadlines: byName(listAt({ deadlines }, 'deadlines'), (one) => textAt(one, 'action') || textAt(one, 'stage')),
  };
  return new Map(flat(named, ''));
}

/** Rows by what they are about, so that one that is put between does not change all below it. */
function byName(rows: readonly unknown[], nameOf: (row: unknown) => string): Readonly<Record<string, unknown>> {
  const seen = new Map<string, number>();
  return Object.fromEntries(
    rows.map((row) => {
      const name = nameOf(row);
      const number = (seen.get(name) ?? 0) + 1;
      seen.set(name, number);
      return [number === 1 ? name : `${name} (${String(number)})`, row];
    }),
  );
}

function flat(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (value === undefined) return [];
  if (isObject(value)) return Object.entries(value).flatMap(([name, inner]) => flat(inner, path === '' ? name : `${path}.${name}`));
  if (Array.isArray(value)) return [[path, value.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(', ')]];
  return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
}
