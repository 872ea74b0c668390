import { migrate } from '#platform';
import type { Database } from '#platform';

/** Makes the tables of the tree where they are not there. */
export const migrateAudit = (database: Database): Promise<void> =>
  migrate(database, 'audit', [{ name: '001-audit.sql', url: new URL('001-audit.sql', import.meta.url) }]);
