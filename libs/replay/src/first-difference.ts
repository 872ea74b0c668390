const longest = 100;

/** Where a claimed state parts from the one that was rebuilt, as `path is "…", and the events come to "…"`; null where they are the same. Both are plain JSON. */
export function firstDifference(claimed: unknown, rebuilt: unknown, path: readonly string[] = []): string | null {
  if (isObject(claimed) && isObject(rebuilt) && Array.isArray(claimed) === Array.isArray(rebuilt)) {
    for (const name of [...new Set([...Object.keys(claimed), ...Object.keys(rebuilt)])].sort(byNameOrNumber)) {
      const found = firstDifference(own(claimed, name), own(rebuilt, name), [...path, name]);
      if (found !== null) return found;
    }
    return null;
  }
  return claimed === rebuilt ? null : `${path.join('.') || 'it'} is ${worded(claimed)}, and the events come to ${worded(rebuilt)}`;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const own = (value: Readonly<Record<string, unknown>>, name: string): unknown => (Object.hasOwn(value, name) ? value[name] : undefined);
const byNameOrNumber = (one: string, other: string): number => Number(one) - Number(other) || (one < other ? -1 : 1);

function worded(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
