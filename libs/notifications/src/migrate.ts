import { migrate } from '#platform';
import type { Database } from '#platform';

/** Brings the schema `notifications` up to date. */
export async function migrateNotifications(database: Database): Promise<void> {
  const files = ['0001-webhooks.sql', '0002-inbox.sql', '0003-digests.sql', '0004-read-up-to.sql', '0005-paused-until.sql'];
  await migrate(
    database,
    'notifications',
    files.map((name) => ({ name, url: new URL(name, import.meta.url) })),
  );
}
