import type { RecordedEvent } from '#event-store';
import type { Database } from '#platform';
import { column, projection, readCursor, table, writeCursor } from '#processors';
import type { Page, RowIn } from '#processors';
import { targetsAfter } from './programme.js';
import type { ProgrammeEvent, ProgrammeTarget } from './programme.js';

const prefix = 'programme-';

const programmeTable = table({
  name: 'programmes',
  key: ['id'],
  columns: {
    id: column.uuid,
    code: column.text,
    title: column.text,
    from: column.date,
    to: column.date,
    closed: column.boolean,
    /** Oldest first. */
    targets: column.jsonb<readonly ProgrammeTarget[]>(),
    revision: column.integer,
    /** Of its first event. */
    position: column.bigint,
  },
  indexes: ['(position)'],
});
type Row = RowIn<typeof programmeTable>;

/** Every programme, for lists. */
export const programmesView = projection({
  name: 'programmes',
  codeVersion: '1',
  prefixes: [prefix],
  readsMetadata: false,
  table: programmeTable,
  subject: ({ stream }) => stream.slice(prefix.length),
  rowAfter,
});

function rowAfter(before: Row | null, event: RecordedEvent, id: string): Row | null {
  const { revision, position } = event;
  if (before && revision <= before.revision) return before;
  // The stream says what it is.
  const { type, data } = event as unknown as ProgrammeEvent;
  if (type === 'ProgrammeMade') return { id, ...data, closed: false, targets: [], revision, position };
  if (!before) throw new Error(`Revision ${String(revision)} of programme ${id} does not follow its beginning.`);
  const { closed, targets } = targetsAfter(before, { type, data } as ProgrammeEvent);
  return { ...before, revision, closed, targets };
}

/** A programme as lists show it. */
export interface ProgrammeSummary {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  /** Days, both included. */
  readonly from: string;
  readonly to: string;
  readonly closed: boolean;
  readonly targets: readonly ProgrammeTarget[];
}

/** One page of programmes, the newest first. @throws InvalidCursor */
export async function listProgrammes(
  database: Database,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<ProgrammeSummary>> {
  const [after] = cursor === undefined ? [undefined] : readCursor(cursor, 'programmes', 1, 'position');
  const { rows } = await database.pool.query<ProgrammeSummary & { readonly position: string }>(
    `SELECT id, code, title, "from"::text AS "from", "to"::text AS "to", closed, targets,
       position::text AS position
     FROM views.programmes p WHERE $1::bigint IS NULL OR p.position < $1 ORDER BY p.position DESC LIMIT $2`,
    [after ?? null, limit + 1],
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ id, code, title, from, to, closed, targets }) => ({ id, code, title, from, to, closed, targets })),
    nextCursor: last && rows.length > limit ? writeCursor(['programmes', last.position]) : null,
  };
}

/** How many targets are set to one of these units, and count. */
export async function countTargetsOf(database: Database, units: readonly string[]): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM views.programmes p, jsonb_array_elements(p.targets) t
     WHERE NOT p.closed AND NOT (t->>'withdrawn')::boolean AND (t->'scope'->>'unit')::uuid = ANY ($1::uuid[])`,
    [units],
  );
  return rows[0]?.count ?? 0;
}
