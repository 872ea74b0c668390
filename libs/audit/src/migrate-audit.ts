import { migrate } from '#platform';
import type { Database } from '#platform';

/** Makes the tables of the tree where they are not there. */
export const migrateAudit = (database: Database): Promise<void> =>
  migrate(
    database,
    'audit',
    ['001-audit.sql', '002-bundles.sql', '003-sealing-role.sql', '004-erasures.sql', '005-procedures-of-bundles.sql'].map((name) => ({
      name,
      url: new URL(name, import.meta.url),
    })),
  );

/**
 * What a role needs to read the tree, to seal and to have it cosigned: what was sealed and signed it cannot change. Of a moved log it notes where
 * the events stand, and salts it deletes, as an erasure does. @param role A name, quoted
 */
export const grantsOfTree = (role: string): string => `
  REVOKE ALL ON ALL TABLES IN SCHEMA audit FROM ${role};
  GRANT USAGE ON SCHEMA audit TO ${role};
  GRANT SELECT ON ALL TABLES IN SCHEMA audit TO ${role};
  GRANT EXECUTE ON FUNCTION audit.seal TO ${role};
  GRANT UPDATE (position) ON audit.leaves TO ${role};
  GRANT UPDATE (matched, position) ON audit.tree TO ${role};
  GRANT DELETE ON audit.salts TO ${role};
  GRANT INSERT ON audit.erasures TO ${role};
  GRANT INSERT, UPDATE (is_witnessed) ON audit.checkpoints TO ${role};
  GRANT INSERT, UPDATE (line, signed_at) ON audit.cosignatures TO ${role};
  GRANT INSERT, DELETE ON audit.bundles TO ${role}`;
