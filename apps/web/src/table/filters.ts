import { readId } from '../frame/address';
import { knownStages } from '../words/codes';

export const kinds = ['internal', 'public', 'quality'] as const;
export const groups = ['A', 'B', 'C', 'D'] as const;
export const classifications = ['none', 'confidential', 'secret', 'topSecret'] as const;

/** What lists of procedures are narrowed down by; left out is everything. */
export interface Filters {
  readonly q?: string;
  readonly kind?: (typeof kinds)[number];
  readonly group?: (typeof groups)[number];
  readonly stage?: string;
  /** Unit id: owned by it or by a unit below. */
  readonly unit?: string;
  readonly field?: string;
  readonly classification?: (typeof classifications)[number];
}
export const filterNames = ['q', 'kind', 'group', 'stage', 'unit', 'field', 'classification'] as const satisfies readonly (keyof Filters)[];

/** What the address says; what is unreadable counts as left out. */
export function readFilters(search: Record<string, unknown>): Filters {
  const q = readText(search.q);
  const kind = readOne(kinds, search.kind);
  const group = readOne(groups, search.group);
  const stage = readOne(knownStages, search.stage);
  const unit = readId(search.unit);
  const field = readText(search.field);
  const classification = readOne(classifications, search.classification);
  return {
    ...(q && { q }),
    ...(kind && { kind }),
    ...(group && { group }),
    ...(stage && { stage }),
    ...(unit && { unit }),
    ...(field && { field }),
    ...(classification && { classification }),
  };
}

export const isNarrowed = (filters: Filters): boolean => filterNames.some((name) => filters[name] !== undefined);

export const readOne = <Known extends string>(known: readonly Known[], value: unknown): Known | undefined =>
  known.find((code) => code === value);

/** Words; the router reads digits as a number. */
const readText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).trim().slice(0, 200) : '';
