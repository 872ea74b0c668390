import { readId } from '../frame/address';

export const boardStates = ['active', 'dissolved'] as const;
type BoardState = (typeof boardStates)[number];

/** Which steering boards; left out is all. */
export interface BoardsSearch {
  readonly state?: BoardState;
  /** Whether a remedy is late. */
  readonly overdue?: 'true' | 'false';
  /** Unit id: the board is of it or of a unit below it, or asks one of them for something. */
  readonly unit?: string;
}

/** What the address says; what is unreadable counts as left out. */
export function readBoardsSearch(search: Record<string, unknown>): BoardsSearch {
  const state = boardStates.find((one) => one === search.state);
  const overdue = (['true', 'false'] as const).find((one) => one === String(search.overdue));
  const unit = readId(search.unit);
  return { ...(state && { state }), ...(overdue && { overdue }), ...(unit && { unit }) };
}
