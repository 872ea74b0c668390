import type { Transaction } from '#platform';

/** A leaf as the database of an installation holds it, with what it was made with. */
export interface StoredLeaf {
  readonly index: number;
  /** Of its event in this log; null until a moved tree was held against it. */
  readonly position: bigint | null;
  readonly eventId: string;
  /** Canonical JSON. */
  readonly entry: string;
  /** 32 octets; null once erased. */
  readonly salt: Buffer | null;
}

interface Row {
  readonly index: string;
  readonly position: string | null;
  readonly event_id: string;
  readonly entry: string;
  readonly salt: Buffer | null;
}

const columns = 'l.index, l.position, l.event_id, l.entry, s.salt';

/** Leaves from `from` on, `limit` of them, in order of index. */
export async function leavesFrom(database: Transaction, from: number, limit: number): Promise<readonly StoredLeaf[]> {
  const { rows } = await database.query<Row>({
    name: 'audit-leaves-from',
    text: `SELECT ${columns} FROM audit.leaves l LEFT JOIN audit.salts s USING (index) WHERE l.index >= $1 AND l.index < $2 ORDER BY l.index`,
    values: [from, from + limit],
  });
  return rows.map(toLeaf);
}

/** Leaves of the events with this id, in order of index. */
export async function leavesOfEvent(database: Transaction, id: string): Promise<readonly StoredLeaf[]> {
  const { rows } = await database.query<Row>({
    name: 'audit-leaves-of-event',
    text: `SELECT ${columns} FROM audit.leaves l LEFT JOIN audit.salts s USING (index) WHERE l.event_id = $1 ORDER BY l.index`,
    values: [id],
  });
  return rows.map(toLeaf);
}

/** Under which index the event of a position or id was sealed; null where it was not. */
export async function indexOf(
  database: Transaction,
  event: { readonly position: bigint } | { readonly id: string },
): Promise<number | null> {
  const [column, value] = 'position' in event ? ['position', String(event.position)] : ['event_id', event.id];
  const { rows } = await database.query<{ index: string }>(
    `SELECT l.index FROM audit.leaves l WHERE l.${column} = $1 ORDER BY l.index LIMIT 1`,
    [value],
  );
  return rows[0] ? Number(rows[0].index) : null;
}

const toLeaf = ({ index, position, event_id: eventId, entry, salt }: Row): StoredLeaf => ({
  ...{ index: Number(index), eventId, entry, salt },
  position: position === null ? null : BigInt(position),
});

/** Leaves of the events at these positions, in order of index. */
export async function leavesAt(database: Transaction, positions: readonly bigint[]): Promise<readonly StoredLeaf[]> {
  const { rows } = await database.query<Row>({
    name: 'audit-leaves-at',
    text: `SELECT ${columns} FROM audit.leaves l LEFT JOIN audit.salts s USING (index) WHERE l.position = ANY ($1::bigint[]) ORDER BY l.index`,
    values: [positions.map(String)],
  });
  return rows.map(toLeaf);
}
