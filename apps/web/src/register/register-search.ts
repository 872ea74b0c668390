import { knownStages } from '../words/codes';

export const kinds = ['internal', 'public', 'quality'] as const;
export const groups = ['A', 'B', 'C', 'D'] as const;

/** What is looked for; left out is everything. */
export interface RegisterSearch {
  readonly q?: string;
  readonly kind?: (typeof kinds)[number];
  readonly group?: (typeof groups)[number];
  readonly stage?: string;
  readonly unit?: string;
}

/** What the address says; what is unreadable counts as left out. */
export function readRegisterSearch(search: Record<string, unknown>): RegisterSearch {
  const one = <Known extends string>(known: readonly Known[], value: unknown): Known | undefined => known.find((code) => code === value);
  // The router reads digits as a number.
  const q = typeof search.q === 'string' || typeof search.q === 'number' ? String(search.q).trim().slice(0, 200) : '';
  const kind = one(kinds, search.kind);
  const group = one(groups, search.group);
  const stage = one(knownStages, search.stage);
  const unit = typeof search.unit === 'string' && /^[0-9a-f-]{36}$/i.test(search.unit) ? search.unit : undefined;
  return { ...(q !== '' && { q }), ...(kind && { kind }), ...(group && { group }), ...(stage && { stage }), ...(unit && { unit }) };
}
