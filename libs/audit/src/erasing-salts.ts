import { readOrNothing } from '#event-store';
import type { EventStore } from '#event-store';
import type { Database } from '#platform';
import type { Reaction } from '#processors';
import { leavesOfEvent } from './stored-leaf.js';
import { readTreeState } from './tree.js';
import { erasureType } from './verifier/gaps.js';
import { utf8 } from './verifier/octets.js';
import { openLeaf } from './verifier/open-leaf.js';

/** Somebody who was erased, by the position of the event that says so. */
interface Erased {
  readonly person: string;
  readonly position: bigint;
}

/**
 * Erases the salts of what stands in the stream of a person before the event that erases them, once it is sealed: that event keeps its own, for
 * it is what permits the gap. Done again in a tree that was moved or set back. @param view From which `erased` reads
 */
export function erasingSalts({
  database,
  store,
  view,
  erased,
}: {
  readonly database: Database;
  readonly store: EventStore;
  readonly view: string;
  readonly erased: () => Promise<readonly Erased[]>;
}): Reaction {
  return {
    name: 'erasing-salts',
    view,
    round: async ({ signal }) => {
      const all = await erased();
      if (all.length === 0) return;
      const { rows } = await database.pool.query<{ person: string }>('SELECT person FROM audit.erasures');
      const done = new Set(rows.map(({ person }) => person));
      const { position: sealedTo } = await readTreeState(database.pool);
      for (const { person, position } of all)
        if (!done.has(person) && sealedTo !== null && position <= sealedTo) {
          signal.throwIfAborted();
          await eraseSalts(database, store, person);
        }
    },
  };
}

async function eraseSalts(database: Database, store: EventStore, person: string): Promise<void> {
  const stream = `person-${person}`;
  const events = await readOrNothing(store, stream);
  const erasure = events.find(({ type }) => type === erasureType);
  if (!erasure) return;
  const indices: number[] = [];
  for (const { id } of events.filter(({ revision }) => revision < erasure.revision))
    for (const { index, entry } of await leavesOfEvent(database.pool, id)) {
      const leaf = openLeaf(utf8(entry));
      if (!('head' in leaf) && leaf.stream === stream && leaf.revision < erasure.revision) indices.push(index);
    }
  await database.transaction(async (transaction) => {
    await transaction.query('DELETE FROM audit.salts WHERE index = ANY ($1::bigint[])', [indices]);
    await transaction.query('INSERT INTO audit.erasures (person) VALUES ($1) ON CONFLICT DO NOTHING', [person]);
  });
}
