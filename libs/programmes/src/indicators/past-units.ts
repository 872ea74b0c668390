import type { RecordedEvent } from '#event-store';
import type { Database } from '#platform';
import { column, groupProjection, table } from '#processors';
import type { RowIn } from '#processors';
import { UnitTree, levels } from '#workflow';
import type { Level } from '#workflow';

const standing = {
  name: column.text,
  level: column.text,
  parent: column.nullable(column.uuid),
  closed: column.boolean,
  merged_into: column.nullable(column.uuid),
};
const tables = {
  units: table({
    name: 'placed_units',
    key: ['unit'],
    columns: { unit: column.uuid, revision: column.integer, ...standing },
    risesIn: ['revision'],
  }),
  past: table({
    name: 'past_units',
    key: ['unit', 'revision'],
    isWrittenOnly: true,
    columns: { unit: column.uuid, revision: column.integer, position: column.bigint, recorded_at: column.instant, ...standing },
    indexes: ['(position)', '(recorded_at)'],
  }),
};
type Placed = RowIn<typeof tables.units>;

/** Where units stood in the tree after each event that changed it, and what they were called, so that it is known who had to report at a position. */
export const pastUnits = groupProjection({
  name: 'past-units',
  codeVersion: '2',
  prefixes: ['unit-'],
  readsMetadata: false,
  tables,
  subject: ({ stream }) => stream.slice('unit-'.length),
  rowsAfter: (before, event, { subject }) => {
    const [known] = before.units;
    const { revision, position, recordedAt: recorded_at } = event;
    if (known && revision <= known.revision) return before;
    const after = placedAfter(known, event, subject);
    return after ? { units: [after], past: [...before.past, { ...after, position, recorded_at }] } : before;
  },
});

/** What the events of units hold that place them. */
interface Placing {
  readonly name: string;
  readonly level: string;
  readonly parent: string | null;
  readonly into: string;
}

function placedAfter(before: Placed | undefined, { type, data, revision }: RecordedEvent, unit: string): Placed | null {
  // The log's data is what a decider once made.
  const { name, level, parent, into } = data as Placing;
  if (type === 'UnitRegistered') return { unit, revision, name, level, parent, closed: false, merged_into: null };
  if (!before) return null;
  if (type === 'UnitRenamed') return { ...before, revision, name };
  if (type === 'UnitMoved') return { ...before, revision, parent };
  if (type === 'UnitMerged') return { ...before, revision, closed: true, merged_into: into };
  return type === 'UnitClosed' ? { ...before, revision, closed: true } : null;
}

/** The tree as it stood at a position, with the names of then. */
export const unitsAt = (database: Database, position: bigint): Promise<UnitTree> => treeAt(database, position, 'p.position <= $1');

/** As `unitsAt`, with what was registered later as it was registered: of a time that lies before the log. */
export const unitsAtOrFirst = (database: Database, position: bigint): Promise<UnitTree> =>
  treeAt(database, position, `(p.position <= $1 OR p.revision = 0)`);

async function treeAt(database: Database, position: bigint, known: string): Promise<UnitTree> {
  const { rows } = await database.pool.query<{ unit: string; name: string; level: string; parent: string | null; closed: boolean; merged_into: string | null }>(
    `SELECT DISTINCT ON (p.unit) p.unit, p.name, p.level, p.parent, p.closed, p.merged_into FROM views.past_units p
     WHERE ${known} ORDER BY p.unit, p.revision DESC`,
    [String(position)],
  );
  return new UnitTree(
    rows.map(({ unit: id, name, level, parent, closed, merged_into: mergedInto }) => ({ id, name, level: levelOf(level), parent, closed, mergedInto })),
  );
} // prettier-ignore

const levelOf = (text: string): Level => levels.find((level) => level === text) ?? 'unit';
