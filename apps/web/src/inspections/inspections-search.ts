import { readId } from '../frame/address';

export const inspectionStates = ['announced', 'opened', 'ended', 'concluded', 'closed'] as const;
type InspectionState = (typeof inspectionStates)[number];

/** Which inspections; left out is all. */
export interface InspectionsSearch {
  readonly state?: InspectionState;
  /** Whether the conclusion or a remedy is late. */
  readonly overdue?: 'true' | 'false';
  /** Unit id: it, or a unit below it, inspects, is inspected, or is asked for something. */
  readonly unit?: string;
}

/** What the address says; what is unreadable counts as left out. */
export function readInspectionsSearch(search: Record<string, unknown>): InspectionsSearch {
  const state = inspectionStates.find((one) => one === search.state);
  const overdue = (['true', 'false'] as const).find((one) => one === String(search.overdue));
  const unit = readId(search.unit);
  return { ...(state && { state }), ...(overdue && { overdue }), ...(unit && { unit }) };
}
