import { readMoment } from '../procedure/procedure-search';
import type { Moment } from '../procedure/procedure-search';

export interface HistorySearch extends Moment {
  /** Whether refused commands are listed, too. */
  readonly refused?: true;
}

export const readHistorySearch = (search: Record<string, unknown>): HistorySearch => ({
  ...readMoment(search),
  ...(search.refused === true && { refused: true as const }),
});
