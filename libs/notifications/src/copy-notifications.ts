import { copyTable } from '#identity';
import type { Database } from '#platform';
import { migrateNotifications } from './migrate.js';

const tables = [
  ['notifications.settings', 'person'],
  ['notifications.read', 'person, event'],
  ['notifications.read_up_to', 'person, role, unit'],
  ['notifications.mailed', 'person, event'],
] as const;

/**
 * Copies what belongs to people: where they want mail, what they have read and what was mailed to them, all or nothing. Codes that were
 * not used and the record of deliveries stay behind.
 * @throws PeopleThere
 */
export async function copyNotifications(source: Database, target: Database): Promise<void> {
  await migrateNotifications(target);
  await target.transaction(async (transaction) => {
    for (const [table, order] of tables) await copyTable(source, transaction, table, order);
  });
}
