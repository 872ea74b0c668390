import { readId, readWords } from '../frame/address';
import { readMoment } from '../procedure/procedure-search';
import type { Moment } from '../procedure/procedure-search';

/** Which records are listed; left out is all. */
export interface HistorySearch extends Moment {
  /** Whether refused commands are listed, too. */
  readonly refused?: true;
  /** Event type. */
  readonly type?: string;
  /** Person id of whoever acted. */
  readonly actor?: string;
  readonly q?: string;
  /** Revisions that stand side by side; one alone stands beside how it is now. */
  readonly from?: number;
  readonly to?: number;
}

const revision = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1e9 ? value : undefined;

/** What the address says; what is unreadable counts as left out. */
export function readHistorySearch(search: Record<string, unknown>): HistorySearch {
  const q = readWords(search.q);
  const type = typeof search.type === 'string' && /^[A-Za-z]{1,50}$/.test(search.type) ? search.type : undefined;
  const actor = readId(search.actor);
  const [from, to] = [revision(search.from), revision(search.to)];
  return {
    ...readMoment(search),
    ...(search.refused === true && { refused: true as const }),
    ...(type !== undefined && { type }),
    ...(actor !== undefined && { actor }),
    ...(q !== '' && { q }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

/** The same without some of it. */
export const leftOut = (search: HistorySearch, ...names: readonly (keyof HistorySearch)[]): HistorySearch =>
  readHistorySearch(Object.fromEntries(Object.entries(search).filter(([name]) => !names.some((one) => one === name))));
