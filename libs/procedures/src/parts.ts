import type { Condition } from './conditions.js';

/** The parts of a procedure besides its name, which is the title; in the order of the form. */
export interface Parts {
  readonly steps?: string;
  readonly manner?: string;
  readonly dossier?: { readonly documents: readonly string[]; readonly sets: number };
  readonly timeLimitDays?: number;
  readonly subjects?: string;
  readonly agency?: string;
  readonly form?: string;
  readonly result?: string;
  readonly conditions?: string;
  readonly fees?: string;
  readonly legalBasis?: readonly string[];
}

/** Some of the parts as they shall read; null removes one. */
export type PartsChange = { readonly [Part in keyof Parts]?: Parts[Part] | null };

/** Whether a procedure may go on without it. A part without its row here does not compile. */
const isRequired: Readonly<Record<keyof Parts, boolean>> = {
  steps: true,
  manner: true,
  dossier: true,
  timeLimitDays: true,
  subjects: true,
  agency: true,
  form: false,
  result: false,
  conditions: false,
  fees: false,
  legalBasis: true,
};

export const partNames = Object.keys(isRequired) as readonly (keyof Parts)[];

const required = partNames.filter((part) => isRequired[part]);

/** The parts after a change: what it names is replaced, null removes. */
export function mergeParts(parts: Parts, change: PartsChange): Parts {
  const merged: Readonly<Record<string, unknown>> = { ...parts, ...change };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null && value !== undefined));
}

/** One condition for each required part that is not filled. */
export function missingParts(title: string, parts: Parts): readonly Condition[] {
  const missing: string[] = required.filter((part) => !isFilled(parts, part));
  if (title.trim() === '') missing.unshift('name');
  return missing.map((part) => ({ code: 'parts-missing', message: `The part "${part}" is not filled.`, path: `parts.${part}` }));
}

/** The required parts that are not filled after a change, from those before it; null where nothing was there before. */
export function missingAfter(missing: readonly string[] | null, change: PartsChange): readonly string[] {
  return required.filter((part) =>
    missing === null || Object.hasOwn(change, part) ? !isFilled(mergeParts({}, change), part) : missing.includes(part),
  );
}

function isFilled(parts: Parts, part: keyof Parts): boolean {
  const value = parts[part];
  if (value === undefined) return false;
  if (typeof value === 'string') return value.trim() !== '';
  if (typeof value === 'number') return true;
  const texts = 'documents' in value ? value.documents : value;
  const enough = 'documents' in value ? value.sets >= 1 : true;
  return enough && texts.some((text) => text.trim() !== '');
}
