import { today } from '../format/format';
import { readDay, readId } from '../frame/address';
import { readFilters } from '../table/filters';
import type { Filters } from '../table/filters';
import { roleWords } from '../words/codes';

/** What a report can be narrowed down by, like the lists. */
export type FilterName = 'kind' | 'group' | 'unit' | 'field' | 'role';

type Role = keyof typeof roleWords;
export const roles = Object.keys(roleWords) as readonly Role[];

const groupings = ['kind', 'group', 'field', 'unit'] as const;
export type By = (typeof groupings)[number];

const unitBases = ['then', 'today'] as const;
export type UnitBasis = (typeof unitBases)[number];

/** What is asked of a report; left out is everything, as it stands now. */
export interface ReportSearch extends Pick<Filters, Exclude<FilterName, 'role'>> {
  readonly role?: Role;
  /** First and last day of the period, YYYY-MM-DD. */
  readonly from?: string;
  readonly to?: string;
  /** By what rows are grouped. (Default: as the report does) */
  readonly by?: By;
  /** Programme id. */
  readonly programme?: string;
  /** YYYY-MM-DD: how it stood at the end of that day. (Default: now) */
  readonly asOf?: string;
  /** YYYY-MM-DD: the day that it is compared with. (Default: none) */
  readonly with?: string;
  /** By which units it is told, where a past moment or a period is looked at. (Default: as the report does) */
  readonly units?: UnitBasis;
  /** The cell that is explained: key of its row and of its column. (Default: none) */
  readonly row?: string;
  readonly column?: string;
}

/** What the address says; what is unreadable, not over yet or before its beginning counts as left out. */
export function readReportSearch(search: Record<string, unknown>): ReportSearch {
  const { kind, group, unit, field } = readFilters(search);
  const [from, to] = [readDay(search.from), readDay(search.to)];
  const role = roles.find((one) => one === search.role);
  const by = groupings.find((one) => one === search.by);
  const programme = readId(search.programme);
  const [asOf, other] = [readPast(search.asOf), readPast(search.with)];
  const units = unitBases.find((one) => one === search.units);
  const [row, column] = [readKey(search.row, 500), readKey(search.column, 100)];
  return {
    ...(kind && { kind }),
    ...(group && { group }),
    ...(unit && { unit }),
    ...(field && { field }),
    ...(role && { role }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && (from === undefined || from <= to) && { to }),
    ...(by && { by }),
    ...(programme !== undefined && { programme }),
    ...(asOf !== undefined && { asOf }),
    ...(other !== undefined && other !== asOf && { with: other }),
    ...(units && { units }),
    ...(row !== undefined && column !== undefined && { row, column }),
  };
}

const readPast = (value: unknown): string | undefined => {
  const day = readDay(value);
  return day !== undefined && day < today() ? day : undefined;
};

/** The router reads digits as a number. */
const readKey = (value: unknown, most: number): string | undefined => {
  const key = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return key !== '' && key.length <= most ? key : undefined;
};
