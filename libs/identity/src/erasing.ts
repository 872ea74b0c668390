import { createHash } from 'node:crypto';
import type { Database, Transaction } from '#platform';
import type { Reaction } from '#processors';
import { directoryChannel, directoryView } from './directory-view.js';

/** Removes what another room keeps about the person, in the transaction in which all of it goes. */
export type Removal = (transaction: Transaction, person: string) => Promise<void>;

/** Rows of these are about one person alone. What names them by their id beside what was done stays: ids stand in the log for ever. */
const tables = [
  'person_versions',
  'accounts',
  'sessions',
  'devices',
  'external_identities',
  'subject_ids',
  'saved_views',
  'preferences',
] as const;

/**
 * Removes what stands in the database about people who were erased, because the log says that they were: again until it is done, and again
 * where it came back, as with an older backup or a table that was copied.
 */
export function erasing(database: Database, removals: readonly Removal[]): Reaction {
  return {
    name: 'erasing',
    view: directoryView.name,
    round: async ({ signal }) => {
      for (const person of await stillKnown(database)) {
        signal.throwIfAborted();
        await database.transaction(async (transaction) => {
          await removePerson(transaction, person);
          for (const remove of removals) await remove(transaction, person);
        });
      }
    },
  };
}

/** Who was erased, in the order of the log. */
export async function erasedPeople({ pool }: Database): Promise<readonly { readonly person: string; readonly position: bigint }[]> {
  const { rows } = await pool.query<{ person: string; position: string }>('SELECT person, position FROM views.erased ORDER BY position');
  return rows.map(({ person, position }) => ({ person, position: BigInt(position) }));
}

/**
 * Who was erased and may still be known here. Whoever was let in just before may write a moment after, so what was removed is looked at again
 * for ten minutes, which is longer than any request takes.
 */
async function stillKnown({ pool }: Database): Promise<readonly string[]> {
  const { rows } = await pool.query<{ person: string }>(
    `SELECT v.person FROM views.erased v LEFT JOIN identity.erasures e USING (person)
     WHERE e.person IS NULL OR e.removed_at > now() - interval '10 minutes'
       OR EXISTS (SELECT FROM identity.person_versions p WHERE p.person = v.person)
       OR EXISTS (SELECT FROM identity.accounts a WHERE a.person = v.person)
     ORDER BY v.position`,
  );
  return rows.map(({ person }) => person);
}

async function removePerson(transaction: Transaction, person: string): Promise<void> {
  // Before rows that point at it, as those who write them lock it.
  await transaction.query('SELECT FROM identity.people WHERE id = $1 FOR UPDATE', [person]);
  const { rows } = await transaction.query<{ username: string }>('SELECT username FROM identity.accounts WHERE person = $1', [person]);
  // Wrong passwords that were counted against the name are nothing to whoever has it next.
  for (const { username } of rows)
    await transaction.query('DELETE FROM identity.sign_in_names WHERE username_sha256 = $1', [
      createHash('sha256').update(username).digest(),
    ]);
  let removed = 0;
  for (const table of tables)
    removed += (await transaction.query(`DELETE FROM identity.${table} WHERE person = $1`, [person])).rowCount ?? 0;
  await transaction.query('INSERT INTO identity.erasures (person) VALUES ($1) ON CONFLICT DO NOTHING', [person]);
  if (removed > 0) await transaction.query('SELECT pg_notify($1, $2)', [directoryChannel, '']);
}

/** Whether what stood about somebody of that id was removed here: then nothing is stored of them again. */
export async function wasErased(transaction: Transaction, person: string): Promise<boolean> {
  const { rows } = await transaction.query('SELECT FROM identity.erasures WHERE person = $1', [person]);
  return rows.length > 0;
}

/** Whether they made a key of a program that is good: whoever has it could go on with it, and nobody would know who that is. */
export async function holdsKeys(transaction: Transaction, person: string, today: string): Promise<boolean> {
  const { rows } = await transaction.query(
    `SELECT FROM identity.service_keys k JOIN identity.service_accounts a ON a.person = k.account
     WHERE coalesce(k.made_by, a.made_by) = $1 AND a.revoked_at IS NULL AND (a.expires_on IS NULL OR a.expires_on >= $2)
       AND (k.ends_at IS NULL OR k.ends_at > now()) LIMIT 1`,
    [person, today],
  );
  return rows.length > 0;
}
