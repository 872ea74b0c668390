import type { RecordedEvent } from '#event-store';
import type { Database } from '#platform';
import { column, groupProjection, readCursor, table, writeCursor } from '#processors';
import type { GroupOf, Page, RowIn } from '#processors';
import type { Sight } from '#workflow';
import { countedRecommendations, recommendationColumns, recommendationRowsAfter } from '../recommendations/recommendation-rows.js';
import type { InspectionState } from './inspection-table.js';
import type { InspectionEvent } from './inspection.js';

const prefix = 'inspection-';

const tables = {
  inspections: table({
    name: 'inspections',
    key: ['id'],
    columns: {
      id: column.uuid,
      title: column.text,
      /** Unit ids: who inspects, and who is inspected. */
      by: column.uuid,
      of: column.uuid,
      announced_on: column.date,
      state: column.text,
      /** Null before it has ended. */
      conclusion_due_on: column.nullable(column.date),
      revision: column.integer,
      /** Of its first event. */
      position: column.bigint,
    },
    risesIn: ['revision'],
    indexes: ['(position)'],
  }),
  recommendations: table({
    name: 'inspection_recommendations',
    key: ['id'],
    subject: 'inspection',
    columns: { ...recommendationColumns, inspection: column.uuid },
    indexes: ['(owner)'],
  }),
};
type Group = GroupOf<typeof tables>;
type Row = RowIn<typeof tables.inspections>;

/** Every inspection and what it asks of whom, for lists. */
export const inspectionsView = groupProjection({
  name: 'inspections',
  codeVersion: '2',
  prefixes: [prefix],
  readsMetadata: false,
  tables,
  subject: ({ stream }) => stream.slice(prefix.length),
  rowsAfter: (before, event, { subject }) => rowsAfter(before, event, subject),
});

function rowsAfter(before: Group, event: RecordedEvent, id: string): Group {
  const { revision, position } = event;
  const [row] = before.inspections;
  if (row && revision <= row.revision) return before;
  // The stream says what it is.
  const fact = event as unknown as InspectionEvent;
  if (fact.type === 'InspectionAnnounced') {
    const { title, by, of, announcedOn: announced_on } = fact.data;
    return { ...before, inspections: [{ ...{ id, title, by, of, announced_on, state: 'announced' }, conclusion_due_on: null, revision, position }] };
  } // prettier-ignore
  if (!row) throw new Error(`Revision ${String(revision)} of inspection ${id} does not follow its announcement.`);
  return {
    inspections: [{ ...row, ...changedBy(fact), revision }],
    recommendations: recommendationRowsAfter(before.recommendations, event, { inspection: id }),
  };
}

function changedBy(fact: Exclude<InspectionEvent, { type: 'InspectionAnnounced' }>): Partial<Row> {
  switch (fact.type) {
    case 'InspectionOpened':
      return { state: 'opened' };
    case 'InspectionEnded':
      return { state: 'ended', conclusion_due_on: fact.data.conclusion.dueOn };
    case 'InspectionConcluded':
      return { state: 'concluded' };
    case 'InspectionClosed':
      return { state: 'closed' };
    case 'FindingMade':
    case 'RecommendationMade':
    case 'RemedyReported':
    case 'RemedyAccepted':
    case 'RemedyReturned':
    case 'RemedyReminded':
    default:
      // Also what another version of the product wrote.
      return {};
  }
}

/** For statements of other rooms: one row for each inspection, with its title. */
export const inspectionsTable = 'views.inspections';

/** An inspection as lists show it. */
export interface InspectionSummary {
  readonly id: string;
  readonly title: string;
  readonly by: string;
  readonly of: string;
  readonly announcedOn: string;
  readonly state: InspectionState;
  readonly conclusionDueOn: string | null;
  /** Of those in sight. */
  readonly recommendations: number;
  readonly accepted: number;
  /** The earliest day by which the conclusion or a remedy in sight is due; null where nothing is waited for. */
  readonly dueOn: string | null;
}

export interface InspectionFilters {
  readonly sight: Sight;
  readonly state?: InspectionState | undefined;
  /** Unit ids: one that inspects, is inspected, or is asked for a remedy in sight. */
  readonly units?: readonly string[] | undefined;
  readonly overdue?: boolean | undefined;
  /** YYYY-MM-DD in Vietnam. */
  readonly today: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** One page of the inspections in sight, the newest first. @throws InvalidCursor */
export async function listInspections(database: Database, filters: InspectionFilters): Promise<Page<InspectionSummary>> {
  const { sight, state, units, overdue, today, cursor, limit } = filters;
  const [after] = cursor === undefined ? [undefined] : readCursor(cursor, 'inspections', 1, 'position');
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const own = sight.units === null ? null : `${parameter([...sight.units])}::uuid[]`;
  const ofUnits = units === undefined ? null : `${parameter(units)}::uuid[]`;
  const isSeen = (unit: string): string => (own === null ? 'true' : `${unit} = ANY (${own})`);
  // Remedies in sight: all to those who inspect, to others what is given to their units.
  const seen = `FROM views.inspection_recommendations r WHERE r.inspection = i.id AND (${isSeen('i.by')} OR ${isSeen('r.owner')})`;
  const conditions = [
    `(${isSeen('i.by')} OR ${isSeen('i.of')} OR s.recommendations > 0)`,
    ...(state === undefined ? [] : [`i.state = ${parameter(state)}`]),
    ...(ofUnits === null
      ? []
      : [`(i.by = ANY (${ofUnits}) OR i.of = ANY (${ofUnits}) OR EXISTS (SELECT ${seen} AND r.owner = ANY (${ofUnits})))`]),
    ...(overdue === undefined ? [] : [`coalesce(s.due_on < ${parameter(today)}::date, false) = ${String(overdue)}`]),
    ...(after === undefined ? [] : [`i.position < ${parameter(after)}::bigint`]),
  ];
  const { rows } = await database.pool.query<InspectionSummary & { readonly position: string }>(
    `SELECT i.id, i.title, i.by, i.of, i.announced_on::text AS "announcedOn", i.state, i.conclusion_due_on::text AS "conclusionDueOn",
       s.recommendations, s.accepted, s.due_on::text AS "dueOn", i.position::text AS position
     FROM views.inspections i, LATERAL (
       SELECT c.recommendations, c.accepted, CASE i.state WHEN 'ended' THEN i.conclusion_due_on WHEN 'concluded' THEN c.due_on END AS due_on
       FROM (SELECT ${countedRecommendations} ${seen}) c) s
     WHERE ${conditions.join(' AND ')} ORDER BY i.position DESC LIMIT ${parameter(limit + 1)}`,
    values,
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ id, title, by, of, announcedOn, state: stands, conclusionDueOn, recommendations, accepted, dueOn }) => ({
      ...{ id, title, by, of, announcedOn, state: stands, conclusionDueOn },
      ...{ recommendations, accepted, dueOn },
    })),
    nextCursor: last && rows.length > limit ? writeCursor(['inspections', last.position]) : null,
  };
}
