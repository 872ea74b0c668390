import type { RecordedEvent } from '#event-store';
import type { Transaction } from '#platform';
import type { TableName, View } from '#processors';
import { notifiedBy } from './notified.js';
import { Remembered } from './remembered.js';

/** What people are told, addressed to persons, and to roles at units whoever holds them when it is read. */
export const notificationsView: View = {
  name: 'notifications',
  codeVersion: '2',
  prefixes: ['procedure-', 'inquiry-', 'deadline-', 'claim-'],
  // Nobody is told what they did themselves, and only the metadata says who it was.
  readsMetadata: true,
  tables: ['notifications', 'notification_addresses', 'notification_procedures', 'notification_questions'],
  create: async (transaction, table) => {
    await transaction.query(`
      CREATE TABLE ${table('notifications')} (
        position bigint PRIMARY KEY, event uuid NOT NULL, type text NOT NULL, procedure uuid NOT NULL, task uuid,
        at timestamptz(3) NOT NULL,
        -- Who did it.
        actor uuid NOT NULL, data jsonb NOT NULL
      );
      CREATE TABLE ${table('notification_addresses')} (
        audience text, target uuid, position bigint, PRIMARY KEY (audience, target, position)
      );
      CREATE TABLE ${table('notification_procedures')} (
        id uuid PRIMARY KEY, revision integer NOT NULL, owning_unit uuid NOT NULL, proposers uuid[] NOT NULL, option_proposers uuid[] NOT NULL
      );
      CREATE TABLE ${table('notification_questions')} (id uuid PRIMARY KEY, procedure uuid NOT NULL, askers jsonb NOT NULL);
    `);
  },
  index: async (transaction, table) => {
    await transaction.query(`CREATE INDEX ON ${table('notifications')} (event)`);
  },
  writer: (table) => ({
    apply: async (transaction, events) => {
      const remembered = await Remembered.of(transaction, table, events);
      const rows = events.flatMap((event) => {
        const notified = notifiedBy(event, remembered);
        remembered.learn(event);
        return notified && notified.addresses.length > 0 ? [{ ...notified, ...placeOf(event) }] : [];
      });
      await remembered.save(transaction);
      if (rows.length > 0) await save(transaction, table, rows);
    },
    forget: () => undefined,
  }),
};

function placeOf({ id: event, position, recordedAt: at, metadata }: RecordedEvent): {
  readonly event: string;
  readonly position: string;
  readonly at: string;
  readonly actor: string;
} {
  return { event, position: String(position), at, actor: metadata.actor.id };
}

async function save(transaction: Transaction, table: TableName, rows: readonly object[]): Promise<void> {
  const given = JSON.stringify(rows);
  await transaction.query(
    `INSERT INTO ${table('notifications')}
     SELECT r.* FROM jsonb_to_recordset($1::jsonb)
       AS r(position bigint, event uuid, type text, procedure uuid, task uuid, at timestamptz, actor uuid, data jsonb)
     ON CONFLICT DO NOTHING`,
    [given],
  );
  await transaction.query(
    `INSERT INTO ${table('notification_addresses')}
     SELECT a.audience, a.target, r.position FROM jsonb_to_recordset($1::jsonb) AS r(position bigint, addresses jsonb),
       jsonb_to_recordset(r.addresses) AS a(audience text, target uuid)
     ON CONFLICT DO NOTHING`,
    [given],
  );
}
