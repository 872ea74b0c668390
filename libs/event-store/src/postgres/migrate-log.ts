import { migrate } from '#platform';
import type { Database } from '#platform';

const files = ['001-log.sql', '002-append.sql', '003-append-as-expected.sql', '004-appending-role.sql'];

/** Brings the schema `event_log` up to date. */
export const migrateLog = (database: Database): Promise<void> =>
  migrate(
    database,
    'event_log',
    files.map((name) => ({ name, url: new URL(name, import.meta.url) })),
  );

/** What a role needs to read the log and to append to it, which lets it change nothing. @param role A name, quoted */
export const grantsOfLog = (role: string): string => `
  REVOKE ALL ON ALL TABLES IN SCHEMA event_log FROM ${role};
  GRANT USAGE ON SCHEMA event_log TO ${role};
  GRANT SELECT ON event_log.events, event_log.head TO ${role};
  GRANT EXECUTE ON FUNCTION event_log.append, event_log.append_as_expected TO ${role}`;
