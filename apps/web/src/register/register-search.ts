import { readId } from '../frame/address';
import { readCounted } from './counted-search';
import type { Counted } from './counted-search';
import { knownStages } from '../words/codes';

export const kinds = ['internal', 'public', 'quality'] as const;
const sorts = ['title', '-title', 'registered', '-registered', 'stageSince', '-stageSince', 'stage', '-stage', 'field', '-field'] as const;
export const classifications = ['none', 'confidential', 'secret', 'topSecret'] as const;
export const groups = ['A', 'B', 'C', 'D'] as const;

/** What is looked for; left out is everything. */
export interface RegisterSearch extends Counted {
  readonly q?: string;
  readonly kind?: (typeof kinds)[number];
  readonly group?: (typeof groups)[number];
  readonly stage?: string;
  readonly unit?: string;
  readonly classification?: (typeof classifications)[number];
  /** With a minus it descends. (Default: the newest first) */
  readonly sort?: (typeof sorts)[number];
}

/** What the address says; what is unreadable counts as left out. */
export function readRegisterSearch(search: Record<string, unknown>): RegisterSearch {
  const one = <Known extends string>(known: readonly Known[], value: unknown): Known | undefined => known.find((code) => code === value);
  // The router reads digits as a number.
  const q = typeof search.q === 'string' || typeof search.q === 'number' ? String(search.q).trim().slice(0, 200) : '';
  const kind = one(kinds, search.kind);
  const group = one(groups, search.group);
  const stage = one(knownStages, search.stage);
  const classification = one(classifications, search.classification);
  const sort = one(sorts, search.sort);
  const unit = readId(search.unit);
  return {
    ...(q !== '' && { q }),
    ...(kind && { kind }),
    ...(group && { group }),
    ...(stage && { stage }),
    ...(unit && { unit }),
    ...(classification && { classification }),
    ...readCounted(search),
    ...(sort && sort !== '-registered' && { sort }),
  };
}
