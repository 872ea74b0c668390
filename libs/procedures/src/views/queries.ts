import { Unavailable } from '#event-store';
import { foldLine } from '#platform';
import type { Database } from '#platform';
import { classifications, clearanceRankOf, rankOf } from '#workflow';
import type { Classification, Classified, Group, Kind, Sight } from '#workflow';
import { readCursor, writeCursor } from '#processors';
import type { Page } from '#processors';
import { foldCode } from '../official-code.js';
import { searchQuery, searchWords, similarityQuery } from './search-words.js';

/** The view that says where each procedure stands, for rooms that join it to their own. */
export const registerView = 'views.register';

/** A procedure as lists show it. */
export interface ProcedureSummary {
  readonly id: string;
  readonly title: string;
  readonly code: string | null;
  readonly kind: Kind;
  readonly group: Group | null;
  readonly field: string;
  readonly owningUnit: string;
  readonly classification: Classification;
  readonly stage: string;
  readonly suspended: boolean;
  readonly revision: number;
  /** Of its newest event, decimal. */
  readonly position: string;
  /** ISO 8601 UTC. */
  readonly registeredAt: string;
  /** When it came to its stage, ISO 8601 UTC. */
  readonly stageSince: string;
}

/** What a list can be ordered by; each leads to a unique order, so that a page goes on where the last one ended. */
const sortColumns = {
  title: ['title_sort', 'id'],
  registered: ['registered_position'],
  stageSince: ['stage_position'],
  updated: ['position'],
  stage: ['stage', 'position'],
  field: ['field_key', 'position'],
} as const;
const sortNames = ['title', 'registered', 'stageSince', 'updated', 'stage', 'field'] as const;
type SortName = (typeof sortNames)[number];
export type ProcedureSort = SortName | `-${SortName}`;
/** Every order that a list can have; with a minus it descends. */
export const procedureSorts: readonly ProcedureSort[] = sortNames.flatMap((name): ProcedureSort[] => [name, `-${name}`]);

export interface ProcedureFilters {
  /** What the reader may see; nothing else is shown or counted. */
  readonly sight: Sight;
  readonly kind?: string | undefined;
  readonly group?: string | undefined;
  readonly stage?: string | undefined;
  readonly field?: string | undefined;
  readonly classification?: Classification | undefined;
  /** Owned by one of these. */
  readonly units?: readonly string[] | undefined;
  /** Words of title, code and field, in any case and without accents; the last one may be a beginning. */
  readonly q?: string | undefined;
}

/** A condition of another room on rows `r` of the register. */
export type ListCondition = (parameter: (value: unknown) => string) => string;

/** What only lists of procedures can be narrowed by. */
export interface ListFilters extends ProcedureFilters {
  /** These, as far as they are there. */
  readonly ids?: readonly string[] | undefined;
  /** Those with these official codes, as codes are compared, as far as they are there. */
  readonly codes?: readonly string[] | undefined;
  /** Registered then or later. */
  readonly registeredFrom?: Date | undefined;
  /** Came to its stage then or later. */
  readonly inStageFrom?: Date | undefined;
  /** All of these hold. (Default: none) */
  readonly among?: readonly ListCondition[] | undefined;
}

export interface SummaryRow extends Omit<ProcedureSummary, 'registeredAt' | 'stageSince' | 'classification'> {
  /** Its rank. */
  readonly classification: number;
  readonly registered_at: Date;
  readonly stage_since: Date;
  readonly keys: readonly string[];
}

export const summaryColumns = `r.id, r.title, r.code, r.kind, r."group", r.field, r.owning_unit AS "owningUnit", r.classification, r.stage, r.suspended, r.revision,
  r.position, r.registered_at, r.stage_since`;

/** One page of procedures. (Default order: newest registration first) @throws InvalidCursor */
export async function listProcedures(
  database: Database,
  options: ListFilters & { readonly sort?: ProcedureSort | undefined; readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<ProcedureSummary>> {
  const { text, values, sort } = listStatement(options);
  const { rows } = await database.pool.query<SummaryRow>(text, values);
  const items = rows.slice(0, options.limit);
  const last = items.at(-1);
  return { items: items.map(toSummary), nextCursor: last && rows.length > options.limit ? writeCursor([sort, ...last.keys]) : null };
}

/** The statement behind a page; it asks for one row more, to know whether there is another page. */
export function listStatement(options: Parameters<typeof listProcedures>[1]): {
  readonly text: string;
  readonly values: unknown[];
  readonly sort: ProcedureSort;
} {
  const { sort = '-registered', cursor, limit } = options;
  const descending = sort.startsWith('-');
  const keys = sortColumns[sort.replace('-', '') as SortName];
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const conditions = [...conditionsOf(options, parameter), ...listed(options, parameter)];
  if (cursor !== undefined) {
    const after = readCursor(cursor, sort, keys.length, keys.at(-1) === 'id' ? 'id' : 'position');
    conditions.push(`(${keys.map((key) => `r.${key}`).join(', ')}) ${descending ? '<' : '>'} (${after.map(parameter).join(', ')})`);
  }
  const text = `SELECT ${summaryColumns}, ARRAY[${keys.map((key) => `r.${key}::text`).join(', ')}] AS keys FROM views.register r
    ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
    ORDER BY ${keys.map((key) => `r.${key} ${descending ? 'DESC' : 'ASC'}`).join(', ')} LIMIT ${parameter(limit + 1)}`;
  return { text, values, sort };
}

/** Ids of the procedures of a list in its order, so many at most. (Default order: newest registration first) */
export async function selectedProcedures(
  database: Database,
  { sort, limit, ...filters }: ListFilters & { readonly sort?: ProcedureSort | undefined; readonly limit: number },
): Promise<readonly string[]> {
  const { text, values } = listStatement({ ...filters, sort, limit: limit - 1 });
  const { rows } = await database.pool.query<{ id: string }>(`SELECT listed.id FROM (${text}) listed`, values);
  return rows.map(({ id }) => id);
}

/** Ids of procedures in their order, so many at most: those that were registered up to a position. */
export async function procedureIdsAfter(
  database: Database,
  {
    sight,
    after,
    registeredUpTo,
    limit,
  }: {
    readonly sight: Sight;
    /** An id. (Default: from the first on) */
    readonly after?: string | undefined;
    readonly registeredUpTo: bigint;
    readonly limit: number;
  },
): Promise<readonly string[]> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const conditions = [
    ...conditionsOf({ sight }, parameter),
    `r.registered_position <= ${parameter(String(registeredUpTo))}::bigint`,
    ...(after === undefined ? [] : [`r.id > ${parameter(after)}::uuid`]),
  ];
  const { rows } = await database.pool.query<{ id: string }>(
    `SELECT r.id FROM views.register r WHERE ${conditions.join(' AND ')} ORDER BY r.id LIMIT ${parameter(limit)}`,
    values,
  );
  return rows.map(({ id }) => id);
}

/** Counted one by one up to here. */
const mostCounted = 10_000;

/** How many procedures a list has in all its pages. */
export interface Total {
  /** At most 10,000. */
  readonly count: number;
  /** Whether there are more than that. */
  readonly more: boolean;
}

export async function countProcedures(database: Database, filters: ListFilters): Promise<Total> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const conditions = [...conditionsOf(filters, parameter), ...listed(filters, parameter)];
  return countUpToMost(database, {
    from: `views.register r ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}`,
    values,
  });
}

/** Counts rows. @param from What follows FROM, with its conditions */
export async function countUpToMost(
  database: Database,
  { from, values }: { readonly from: string; readonly values: readonly unknown[] },
): Promise<Total> {
  const { rows } = await database.pool.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM (SELECT FROM ${from} LIMIT $${String(values.length + 1)}) counted`,
    [...values, mostCounted + 1],
  );
  const count = rows[0]?.count ?? 0;
  return { count: Math.min(count, mostCounted), more: count > mostCounted };
}

/** Looked at for each that is shown. */
const mostAlike = 200;

/**
 * Procedures with all words of a title, or all but one of four or more, those with the fewest other words first.
 * @param limit At most so many.
 */
export async function similarProcedures(
  database: Database,
  title: string,
  { limit, ...filters }: { readonly sight: Sight; readonly units?: readonly string[] | undefined; readonly limit: number },
): Promise<readonly ProcedureSummary[]> {
  const query = similarityQuery(title);
  if (query === null) return [];
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const conditions = [...conditionsOf(filters, parameter), `r.search @@ ${parameter(query)}::tsquery`];
  const { rows } = await database.pool.query<SummaryRow>(
    `SELECT ${summaryColumns} FROM views.register r WHERE ${conditions.join(' AND ')} ORDER BY r.position DESC LIMIT ${parameter(mostAlike)}`,
    values,
  );
  const sought = new Set(searchWords(title));
  const differing = ({ title: other }: SummaryRow): number => {
    const words = searchWords(other);
    const shared = words.filter((word) => sought.has(word)).length;
    return words.length + sought.size - 2 * shared;
  };
  return rows
    .map((row) => ({ row, differing: differing(row) }))
    .sort((one, other) => one.differing - other.differing)
    .slice(0, limit)
    .map(({ row }) => toSummary(row));
}

/** Who owns each of the procedures and how secret it is, by id; those that the view does not know yet are left out. */
export async function classifiedIn(database: Database, ids: readonly string[]): Promise<ReadonlyMap<string, Classified>> {
  const { rows } = await database.pool.query<{ id: string; owningUnit: string; classification: number }>(
    'SELECT id, owning_unit AS "owningUnit", classification FROM views.register WHERE id = ANY ($1::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, owningUnit, classification }) => [id, { owningUnit, classification: classificationOf(classification) }]));
}

/** What the procedures are called, by id, of those that whoever asks may see. */
export async function titlesIn(database: Database, ids: readonly string[], sight: Sight): Promise<ReadonlyMap<string, string>> {
  const values: unknown[] = [ids];
  const conditions = ['r.id = ANY ($1::uuid[])', ...conditionsOf({ sight }, (value) => `$${String(values.push(value))}`)];
  const { rows } = await database.pool.query<{ id: string; title: string }>(
    `SELECT r.id, r.title FROM views.register r WHERE ${conditions.join(' AND ')}`,
    values,
  );
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/**
 * Procedures that are registered with a code that folds to this and were not withdrawn, by id, as far as the view has come.
 * @throws Unavailable while the view is not built
 */
export async function proceduresWithCode(database: Database, folded: string): Promise<readonly string[]> {
  try {
    const { rows } = await database.pool.query<{ id: string }>('SELECT id FROM views.register WHERE code_key = $1', [folded]);
    return rows.map(({ id }) => id);
  } catch (error) {
    // No such table or column: what this code reads is being built.
    if (error instanceof Error && 'code' in error && (error.code === '42P01' || error.code === '42703'))
      throw new Unavailable('The register is being built; official codes cannot be looked up yet.', { cause: error });
    throw error;
  }
}

/** Procedures that keep a lifecycle version, by id, after the one given. (Default: from the first) */
export async function proceduresKeeping(
  database: Database,
  {
    definition,
    after = '00000000-0000-0000-0000-000000000000',
    limit,
    ...filters
  }: {
    readonly definition: { readonly id: string; readonly version: number };
    readonly sight: Sight;
    /** Owned by one of these. (Default: by any) */
    readonly units?: readonly string[] | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<readonly { readonly id: string; readonly revision: number }[]> {
  const values: unknown[] = [definition.id, definition.version, after, limit];
  const conditions = [
    'r.definition_id = $1',
    'r.definition_version = $2',
    'r.id > $3',
    ...conditionsOf(filters, (value) => `$${String(values.push(value))}`),
  ];
  const { rows } = await database.pool.query<{ id: string; revision: number }>(
    `SELECT r.id, r.revision FROM views.register r WHERE ${conditions.join(' AND ')} ORDER BY r.id LIMIT $4`,
    values,
  );
  return rows;
}

/** What lists alone are narrowed by, as conditions. */
function listed({ ids, codes, q, registeredFrom, inStageFrom, among = [] }: ListFilters, parameter: (value: unknown) => string): readonly string[] {
  return [
    ...(ids ? [`r.id = ANY (${parameter(ids)}::uuid[])`] : []),
    ...(codes ? [`r.code_key = ANY (${parameter(codes.map((code) => foldCode(code)))}::text[])`] : []),
    ...havingWords(q, parameter),
    ...(registeredFrom ? [`r.registered_at >= ${parameter(registeredFrom)}::timestamptz`] : []),
    ...(inStageFrom ? [`r.stage_since >= ${parameter(inStageFrom)}::timestamptz`] : []),
    ...among.map((condition) => condition(parameter)),
  ];
} // prettier-ignore

/** The condition on rows `r` of the register that it has the words; none where none are sought. */
export function havingWords(q: string | undefined, parameter: (value: unknown) => string): readonly string[] {
  if (q === undefined) return [];
  const query = searchQuery(q);
  return [query === null ? 'false' : `r.search @@ ${parameter(query)}::tsquery`];
}

/** By its rank; what is unknown is seen by few. */
export const classificationOf = (rank: number): Classification => classifications[rank] ?? 'topSecret';

export function toSummary(row: SummaryRow): ProcedureSummary {
  const { id, title, code, kind, group, field, owningUnit, stage, suspended, revision, position } = row;
  return {
    ...{ id, title, code, kind, group, field, owningUnit, stage, suspended, revision, position },
    classification: classificationOf(row.classification),
    registeredAt: row.registered_at.toISOString(),
    stageSince: row.stage_since.toISOString(),
  };
}

/** Conditions on rows `r` of the register, or of what has its columns. */
export function conditionsOf(filters: Omit<ProcedureFilters, 'q'> & Restated, parameter: (value: unknown) => string): string[] {
  const { kind, group, stage, field, classification, units, sight } = filters;
  return [
    ...(sight.clearance === 'topSecret' ? [] : [`r.classification <= ${parameter(clearanceRankOf(sight.clearance))}`]),
    ...(sight.units === null ? [] : [`${keeperColumn(filters, parameter)} = ANY (${parameter([...sight.units])}::uuid[])`]),
    ...Object.entries({ kind, '"group"': group, stage, field_key: field === undefined ? undefined : foldLine(field) }).flatMap(
      ([column, value]) => (value === undefined ? [] : [`r.${column} = ${parameter(value)}`]),
    ),
    ...(classification === undefined ? [] : [`r.classification = ${parameter(rankOf(classification))}`]),
    ...(units === undefined ? [] : [`${ownerColumn(filters, parameter)} = ANY (${parameter(units)}::uuid[])`]),
  ];
}

/** Whose a procedure is taken to be, where that is not what its rows say. */
export interface Restated {
  /**
   * Unit id of whoever owns the procedure of rows `r`, as an expression.
   * (Default: as the rows say)
   */
  readonly owner?: ((parameter: (value: unknown) => string) => string) | undefined;
  /** Whose procedures the reader must be able to see, where an owner is named. (Default: of whoever keeps it today) */
  readonly keeper?: ((parameter: (value: unknown) => string) => string) | undefined;
}

/** Who keeps the procedure of rows `r` now. */
export const ownerToday = `(SELECT g.owning_unit FROM ${registerView} g WHERE g.id = r.procedure)`;

/** Whose rows `r` are. */
export const ownerColumn = ({ owner }: Restated, parameter: (value: unknown) => string): string => owner?.(parameter) ?? 'r.owning_unit';

/** A position of the log near by, and not after, a time or a position; 0 where there is none. The log finds nothing by time, and not every number is one of its positions. */
export async function positionNearBy(database: Database, since: { readonly time: Date } | { readonly position: bigint }): Promise<bigint> {
  const [condition, value] =
    'time' in since
      ? ['stage_since < $1 THEN stage_position WHEN registered_at < $1 THEN registered_position', since.time]
      : ['stage_position <= $1 THEN stage_position WHEN registered_position <= $1 THEN registered_position', String(since.position)];
  const { rows } = await database.pool.query<{ position: string | null }>(
    `SELECT max(CASE WHEN ${condition} END)::text AS position FROM views.register`,
    [value],
  );
  return BigInt(rows[0]?.position ?? 0);
}

const keeperColumn = ({ owner, keeper }: Restated, parameter: (value: unknown) => string): string =>
  owner ? (keeper?.(parameter) ?? ownerToday) : 'r.owning_unit';
