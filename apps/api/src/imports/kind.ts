import type { Unmet } from '#event-store';
import type { Person } from '#identity';
import type { Sent } from '#workflow';
import { problems, toldIn } from '../http/problem.js';
import type { FieldProblem } from '../http/problem.js';
import { problemOf } from '../http/problem-filter.js';
import type { Permission } from '../http/needs.js';
import type { CellValue } from './cell-values.js';
import type { Headed } from './header.js';

/** What stands against a row, by the path of the field. */
export type Fault = FieldProblem & { readonly code?: string };

/** What would become of a row. */
export type Finding = { readonly outcome: 'accepted' | 'repeated' } | { readonly outcome: 'refused'; readonly faults: readonly Fault[] };

/** A row of which it is known what it says. */
export interface PreparedRow {
  /** What makes it the same row as another, as JSON has it. */
  readonly content: object;
  /** What no two rows of a sheet may have that are entered, and what is said of the second. */
  readonly claims: readonly { readonly what: string; readonly fault: Fault }[];
  /** What would become of it now, without anything being stored. @param key Under which it is entered */
  check(key: string): Promise<Finding>;
  /** Enters it as the API's own call does. Answers the position of what it led to. @throws what the call throws */
  enter(sent: Sent): Promise<string>;
}

/** One reading of a sheet, for one person. */
export interface RowSession {
  /** The unit that a text names: its id, or its exact name. */
  unitOf(text: string): CellValue;
  /** @param body Of the class of the kind. @param besides What the row says besides. */
  prepare(body: object, besides: Readonly<Record<string, string>>): Promise<PreparedRow | { readonly faults: readonly Fault[] }>;
  /** Tells that a row was found good, for what later rows say of it. */
  found?(row: PreparedRow, key: string): void;
}

/** What one kind of import enters. */
export interface ImportKind extends Headed {
  readonly make: new () => object;
  /** The field that names where whoever imports must hold a role. (Default: none) */
  readonly place?: string;
  /** What the single call needs. */
  readonly needs: Permission;
  /** Whether a row may say something of those before it. */
  readonly oneByOne: boolean;
  /** Whether its content could be guessed from its id, and must not be. */
  readonly isPersonal: boolean;
  begin(person: () => Person): RowSession;
}

/** What the rules and calls say no with, by field. @throws what no caller is told */
export function faultsOf(error: unknown): readonly Fault[] {
  const problem = problemOf(error);
  if (!problem || problem.status >= 500 || problem.status === 429) throw error;
  const { errors, unmet } = problem.details;
  if (errors && errors.length > 0) return errors;
  if (unmet && unmet.length > 0) return unmet.map(faultOf);
  return [
    {
      path: problem.code === 'username-taken' ? 'username' : '',
      code: problem.code,
      message: problem.message,
      vi: problems[problem.code].vi,
    },
  ];
}

const placesOf: Readonly<Record<string, string>> = { 'code-taken': 'code', 'wrong-stage': 'procedure', 'implausible-date': 'occurredOn' };

/** What a rule says of a row. */
export const faultOf = (unmet: Unmet): Fault => ({
  code: unmet.code,
  message: unmet.message,
  vi: toldIn('vi', unmet),
  path: unmet.path ?? placesOf[unmet.code] ?? '',
});

/** Runs a check, and what it says no with is a finding. */
export async function findingOf(check: () => Promise<readonly Fault[]>): Promise<Finding> {
  const faults = await Promise.resolve().then(check).catch(faultsOf);
  return faults.length === 0 ? { outcome: 'accepted' } : { outcome: 'refused', faults };
}
