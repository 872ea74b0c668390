import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { PostgresEventStore, StateCache, handle } from '#event-store';
import type { Decider } from '#event-store';
import { openDatabase } from '#platform';

// Appends until it is killed: `node writer.js <data folder or database URL>`. One line per acknowledged command.
const target = process.argv[2] ?? '';
const isUrl = target.includes('://');
const database = await openDatabase({ dataDir: target, url: isUrl ? target : undefined });
const store = await PostgresEventStore.open(database);

interface Counted {
  readonly type: 'Counted';
  readonly data: { readonly by: number };
}
const counter: Decider<{ readonly by: number }, number, Counted> = {
  initial: 0,
  decide: ({ by }) => [
    { type: 'Counted', data: { by } },
    { type: 'Counted', data: { by: -by } },
  ],
  evolve: (sum, { data }) => sum + data.by,
};

async function work(writer: number): Promise<never> {
  const cache = new StateCache<number>();
  for (let count = 0; ; count++) {
    const commandId = randomUUID();
    const actor = { id: randomUUID(), version: 1, commitment: 'c'.repeat(64), role: 'officer', unit: randomUUID() };
    const metadata = { commandId, requestHash: 'a'.repeat(64), $correlationId: commandId, $causationId: commandId, actor };
    // Half the commands share a stream with another writer, so that conflicts are retried too.
    const stream = count % 2 ? `crash-${randomUUID()}` : `crash-shared-${writer >> 1}`;
    await handle({ store, decider: counter, stream, command: { by: count }, metadata, cache });
    // Written at once and in one piece: what the reader has seen was acknowledged.
    writeSync(1, `${commandId}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, (_, writer) => work(writer)));
