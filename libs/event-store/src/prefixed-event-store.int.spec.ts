import { rm } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { openDatabase } from '#platform';
import { StreamNotFound } from './errors.js';
import { NO_STREAM } from './event-store.js';
import { PostgresEventStore } from './postgres/postgres-event-store.js';
import { PrefixedEventStore } from './prefixed-event-store.js';
import { eventStoreContract } from './testing/event-store-contract.js';
import { anEvent } from './testing/events.js';
import { newDataFolder } from '../../../test/support/data-folder.js';

async function open() {
  const dataDir = await newDataFolder('prefix');
  const database = await openDatabase({ dataDir });
  const whole = await PostgresEventStore.open(database);
  return {
    whole,
    store: new PrefixedEventStore(whole, 'navy%_'),
    close: async () => {
      await whole.close();
      await database.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

describe('PrefixedEventStore', () => {
  eventStoreContract(open);

  it('shows nobody what stands under another prefix', async () => {
    const { whole, store, close } = await open();
    const other = new PrefixedEventStore(whole, 'army-');
    await other.append('thing-1', [anEvent()], { expected: NO_STREAM });
    await store.append('thing-1', [anEvent()], { expected: NO_STREAM });
    await expect(store.read('thing-2')).rejects.toEqual(new StreamNotFound('thing-2'));
    for (const one of [store, other]) {
      const { events, caughtUp } = await one.readAll({ from: null, limit: 10 });
      expect(events.map(({ stream, revision }) => [stream, revision])).toEqual([['thing-1', 0]]);
      expect(caughtUp).toBe(true);
    }
    expect((await whole.readAll({ from: null, limit: 10 })).events.map(({ stream }) => stream)).toEqual(['army-thing-1', 'navy%_thing-1']);
    await close();
  });
});
