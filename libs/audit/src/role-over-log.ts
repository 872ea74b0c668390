import { ownNamesOnly } from '#platform';
import type { Database } from '#platform';

/** What no role but the owner's may do; `writable` are columns in which nothing stands that is proven. */
const guarded = [
  { table: 'event_log.events', never: 'INSERT, DELETE, TRUNCATE, TRIGGER', writable: [] },
  { table: 'event_log.head', never: 'INSERT, DELETE, TRUNCATE, TRIGGER', writable: [] },
  { table: 'audit.tree', never: 'INSERT, DELETE, TRUNCATE, TRIGGER', writable: ['matched', 'position'] },
  { table: 'audit.leaves', never: 'INSERT, DELETE, TRUNCATE, TRIGGER', writable: ['position'] },
  { table: 'audit.tiles', never: 'INSERT, DELETE, TRUNCATE, TRIGGER', writable: [] },
  { table: 'audit.salts', never: 'INSERT, TRUNCATE, TRIGGER', writable: [] },
  { table: 'audit.checkpoints', never: 'DELETE, TRUNCATE, TRIGGER', writable: ['is_witnessed'] },
] as const;

const powerful = ['pg_execute_server_program', 'pg_write_server_files'];

/**
 * By what the role that is connected, or one that it can become, could change what is in the log or its tree; empty where it can only add.
 * Each is a few words, such as `owns event_log.events`. The first hundred.
 */
export async function waysToChangeLog(database: Database): Promise<readonly string[]> {
  const { rows } = await database.transaction(async (transaction) => {
    await transaction.query(ownNamesOnly);
    return transaction.query<{ way: string }>(
      `WITH roles AS (
       SELECT r.oid, r.rolsuper OR r.rolname = ANY ($2) OR (r.rolcreaterole AND current_setting('server_version_num')::integer < 160000) AS does_all
       FROM pg_roles r WHERE pg_has_role(r.oid, 'MEMBER')
     ), guarded AS (
       SELECT c.oid, g.name, g.never, ARRAY(SELECT json_array_elements_text(g.writable)) AS writable
       FROM json_to_recordset($1) AS g (name text, never text, writable json) JOIN pg_class c ON c.oid = to_regclass(g.name)
     )
     SELECT DISTINCT way FROM (
       SELECT 'may do anything on the server' AS way FROM roles WHERE does_all
       UNION ALL SELECT 'owns the database' FROM pg_database d JOIN roles r ON r.oid = d.datdba WHERE d.datname = current_database()
       UNION ALL SELECT format('owns the schema %I', n.nspname) FROM pg_namespace n JOIN roles r ON r.oid = n.nspowner WHERE n.nspname IN ('event_log', 'audit')
       UNION ALL SELECT 'owns ' || c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN roles r ON r.oid = c.relowner
         WHERE n.nspname IN ('event_log', 'audit') AND c.relkind IN ('r', 'p')
       UNION ALL SELECT 'owns ' || p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN roles r ON r.oid = p.proowner
         WHERE n.nspname IN ('event_log', 'audit')
       UNION ALL SELECT 'owns what a trigger runs on ' || c.oid::regclass FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
         JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_proc p ON p.oid = t.tgfoid JOIN roles r ON r.oid = p.proowner
         WHERE n.nspname IN ('event_log', 'audit') AND NOT t.tgisinternal
       UNION ALL SELECT format('may %s on %s', p.privilege, g.name) FROM guarded g CROSS JOIN unnest(string_to_array(g.never, ', ')) AS p (privilege)
         JOIN roles r ON has_table_privilege(r.oid, g.oid, p.privilege)
       UNION ALL SELECT format('may UPDATE %s of %s', a.attname, g.name) FROM guarded g JOIN pg_attribute a ON a.attrelid = g.oid AND a.attnum > 0
         JOIN roles r ON has_column_privilege(r.oid, g.oid, a.attnum, 'UPDATE') WHERE NOT a.attisdropped AND a.attname <> ALL (g.writable)
     ) AS ways ORDER BY way DESC LIMIT 100`,
      [JSON.stringify(guarded.map(({ table, ...rest }) => ({ name: table, ...rest }))), powerful],
    );
  });
  const all = rows.map(({ way }) => way);
  return all.includes('may do anything on the server') ? ['may do anything on the server'] : all;
}
