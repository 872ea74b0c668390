import type { Condition } from './conditions.js';
import type { IsoDate } from './events.js';

/** What a time limit is counted in. */
export const timeUnits = ['workingDays', 'days', 'hours'] as const;
/** What an agency does in a procedure. */
export const agencyRoles = ['decides', 'authorised', 'carriesOut', 'coordinates', 'receives'] as const;

/** A way in which a procedure is done, with what holds for it. */
export interface Manner {
  readonly way: string;
  readonly timeLimit: { readonly amount: number; readonly unit: (typeof timeUnits)[number] };
  /** Whole đồng, or in words. */
  readonly fee?: number | string;
  readonly note?: string;
}

/** A document of the dossier. */
interface DossierDocument {
  readonly name: string;
  /** The form to be filled, by its name or number. */
  readonly form?: string;
  readonly originals: number;
  readonly copies: number;
}

/** A paper that a procedure rests on. */
export interface LegalBase {
  readonly number?: string;
  readonly summary: string;
  readonly date?: IsoDate;
  readonly issuer?: string;
}

export interface Agency {
  readonly role: (typeof agencyRoles)[number];
  readonly name: string;
  readonly address?: string;
}

/** The parts of a procedure besides its name, which is the title; in the order of the form, and then as the national database holds them. */
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
  readonly manners?: readonly Manner[];
  readonly documents?: readonly DossierDocument[];
  readonly bases?: readonly LegalBase[];
  readonly agencies?: readonly Agency[];
  readonly level?: string;
  readonly keywords?: readonly string[];
}

/** Some of the parts as they shall read; null removes one. */
export type PartsChange = { readonly [Part in keyof Parts]?: Parts[Part] | null };

/** Whether a procedure may go on without it, and in which rows the same may stand instead. A part without its line here does not compile. */
const isRequired: Readonly<Record<keyof Parts, boolean | { readonly orRows: keyof Parts }>> = {
  steps: true,
  manner: { orRows: 'manners' },
  dossier: { orRows: 'documents' },
  timeLimitDays: { orRows: 'manners' },
  subjects: true,
  agency: { orRows: 'agencies' },
  form: false,
  result: false,
  conditions: false,
  fees: false,
  legalBasis: { orRows: 'bases' },
  manners: false,
  documents: false,
  bases: false,
  agencies: false,
  level: false,
  keywords: false,
};

export const partNames = Object.keys(isRequired) as readonly (keyof Parts)[];

const required = partNames.filter((part) => isRequired[part] !== false);
const rowsOf = (part: keyof Parts): keyof Parts | null => {
  const needed = isRequired[part];
  return typeof needed === 'object' ? needed.orRows : null;
};
const allRows = [...new Set(required.flatMap((part) => rowsOf(part) ?? []))];

/** The parts after a change: what it names is replaced, null removes. */
export function mergeParts(parts: Parts, change: PartsChange): Parts {
  const merged: Readonly<Record<string, unknown>> = { ...parts, ...change };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null && value !== undefined));
}

/** One condition for each required part that is not filled, in neither form. */
export function missingParts(title: string, parts: Parts): readonly Condition[] {
  const missing: string[] = [...missingIn(filledAfter(null, parts))];
  if (title.trim() === '') missing.unshift('name');
  return missing.map((part) => ({ code: 'parts-missing', message: `The part "${part}" is not filled.`, path: `parts.${part}` }));
}

/** What is filled, as far as it matters to what is missing. */
export interface Filled {
  /** Required parts that are not filled themselves. */
  readonly unfilled: readonly string[];
  /** Parts of rows that are filled. */
  readonly rows: readonly string[];
}

/** What is filled after a change, from what was before it; null where nothing was there before. */
export function filledAfter(before: Filled | null, change: PartsChange): Filled {
  const isFilledAfter = (part: keyof Parts, was: boolean): boolean =>
    before === null || Object.hasOwn(change, part) ? isFilled(mergeParts({}, change), part) : was;
  return {
    unfilled: required.filter((part) => !isFilledAfter(part, before?.unfilled.includes(part) === false)),
    rows: allRows.filter((part) => isFilledAfter(part, before?.rows.includes(part) === true)),
  };
}

/** The required parts that are filled in neither form. */
export function missingIn({ unfilled, rows }: Filled): readonly string[] {
  return required.filter((part) => unfilled.includes(part) && !rows.includes(rowsOf(part) ?? ''));
}

function isFilled(parts: Parts, part: keyof Parts): boolean {
  const value = parts[part];
  if (value === undefined) return false;
  if (typeof value === 'string') return value.trim() !== '';
  if (typeof value === 'number') return true;
  const items: readonly unknown[] = 'documents' in value ? value.documents : value;
  const enough = 'documents' in value ? value.sets >= 1 : true;
  return enough && items.some((item) => typeof item !== 'string' || item.trim() !== '');
}
