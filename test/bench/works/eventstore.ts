import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { EventStoreDBClient, FORWARDS, jsonEvent, START, streamNameFilter } from '@eventstore/db-client';
import { NO_STREAM, openEventStore } from '#event-store';
import { openDatabase } from '#platform';
import { quantile, row, sideBySide, sized } from '../measure.js';
import type { Row } from '../measure.js';
import { viewLive, send, signInAll, startProduct } from '../product.js';
import { registration } from '../samples.js';
import { seedLives } from '../seed.js';
import type { Server } from '../server.js';

const procedures = sized(10_000, 200);
const eventsEach = 4;
const rounds = sized(3, 1);

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
 * The register view rebuilt from the server's log, which may hold much besides, beside the client's own subscription to the
 * same events, which does nothing with them, and beside its reading of the whole log, counted in all events that it reads.
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
    let { version } = await viewLive(product.url, administrator.token, { position });
    const [ours, filtered, all]: [number[], number[], number[]] = [[], [], []];
    const events = procedures * eventsEach;
    const perSecond = (count: number, since: number): number => count / ((performance.now() - since) / 1000);
    let inLog = 0;
    for (let round = 0; round < rounds; round++) {
      let started = performance.now();
      inLog = 0;
      for await (const { event } of client.readAll({ direction: FORWARDS, fromPosition: START }))
        if (event?.streamId.startsWith('$') === false) inLog++;
      all.push(perSecond(inLog, started));

      started = performance.now();
      await subscribed(client, `${streamPrefix}procedure-`, events);
      filtered.push(perSecond(events, started));

      started = performance.now();
      await send(`${product.url}/api/v1/processors/register/rebuild`, administrator.token, {});
      ({ version } = await viewLive(product.url, administrator.token, { version: version + 1, position }));
      ours.push(perSecond(events, started));
    }
    return row(
      'eventstore-catch-up',
      'events/s',
      quantile(ours, 0.5),
      { 'bare-subscription': quantile(filtered, 0.5), 'bare-read-all': quantile(all, 0.5) },
      { events, inLog },
    );
  } finally {
    await product.stop();
    await client.dispose();
  }
}

/** Settles once so many events of the streams with that prefix were handed over. */
async function subscribed(client: EventStoreDBClient, prefix: string, count: number): Promise<void> {
  const subscription = client.subscribeToAll({
    fromPosition: START,
    filter: streamNameFilter({ prefixes: [prefix], maxSearchWindow: 500 }),
  });
  let seen = 0;
  for await (const { event } of subscription) if (event && ++seen === count) break;
  await subscription.unsubscribe();
}
