import { migrate } from '#platform';
import type { Database } from '#platform';

/** Makes the tables of the tree where they are not there. */
export const migrateAudit = (database: Database): Promise<void> =>
  migrate(
    database,
    'audit',
    ['001-audit.sql', '002-bundles.sql'].map((name) => ({ name, url: new URL(name, import.meta.url) })),
  );
