import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { EventStoreDBClient, FORWARDS, jsonEvent, START } from '@eventstore/db-client';
import { NO_STREAM, openEventStore } from '#event-store';
import { openDatabase } from '#platform';
import { quantile, row, sideBySide } from '../measure.js';
import type { Row } from '../measure.js';
import { registerLive, send, signInAll, startProduct } from '../product.js';
import { registration } from '../samples.js';
import { seedLives } from '../seed.js';
import type { Server } from '../server.js';

const procedures = 10_000;
const eventsEach = 4;
const rounds = 3;

/** One event to a stream of its own through the adapter, beside the client's own `appendToStream`, to the same server. */
export async function eventStoreAppend(url: string, server: Server, inFlight: number): Promise<Row> {
  const streamPrefix = `bench-${randomUUID()}-`;
  const database = await openDatabase({ url: await server.database(), dataDir: '' });
  const store = await openEventStore(database, { eventStore: url, streamPrefix });
  const client = EventStoreDBClient.connectionString(url);
  try {
    const { ours, 'bare-client': bare } = await sideBySide(
      {
        ours: (index) => {
          const event = registration(index);
          return store.append(`procedure-${event.id}`, [event], { expected: NO_STREAM });
        },
        'bare-client': (index) => {
          const { id, type, data, metadata } = registration(index);
          const event = jsonEvent({ id, type, data: { ...data }, metadata: { ...metadata } });
          return client.appendToStream(`${streamPrefix}bare-${id}`, [event], { expectedRevision: 'no_stream' });
        },
      },
      { inFlight, rounds: 5 },
    );
    return row(`eventstore-append-${String(inFlight)}`, 'events/s', ours, { 'bare-client': bare });
  } finally {
    await store.close();
    await client.dispose();
    await database.close();
  }
}

/**
 * The register view rebuilt from the server's log, with everything that the server holds besides, beside the client's own
 * reading of that whole log. Both are counted in events of the log.
 */
export async function eventStoreCatchUp(eventStore: string, server: Server): Promise<Row> {
  const url = await server.database();
  const streamPrefix = `bench-${randomUUID()}-`;
  const product = await startProduct({ DATABASE_URL: url, DEMO: '1', EVENT_STORE: eventStore, STREAM_PREFIX: streamPrefix });
  const client = EventStoreDBClient.connectionString(eventStore);
  try {
    const [officer] = await signInAll(product.url, 'officer');
    const [administrator] = await signInAll(product.url, 'administrator');
    const { position } = await seedLives(url, { procedures, eventsEach, owningUnit: officer.unit, eventStore, streamPrefix });
    let { version } = await registerLive(product.url, administrator.token, { position });
    const [ours, bare]: [number[], number[]] = [[], []];
    let inLog = 0;
    for (let round = 0; round < rounds; round++) {
      let started = performance.now();
      inLog = 0;
      for await (const { event } of client.readAll({ direction: FORWARDS, fromPosition: START }))
        if (event?.streamId.startsWith('$') === false) inLog++;
      bare.push(inLog / ((performance.now() - started) / 1000));

      started = performance.now();
      await send(`${product.url}/api/v1/processors/register/rebuild`, administrator.token, {});
      ({ version } = await registerLive(product.url, administrator.token, { version: version + 1, position }));
      ours.push((procedures * eventsEach) / ((performance.now() - started) / 1000));
    }
    return row(
      'eventstore-catch-up',
      'events/s',
      quantile(ours, 0.5),
      { 'bare-read-all': quantile(bare, 0.5) },
      { events: procedures * eventsEach, inLog },
    );
  } finally {
    await product.stop();
    await client.dispose();
  }
}
