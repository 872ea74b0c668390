/** What was typed into a form, by the names of its fields. */
export type Values = Readonly<Record<string, string>>;

/** A form that was filled and not done with yet. */
export interface Kept {
  readonly values: Values;
  /** Under which its command is, or was, sent: sent again it is done once. */
  readonly key?: string;
  /** Whether it was sent and no answer came. (Default: false) */
  readonly wasSent?: boolean;
  /** Of what it is about, when it was begun. */
  readonly revision?: number;
}

/** Reads what was kept as JSON; what is no draft counts as none. */
export function readKept(text: string | null): Kept {
  try {
    const read: unknown = JSON.parse(text ?? '{}');
    if (!isObject(read)) return { values: {} };
    const { values, key, wasSent, revision } = read;
    return {
      values: isObject(values)
        ? Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
        : {},
      ...(typeof key === 'string' && /^[0-9a-f-]{36}$/.test(key) && { key }),
      ...(wasSent === true && { wasSent }),
      ...(typeof revision === 'number' && Number.isSafeInteger(revision) && { revision }),
    };
  } catch {
    return { values: {} };
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How many rows a list needs for what is in it: one more than the highest number, and one where there is none. */
export function rowsIn(values: Values, list: string): number {
  const numbers = Object.keys(values).flatMap((name) => {
    const [at = ''] = name.startsWith(`${list}.`) ? name.slice(list.length + 1).split('.') : [];
    return /^\d{1,4}$/.test(at) ? [Number(at)] : [];
  });
  return Math.max(0, ...numbers.map((at) => at + 1), 1);
}
