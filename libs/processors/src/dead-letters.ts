import type { EventStore, RecordedEvent } from '#event-store';
import { isDatabaseOutage, messageOf } from '#platform';
import type { Database, Transaction } from '#platform';
import type { ViewVersion } from './view.js';

/** An event that is not in a view: it failed (dead), waits for one that did (parked), or was given up (discarded). */
export interface DeadLetter {
  readonly processor: string;
  readonly stream: string;
  readonly position: bigint;
  readonly revision: number;
  readonly eventId: string;
  readonly error: string | null;
  readonly at: Date;
  readonly status: 'dead' | 'parked' | 'discarded';
}

interface Row extends Omit<DeadLetter, 'position'> {
  readonly position: string;
}

/** The letters of the version that serves, in order of position. */
export async function deadLetters(database: Database, processor?: string): Promise<readonly DeadLetter[]> {
  const { rows } = await database.pool.query<Row>(
    `SELECT l.processor, l.stream, l.position, l.revision, l.event_id AS "eventId", l.error, l.at, l.status
     FROM processors.dead_letters l JOIN processors.processors p ON p.name = l.processor AND p.version = l.version
     WHERE $1::text IS NULL OR l.processor = $1 ORDER BY l.position`,
    [processor ?? null],
  );
  return rows.map((row) => ({ ...row, position: BigInt(row.position) }));
}

/** Whether events of the stream are not in the view, or in the version of it that is being built. */
export async function hasLetters(database: Database, processor: string, stream: string): Promise<boolean> {
  const { rowCount } = await database.pool.query(
    `SELECT 1 FROM processors.dead_letters WHERE processor = $1 AND stream = $2 AND status <> 'discarded' LIMIT 1`,
    [processor, stream],
  );
  return rowCount === 1;
}

/** Applies events; those of a blocked stream are parked. Throws when one cannot be applied. */
export async function applyTogether(
  transaction: Transaction,
  target: ViewVersion,
  events: readonly RecordedEvent[],
  blocked: ReadonlySet<string>,
): Promise<void> {
  if (blocked.size === 0) return target.writer.apply(transaction, events);
  const passing = events.filter(({ stream }) => !blocked.has(stream));
  if (passing.length > 0) await target.writer.apply(transaction, passing);
  for (const event of events) if (blocked.has(event.stream)) await putAside(transaction, target, event, 'parked', null);
}

/** Applies events one by one; one that fails becomes a dead letter and blocks its stream, and no other. Answers the dead ones. */
export async function applyOneByOne(
  transaction: Transaction,
  target: ViewVersion,
  events: readonly RecordedEvent[],
  blocked: ReadonlySet<string>,
): Promise<readonly RecordedEvent[]> {
  const now = new Set(blocked);
  const dead: RecordedEvent[] = [];
  for (const event of events) {
    if (now.has(event.stream)) {
      await putAside(transaction, target, event, 'parked', null);
      continue;
    }
    await transaction.query('SAVEPOINT one_event');
    try {
      await target.writer.apply(transaction, [event]);
      await transaction.query('RELEASE SAVEPOINT one_event');
    } catch (error) {
      if (isDatabaseOutage(error)) throw error;
      await transaction.query('ROLLBACK TO SAVEPOINT one_event');
      target.writer.forget();
      now.add(event.stream);
      dead.push(event);
      await putAside(transaction, target, event, 'dead', messageOf(error));
    }
  }
  return dead;
}

/** The stream's dead and parked events, in order. */
export async function waitingIn(
  database: Database,
  store: EventStore,
  { view, version }: ViewVersion,
  stream: string,
): Promise<readonly RecordedEvent[]> {
  const { rows } = await database.pool.query<{ position: string; revision: number }>(
    `SELECT position, revision FROM processors.dead_letters
     WHERE processor = $1 AND version = $2 AND stream = $3 AND status <> 'discarded' ORDER BY position`,
    [view.name, version, stream],
  );
  const [first] = rows;
  if (!first) return [];
  const waiting = new Set(rows.map(({ position }) => position));
  return (await store.read(stream, { from: first.revision })).filter(({ position }) => waiting.has(String(position)));
}

/** Applies events of the stream that were put aside, as far as they go. Answers what died again. */
export async function applyAgain(
  transaction: Transaction,
  target: ViewVersion,
  stream: string,
  waiting: readonly RecordedEvent[],
): Promise<readonly RecordedEvent[]> {
  await transaction.query(
    `DELETE FROM processors.dead_letters WHERE processor = $1 AND version = $2 AND stream = $3 AND position = ANY ($4)`,
    [target.view.name, target.version, stream, waiting.map(({ position }) => String(position))],
  );
  return applyOneByOne(transaction, target, waiting, new Set());
}

/** Gives up a dead event for good. */
export async function discardEvent(
  transaction: Transaction,
  { view, version }: ViewVersion,
  stream: string,
  position: bigint,
): Promise<void> {
  await transaction.query(
    `UPDATE processors.dead_letters SET status = 'discarded', at = now()
     WHERE processor = $1 AND version = $2 AND stream = $3 AND position = $4 AND status = 'dead'`,
    [view.name, version, stream, String(position)],
  );
}

/** Positions that were given up in any version: a rebuild leaves them out too. */
export async function discardedPositions(database: Database, processor: string): Promise<ReadonlySet<bigint>> {
  const { rows } = await database.pool.query<{ position: string }>(
    `SELECT DISTINCT position FROM processors.dead_letters WHERE processor = $1 AND status = 'discarded'`,
    [processor],
  );
  return new Set(rows.map(({ position }) => BigInt(position)));
}

async function putAside(
  transaction: Transaction,
  { view, version }: ViewVersion,
  { stream, position, revision, id }: RecordedEvent,
  status: 'dead' | 'parked',
  error: string | null,
): Promise<void> {
  await transaction.query(
    `INSERT INTO processors.dead_letters (processor, version, stream, position, revision, event_id, error, status)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (processor, version, position) DO UPDATE SET error = excluded.error, status = excluded.status`,
    [view.name, version, stream, String(position), revision, id, error, status],
  );
}
