import type { RecordedEvent } from '#event-store';
import type { Database } from '#platform';
import { searchWords } from '#procedures';
import { column, groupProjection, table } from '#processors';
import type { GroupOf } from '#processors';

const tables = {
  names: table({
    name: 'unit_names',
    key: ['unit', 'revision'],
    columns: {
      ...{ unit: column.uuid, revision: column.integer, name: column.text },
      /** As names are compared: without accents and case. */
      folded: column.text,
      since: column.instant,
      /** Null for the name that it has. */
      until: column.nullable(column.instant),
    },
  }),
  ends: table({ name: 'unit_ends', key: ['unit'], columns: { unit: column.uuid, position: column.bigint } }),
};

const naming: readonly string[] = ['UnitRegistered', 'UnitRenamed'];
const ending: readonly string[] = ['UnitMerged', 'UnitClosed'];

/** Which names units have had and when they ended, so that today's are found by old ones. */
export const unitNames = groupProjection({
  name: 'unit-names',
  codeVersion: '2',
  prefixes: ['unit-'],
  readsMetadata: false,
  tables,
  subject: ({ stream, type }) => ([...naming, ...ending].includes(type) ? stream.slice('unit-'.length) : null),
  rowsAfter: (before, event, { subject }) =>
    naming.includes(event.type) ? namedAfter(before, event, subject) : { ...before, ends: [{ unit: subject, position: event.position }] },
});

function namedAfter(before: GroupOf<typeof tables>, { revision, recordedAt, data }: RecordedEvent, unit: string): GroupOf<typeof tables> {
  const last = before.names.at(-1);
  if (last && revision <= last.revision) return before;
  // The log's data is what a decider once made.
  const { name } = data as { readonly name: string };
  const former = before.names.map((one) => (one === last ? { ...one, until: recordedAt } : one));
  return { ...before, names: [...former, { unit, revision, name, folded: folded(name), since: recordedAt, until: null }] };
}

/** Without accents, case and signs. */
const folded = (name: string): string => searchWords(name).join(' ');

/** At which position of the log units were closed, or became part of another one, by unit id. */
export async function unitEnds(database: Database): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await database.pool.query<{ unit: string; at: string }>('SELECT e.unit, e.position::text AS at FROM views.unit_ends e');
  return new Map(rows.map(({ unit, at }) => [unit, BigInt(at)]));
}

/** A name that a unit had. */
export interface UnitName {
  readonly unit: string;
  readonly name: string;
  /** ISO 8601 UTC. */
  readonly since: string;
  /** Null for the name that it has. */
  readonly until: string | null;
}

/** Names of any time that hold this text, without accents and case; those that are it come first. */
export async function namesLike(database: Database, sought: string, limit: number): Promise<readonly UnitName[]> {
  const words = folded(sought);
  if (words === '') return [];
  const { rows } = await database.pool.query<{ unit: string; name: string; since: Date; until: Date | null }>(
    `SELECT n.unit, n.name, n.since, n.until FROM views.unit_names n WHERE strpos(n.folded, $1) > 0
     ORDER BY n.folded <> $1, n.folded, n.unit, n.revision LIMIT $2`,
    [words, limit],
  );
  return rows.map(({ unit, name, since, until }) => ({ unit, name, since: since.toISOString(), until: until?.toISOString() ?? null }));
}
