/** A definition as it is being written: anything may be missing or wrong in it. */
export type Json = Readonly<Record<string, unknown>>;
export type Path = readonly (string | number)[];

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const objectAt = (value: unknown, ...path: Path): Json => {
  const found = valueAt(value, path);
  return isObject(found) ? found : {};
};
export const listAt = (value: unknown, ...path: Path): readonly unknown[] => {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
};
export const textAt = (value: unknown, ...path: Path): string => {
  const found = valueAt(value, path);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
};
export const textsAt = (value: unknown, ...path: Path): readonly string[] =>
  listAt(value, ...path).filter((one): one is string => typeof one === 'string');

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, name) => (Array.isArray(at) ? at[Number(name)] : isObject(at) ? at[name] : undefined), value);
}

/** The same with another value at the path; undefined takes the field or the item away. */
export function changed(value: unknown, [name, ...rest]: Path, next: unknown): unknown {
  if (name === undefined) return next;
  if (typeof name === 'number') {
    const items = Array.isArray(value) ? (value as readonly unknown[]) : [];
    const item = changed(items[name], rest, next);
    if (item === undefined) return items.filter((_, index) => index !== name);
    return [...items.slice(0, name), item, ...items.slice(name + 1)];
  }
  const fields = isObject(value) ? value : {};
  const inner = changed(fields[name], rest, next);
  if (inner === undefined) return Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name));
  return { ...fields, [name]: inner };
}

/** The stage under another name everywhere it is spoken of. */
export function withStageRenamed(document: unknown, from: string, to: string): unknown {
  const renamed = (name: unknown): unknown => (name === from ? to : name);
  const stages = Object.fromEntries(
    Object.entries(objectAt(document, 'stages')).map(([name, stage]) => [name === from ? to : name, stage]),
  );
  const transitions = listAt(document, 'transitions').map((one) => {
    if (!isObject(one)) return one;
    return {
      ...one,
      ...(Array.isArray(one.from) && { from: one.from.map(renamed) }),
      to: renamed(one.to),
      ...(isObject(one.instead) && { instead: { ...one.instead, to: renamed(one.instead.to) } }),
    };
  });
  const deadlines = listAt(document, 'deadlines').map((one) =>
    isObject(one) && 'stage' in one ? { ...one, stage: renamed(one.stage) } : one,
  );
  if (!isObject(document)) return document;
  return {
    ...document,
    initial: renamed(document.initial),
    stages,
    transitions,
    ...('deadlines' in document && { deadlines }),
  };
}

export const written = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;
