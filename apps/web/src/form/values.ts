/** What was typed into a form, by the names of its fields. */
export type Values = Readonly<Record<string, string>>;

/** Reads what was kept as JSON; what is no draft counts as none. */
export function readValues(text: string | null): Values {
  try {
    const read: unknown = JSON.parse(text ?? '{}');
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return {};
    return Object.fromEntries(Object.entries(read).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}

/** How many rows a list needs for what is in it: one more than the highest number, and one where there is none. */
export function rowsIn(values: Values, list: string): number {
  const numbers = Object.keys(values).flatMap((name) => {
    const [at = ''] = name.startsWith(`${list}.`) ? name.slice(list.length + 1).split('.') : [];
    return /^\d{1,4}$/.test(at) ? [Number(at)] : [];
  });
  return Math.max(0, ...numbers) + 1;
}
