import type { RecordedEvent } from '#event-store';
import type { Database } from '#platform';
import { conditionsOf, factOf, isOneOf, procedureIdOf, readCorrection, registerView } from '#procedures';
import type { ListCondition, ProcedureEventType, ProcedureFilters, ReadCorrection } from '#procedures';
import { column, groupProjection, table } from '#processors';
import type { RowIn } from '#processors';
import type { Publication } from './punctuality.js';

const publicationTable = table({
  name: 'publications',
  key: ['procedure', 'revision'],
  columns: {
    procedure: column.uuid,
    /** Of the event that published it. */
    revision: column.integer,
    signed_on: column.date,
    effective_on: column.date,
    /** The first time, and the revision by which a correction finds it. */
    disclosed_on: column.nullable(column.date),
    disclosure_revision: column.nullable(column.integer),
  },
  indexes: ['(signed_on)'],
});
type Row = RowIn<typeof publicationTable>;

const telling = ['ProcedurePublished', 'ProcedureDisclosed', 'RecordCorrected'] as const satisfies readonly ProcedureEventType[];

/** Every publication of a procedure with its dates on paper, as they read after corrections. */
export const publications = groupProjection({
  name: 'publications',
  codeVersion: '2',
  prefixes: ['procedure-'],
  readsMetadata: false,
  tables: { publications: publicationTable },
  subject: (event) => (isOneOf(factOf(event), telling) ? procedureIdOf(event.stream) : null),
  rowsAfter: (before, event, { subject }) => {
    const rows = rowsAfter(before.publications, subject, event);
    return rows === before.publications ? before : { publications: rows };
  },
});

/** The same rows where the event changes nothing; it may have been seen before. */
function rowsAfter(rows: readonly Row[], procedure: string, event: RecordedEvent): readonly Row[] {
  const fact = factOf(event);
  const { revision } = event;
  const last = rows.at(-1);
  if (!isOneOf(fact, telling)) return rows;
  switch (fact.type) {
    case 'ProcedurePublished': {
      if (last && last.revision >= revision) return rows;
      const { date, effectiveDate } = fact.data.decision;
      return [
        ...rows,
        { procedure, revision, signed_on: date, effective_on: effectiveDate, disclosed_on: null, disclosure_revision: null },
      ];
    }
    case 'ProcedureDisclosed':
      if (!last || last.disclosure_revision !== null || last.revision > revision) return rows;
      return [...rows.slice(0, -1), { ...last, disclosed_on: fact.data.date, disclosure_revision: revision }];
    case 'RecordCorrected': {
      const correction = readCorrection(fact.data);
      const after = rows.map((row) => corrected(row, correction));
      return after.every((row, index) => row === rows[index]) ? rows : after;
    }
  }
}

function corrected(row: Row, correction: ReadCorrection): Row {
  if (row.revision === correction.revision)
    return {
      ...row,
      signed_on: correction.text('decision.date') ?? row.signed_on,
      effective_on: correction.text('decision.effectiveDate') ?? row.effective_on,
    };
  if (row.disclosure_revision !== correction.revision || row.disclosed_on === null) return row;
  return { ...row, disclosed_on: correction.text('date') ?? row.disclosed_on };
}

const isLatest = 'NOT EXISTS (SELECT FROM views.publications later WHERE later.procedure = p.procedure AND later.revision > p.revision)';

/** Publications that have all of this in common. */
export interface PublicationGroup extends Omit<Publication, 'ended'> {
  readonly definition: { readonly id: string; readonly version: number };
  /** Group, or kind for those without groups. */
  readonly class: string;
  readonly stage: string;
  readonly kind: string;
  readonly group: string | null;
  readonly count: number;
}

/** The latest publication of each procedure, those with the same dates under the same rules together. */
export async function publicationGroups(
  database: Database,
  {
    signedFrom,
    signedTo,
    ...filters
  }: Omit<ProcedureFilters, 'q' | 'stage'> & {
    /** Signed on this date or later. (Default: whenever) */
    readonly signedFrom?: string | undefined;
    /** Signed on this date or before. (Default: whenever) */
    readonly signedTo?: string | undefined;
  },
): Promise<readonly PublicationGroup[]> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const conditions = [
    ...conditionsOf(filters, parameter),
    ...(signedFrom === undefined ? [] : [`p.signed_on >= ${parameter(signedFrom)}::date`]),
    ...(signedTo === undefined ? [] : [`p.signed_on <= ${parameter(signedTo)}::date`]),
    isLatest,
  ];
  const { rows } = await database.pool.query<Omit<PublicationGroup, 'definition'> & { id: string; version: number }>(
    `SELECT r.definition_id AS id, r.definition_version AS version, coalesce(r."group", r.kind) AS class, r.stage, r.kind, r."group",
       p.signed_on::text AS "signedOn", p.effective_on::text AS "effectiveOn", p.disclosed_on::text AS "disclosedOn", count(*)::integer AS count
     FROM views.publications p JOIN ${registerView} r ON r.id = p.procedure
     WHERE ${conditions.join(' AND ')} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 5, 6, 7`,
    values,
  );
  return rows.map(({ id, version, ...row }) => ({ ...row, definition: { id, version } }));
}

/** The condition that the latest publication of a procedure of the register is of one of these groups. */
export function publishedAlike(groups: readonly PublicationGroup[]): ListCondition {
  return (parameter) => {
    const list = (of: (group: PublicationGroup) => string | number | null, type: string): string =>
      `${parameter(groups.map(of))}::${type}[]`;
    const columns = [
      list(({ definition }) => definition.id, 'text'),
      list(({ definition }) => definition.version, 'integer'),
      list((group) => group.class, 'text'),
      list(({ stage }) => stage, 'text'),
      list(({ signedOn }) => signedOn, 'date'),
      list(({ effectiveOn }) => effectiveOn, 'date'),
      list(({ disclosedOn }) => disclosedOn, 'date'),
    ];
    return `EXISTS (SELECT FROM views.publications p
       JOIN unnest(${columns.join(', ')}) AS g (id, version, class, stage, signed_on, effective_on, disclosed_on)
         ON g.id = r.definition_id AND g.version = r.definition_version AND g.class = coalesce(r."group", r.kind) AND g.stage = r.stage
         AND g.signed_on = p.signed_on AND g.effective_on = p.effective_on AND g.disclosed_on IS NOT DISTINCT FROM p.disclosed_on
       WHERE p.procedure = r.id AND ${isLatest})`;
  };
}
