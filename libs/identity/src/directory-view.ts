import type { RecordedEvent } from '#event-store';
import type { Transaction } from '#platform';
import type { TableName, View } from '#processors';
import type { DelegationEvent } from './delegations.js';
import type { PersonEvent } from './person.js';
import type { UnitEvent } from './unit.js';

/** The channel on which a process is told that units, roles or delegations have changed. */
export const directoryChannel = 'tinhgon_directory';

/** Units, what people may do where, and who acts for whom, as they stand now. */
export const directoryView: View = {
  name: 'directory',
  codeVersion: '3',
  prefixes: ['unit-', 'person-', 'delegation-'],
  readsMetadata: false,
  tables: ['units', 'roles', 'homes', 'clearances', 'erased', 'delegations'],
  create: async (transaction, table) => {
    await transaction.query(`
      -- position: of the newest event that changed the row, so that an older one which comes again changes nothing.
      CREATE TABLE ${table('units')} (
        id uuid PRIMARY KEY, name text NOT NULL, level text NOT NULL, parent uuid, closed boolean NOT NULL, merged_into uuid, position bigint NOT NULL
      );
      CREATE TABLE ${table('roles')} (
        person uuid, role text, unit uuid, since date, until date, revoked boolean NOT NULL,
        -- The first is what the person is shown as.
        place bigint NOT NULL,
        position bigint NOT NULL,
        PRIMARY KEY (person, role, unit)
      );
      -- Where people are looked after while they hold no role.
      CREATE TABLE ${table('homes')} (person uuid PRIMARY KEY, unit uuid NOT NULL, position bigint NOT NULL);
      CREATE TABLE ${table('clearances')} (person uuid PRIMARY KEY, clearance text NOT NULL, position bigint NOT NULL);
      -- What stands about them in the database is removed.
      CREATE TABLE ${table('erased')} (person uuid PRIMARY KEY, position bigint NOT NULL);
      CREATE TABLE ${table('delegations')} (
        id uuid PRIMARY KEY, "from" uuid NOT NULL, "to" uuid NOT NULL,
        -- Null is every action.
        actions text[],
        starts_on date NOT NULL, ends_on date NOT NULL, reason text NOT NULL, revoked boolean NOT NULL
      );
    `);
  },
  index: () => Promise.resolve(),
  writer: (table) => ({
    apply: async (transaction, events) => {
      // Few change, and seldom: one statement for each keeps it plain.
      for (const event of events) await applyOne(transaction, table, event);
      await transaction.query('SELECT pg_notify($1, $2)', [directoryChannel, '']);
    },
    forget: () => undefined,
  }),
};

async function applyOne(transaction: Transaction, table: TableName, { stream, type, data, position }: RecordedEvent): Promise<void> {
  const id = stream.slice(stream.indexOf('-') + 1);
  const at = String(position);
  const run = async (text: string, ...values: readonly unknown[]): Promise<void> => {
    await transaction.query(text, [...values]);
  };
  const event = { type, data } as UnitEvent | PersonEvent | DelegationEvent;
  switch (event.type) {
    case 'UnitRegistered': {
      const { name, level, parent } = event.data;
      return run(
        `INSERT INTO ${table('units')} VALUES ($1, $2, $3, $4, false, NULL, $5) ON CONFLICT DO NOTHING`,
        id,
        name,
        level,
        parent,
        at,
      );
    }
    case 'UnitRenamed':
      return run(`UPDATE ${table('units')} SET name = $2, position = $3 WHERE id = $1 AND position < $3`, id, event.data.name, at);
    case 'UnitMoved':
      // Two moves at the same moment, each right by itself, may close a ring; the later one then changes nothing.
      return run(
        `WITH RECURSIVE above AS (
           SELECT id, parent FROM ${table('units')} WHERE id = $2
           UNION SELECT u.id, u.parent FROM ${table('units')} u JOIN above a ON u.id = a.parent
         ) UPDATE ${table('units')} SET parent = $2, position = $3
         WHERE id = $1 AND position < $3 AND NOT EXISTS (SELECT FROM above WHERE id = $1)`,
        ...[id, event.data.parent, at],
      );
    case 'UnitMerged':
      return run(`UPDATE ${table('units')} SET closed = true, merged_into = $2, position = $3 WHERE id = $1`, id, event.data.into, at);
    case 'UnitClosed':
      return run(`UPDATE ${table('units')} SET closed = true, position = $2 WHERE id = $1`, id, at);
    case 'PersonRegistered': {
      const { unit } = event.data;
      return unit === undefined ? undefined : run(homeStatement(table), id, unit, at);
    }
    case 'RoleGranted': {
      const { role, unit, from = null, to = null } = event.data;
      return run(
        `INSERT INTO ${table('roles')} AS r VALUES ($1, $2, $3, $4, $5, false, $6, $6)
         ON CONFLICT (person, role, unit) DO UPDATE SET since = excluded.since, until = excluded.until, revoked = false,
           place = CASE WHEN r.revoked THEN excluded.place ELSE r.place END, position = excluded.position
         WHERE r.position < excluded.position`,
        ...[id, role, unit, from, to, at],
      );
    }
    case 'RoleRevoked':
      await run(homeStatement(table), id, event.data.unit, at);
      return run(
        `UPDATE ${table('roles')} SET revoked = true, position = $4 WHERE person = $1 AND role = $2 AND unit = $3 AND position < $4`,
        ...[id, event.data.role, event.data.unit, at],
      );
    case 'ClearanceGranted':
      return run(
        `INSERT INTO ${table('clearances')} AS c VALUES ($1, $2, $3)
         ON CONFLICT (person) DO UPDATE SET clearance = excluded.clearance, position = excluded.position WHERE c.position < excluded.position`,
        ...[id, event.data.clearance, at],
      );
    case 'PersonErased':
      return run(`INSERT INTO ${table('erased')} VALUES ($1, $2) ON CONFLICT DO NOTHING`, id, at);
    case 'DelegationGranted': {
      const { from, to, actions, startsOn, endsOn, reason } = event.data;
      return run(
        `INSERT INTO ${table('delegations')} VALUES ($1, $2, $3, $4, $5, $6, $7, false) ON CONFLICT DO NOTHING`,
        ...[event.data.id, from, to, actions === 'all' ? null : actions, startsOn, endsOn, reason],
      );
    }
    case 'DelegationRevoked':
      return run(`UPDATE ${table('delegations')} SET revoked = true WHERE id = $1`, event.data.id);
  }
}

const homeStatement = (table: TableName): string =>
  `INSERT INTO ${table('homes')} AS h VALUES ($1, $2, $3)
   ON CONFLICT (person) DO UPDATE SET unit = excluded.unit, position = excluded.position WHERE h.position < excluded.position`;
