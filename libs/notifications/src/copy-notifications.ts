import { copyTable, copying } from '#identity';
import type { Database } from '#platform';
import { migrateNotifications } from './migrate.js';

const tables = ['notifications.settings', 'notifications.read', 'notifications.read_up_to', 'notifications.mailed'] as const;

/**
 * Copies what belongs to people: where they want mail, what they have read and what was mailed to them, all or nothing. Codes that were
 * not used and the record of deliveries stay behind.
 * @throws PeopleThere
 */
export async function copyNotifications(source: Database, target: Database): Promise<void> {
  await migrateNotifications(target);
  await copying(source, target, async (from, to) => {
    for (const table of tables) await copyTable(from, to, table);
  });
}
