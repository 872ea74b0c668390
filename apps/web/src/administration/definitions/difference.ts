import { isObject, listAt, textAt } from './document';

/** What one version says otherwise than another. */
export interface Difference {
  /** From the top down; rows by what they are about. */
  readonly path: readonly string[];
  /** Undefined where it is new. */
  readonly before: unknown;
  /** Undefined where it is gone. */
  readonly after: unknown;
}

/** Where two definitions differ, in the order in which they are written. */
export function differencesOf(before: unknown, after: unknown): readonly Difference[] {
  const [old, next] = [said(before), said(after)];
  return [...new Map([...old, ...next])]
    .map(([key, { path }]) => ({ path, before: old.get(key)?.value, after: next.get(key)?.value }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
}

interface Leaf {
  readonly path: readonly string[];
  /** A list counts as one value. */
  readonly value: unknown;
}

/** Each thing that is said. The number of the version says nothing. */
function said(document: unknown): ReadonlyMap<string, Leaf> {
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
  return new Map(leavesOf(named, []).map((leaf) => [leaf.path.join('.'), leaf]));
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

function leavesOf(value: unknown, path: readonly string[]): readonly Leaf[] {
  if (value === undefined) return [];
  if (isObject(value)) return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
  return [{ path, value }];
}
