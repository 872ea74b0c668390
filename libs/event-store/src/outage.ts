import { DatabaseUnavailable } from '#platform';
import type { Database } from '#platform';
import { Unavailable } from './errors.js';
import type { EventStore } from './event-store.js';

const patienceMs = 2_000;

/** Why commands and queries cannot be served now, in a sentence: the database or the log does not answer within two seconds. Null when both do. */
export async function outage(database: Database, store: Pick<EventStore, 'head'>): Promise<string | null> {
  const reasons = await Promise.all([
    reasonOf(writable(database), 'The database does not answer.'),
    reasonOf(store.head(), 'The event store does not answer.'),
  ]);
  return reasons.find((reason) => reason !== null) ?? null;
}

async function reasonOf(answer: Promise<unknown>, otherwise: string): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error('late')), patienceMs)));
  try {
    await Promise.race([answer, late]);
    return null;
  } catch (error) {
    return error instanceof DatabaseUnavailable || error instanceof Unavailable ? error.message : otherwise;
  } finally {
    clearTimeout(timer);
    answer.catch(() => undefined);
  }
}

async function writable(database: Database): Promise<void> {
  const client = await database.connect();
  let broken = true;
  try {
    await client.query('SELECT 1');
    broken = false;
  } finally {
    client.release(broken && !database.embedded);
  }
}
