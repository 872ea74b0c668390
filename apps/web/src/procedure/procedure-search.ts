import { readId } from '../frame/address';

export interface ProcedureSearch extends Moment {
  /** Person id: for whom the caller acts, under a delegation. (Default: nobody) */
  readonly for?: string;
}

export interface Moment {
  /** Revision or ISO 8601 time: how it stood then. (Default: now) */
  readonly asOf?: string;
}

/** What the address says; what is unreadable counts as left out. */
export function readMoment({ asOf }: Record<string, unknown>): Moment {
  const text = typeof asOf === 'number' || typeof asOf === 'string' ? String(asOf) : '';
  return /^\d{1,9}$|^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+ -]\d{2}:\d{2})$/.test(text) ? { asOf: text } : {};
}

/** What the address says; what is unreadable counts as left out. */
export function readProcedureSearch(search: Record<string, unknown>): ProcedureSearch {
  const whom = readId(search.for);
  return { ...readMoment(search), ...(whom && { for: whom }) };
}
