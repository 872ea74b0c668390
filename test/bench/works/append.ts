import { NO_STREAM, PostgresEventStore } from '#event-store';
import { openDatabase } from '#platform';
import { bareInsert, connections, emmettAppend } from '../baselines.js';
import { row, sideBySide } from '../measure.js';
import type { Row } from '../measure.js';
import { registration } from '../samples.js';
import type { Server } from '../server.js';

/** One event to a stream of its own, so many appends in flight. */
export async function append(server: Server, inFlight: number): Promise<Row> {
  const database = await openDatabase({ url: await server.database(), dataDir: '' });
  const store = await PostgresEventStore.open(database);
  const bare = await bareInsert(await server.database());
  const emmett = await emmettAppend(await server.database());
  try {
    const rates = await sideBySide(
      {
        ours: (index) => {
          const event = registration(index);
          return store.append(`procedure-${event.id}`, [event], { expected: NO_STREAM });
        },
        'bare-insert': bare.once,
        emmett: emmett.once,
      },
      { inFlight },
    );
    const { ours, ...baselines } = rates;
    const bytes = Buffer.byteLength(JSON.stringify(registration(1)));
    return row(`append-${String(inFlight)}`, 'events/s', ours, baselines, { eventBytes: bytes, baselineConnections: connections });
  } finally {
    await Promise.all([bare.close(), emmett.close()]);
    await store.close();
    await database.close();
  }
}
