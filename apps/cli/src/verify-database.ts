import { verifyDatabase } from '#audit';
import { openEventStore } from '#event-store';
import { Opened, openDatabase } from '#platform';
import type { Config } from '#platform';
import { interruptible } from './interruption.js';
import type { Verified } from './verifying.js';

/** Holds the log of an installation against its tree, both ways; writes nothing. @throws Error with a sentence where it cannot be looked at */
export async function verifyLogAgainstTree(config: Config, key: string | undefined): Promise<Verified> {
  return interruptible(async (signal) => {
    const opened = new Opened();
    try {
      const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir });
      opened.add(() => database.close());
      const { rows } = await database.pool.query<{ found: boolean }>(`SELECT to_regclass('audit.tree') IS NOT NULL AS found`);
      if (rows[0]?.found !== true) throw new Error('There is no tree in this database: nothing of the log was ever sealed.');
      const store = await openEventStore(database, { ...config, isPrepared: true });
      opened.add(() => store.close());
      const { verdict, size, events, unsealed } = await verifyDatabase({ store, database }, { ...(key !== undefined && { key }), signal });
      const notSealed = unsealed > 0 ? `, ${String(unsealed)} events not sealed yet` : '';
      return { verdict, about: `${String(events)} events in the log, ${String(size)} leaves in the tree${notSealed}.` };
    } finally {
      await opened.close();
    }
  });
}
