import type { TableName } from '#processors';

/** A view of the schema `reporting`. Its names and types are a promise: columns are only ever added, at the end. */
export interface ReportingView {
  readonly name: string;
  /** What a row is. */
  readonly comment: string;
  readonly columns: readonly ReportingColumn[];
  /** What follows FROM, over tables of views; rows that name a procedure are limited by `cleared`. */
  readonly from: (table: TableName) => string;
}

export type ReportingColumn = readonly [name: string, type: string, value: string, comment: string];

/** The schema that other programs read. */
export const reportingSchema = 'reporting';

/** Roles without a password, each with all that the one before may see; logins are given one of them. */
export const reportingRoles = [
  'tinhgon_reporting',
  'tinhgon_reporting_confidential',
  'tinhgon_reporting_secret',
  'tinhgon_reporting_top_secret',
] as const;

/** The condition that whoever asks may see rows of that classification, which is read once for each statement. */
export const cleared = (classification: string): string => `${classification} <= (SELECT ${reportingSchema}.clearance())`;

/** The day that it is in Vietnam. */
export const today = `(now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date`;

/** The classification as the API says it, of its rank. */
export const classificationOf = (rank: string): string =>
  `CASE ${rank} WHEN 0 THEN 'none' WHEN 1 THEN 'confidential' WHEN 2 THEN 'secret' ELSE 'topSecret' END`;

/** Columns that say where a procedure belongs, of a row that has them. */
export const placeOf = (row: string): readonly ReportingColumn[] => [
  ['kind', 'text', `${row}.kind`, 'Kind of the procedure: internal, public or quality.'],
  ['group_code', 'text', `nullif(${row}."group", '')`, 'Group of an internal procedure, A to D; null for kinds without groups.'],
  ['owning_unit', 'uuid', `${row}.owning_unit`, 'The unit that owns the procedure.'],
  ['classification', 'text', classificationOf(`${row}.classification`), 'none, confidential, secret or topSecret.'],
];

/** The tables that a view stands on, by their plain names. */
export function tablesOf({ from }: ReportingView): ReadonlySet<string> {
  const names = new Set<string>();
  from((name) => {
    names.add(name);
    return name;
  });
  return names;
}

/** The statement that makes the view, or has it stand on other tables; who was granted anything keeps it. */
export function definitionOf(view: ReportingView, table: TableName): string {
  const columns = view.columns.map(([name, type, value]) => `(${value})::${type} AS ${name}`);
  return `${replacing(view)} SELECT ${columns.join(', ')} FROM ${view.from(table)}`;
}

/** The same view with no rows, for as long as it has nothing to stand on. */
export function emptyDefinitionOf(view: ReportingView): string {
  return `${replacing(view)} SELECT ${view.columns.map(([name, type]) => `NULL::${type} AS ${name}`).join(', ')} WHERE false`;
}

// What others bring into a statement is asked only of rows that they may see.
const replacing = ({ name }: ReportingView): string => `CREATE OR REPLACE VIEW ${reportingSchema}.${name} WITH (security_barrier) AS`;

/** The statements that describe the view and its columns in the catalogue. */
export function commentsOn({ name, comment, columns }: ReportingView): string {
  const on = (what: string, text: string): string => `COMMENT ON ${what} IS '${text.replaceAll("'", "''")}'`;
  const full = `${reportingSchema}.${name}`;
  return [on(`VIEW ${full}`, comment), ...columns.map(([column, , , text]) => on(`COLUMN ${full}.${column}`, text))].join(';\n');
}
