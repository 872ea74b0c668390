import { readId } from '../frame/address';

/** What a procedure shows below its head; the first one where the address names none. */
export const sections = ['content', 'comments', 'files', 'questions', 'deadlines'] as const;
export type Section = (typeof sections)[number];

export interface ProcedureSearch extends Moment {
  /** Person id: for whom the caller acts, under a delegation. (Default: nobody) */
  readonly for?: string;
  /** The action whose form is open. (Default: none) */
  readonly do?: string;
  /** (Default: content) */
  readonly section?: Exclude<Section, 'content'>;
}

export interface Moment {
  /** Revision or ISO 8601 time: how it stood then. (Default: now) */
  readonly asOf?: string;
}

/** What the address says; what is unreadable counts as left out. */
export function readMoment({ asOf }: Record<string, unknown>): Moment {
  const text = typeof asOf === 'number' || typeof asOf === 'string' ? String(asOf) : '';
  // A plus that was not escaped arrives as a space.
  return /^\d{1,9}$|^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+ -]\d{2}:\d{2})$/.test(text) ? { asOf: text.replace(' ', '+') } : {};
}

/** What the address says; what is unreadable counts as left out. */
export function readProcedureSearch(search: Record<string, unknown>): ProcedureSearch {
  const whom = readId(search.for);
  const section = sections.find((one) => one === search.section);
  const action = typeof search.do === 'string' && /^[a-z-]{1,40}$/.test(search.do) ? search.do : undefined;
  return {
    ...readMoment(search),
    ...(whom && { for: whom }),
    ...(action !== undefined && { do: action }),
    ...(section !== undefined && section !== 'content' && { section }),
  };
}
