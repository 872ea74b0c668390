import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { handle, metadataWithoutPerson, uuidv5 } from '#event-store';
import type { Decider, EventStore } from '#event-store';
import { migrate } from '#platform';
import type { Database, Transaction } from '#platform';
import type { Classification, HeldRole, Unit } from '#workflow';
import { clearanceGranted, person } from './person.js';
import type { PersonEvent, PersonState } from './person.js';
import type { UnitEvent } from './unit.js';
import { hashPassword, passwordFault } from './passwords.js';
import { wasErased } from './erasing.js';

/** What is needed to make somebody known and able to sign in. */
export interface NewPerson {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  /** Null for somebody who does not sign in here by password. */
  readonly passwordHash: string | null;
  readonly demo: boolean;
  readonly clearance: Classification;
  /** The first is what the person is shown as. */
  readonly roles: readonly HeldRole[];
}

/** The username belongs to somebody else. */
export class UsernameTaken extends Error {
  override readonly name = 'UsernameTaken';
  constructor(username: string) {
    super(`The username ${username} is taken; choose another one.`);
  }
}

/** An administrator cannot be made as asked; the message says why. */
export class InvalidAccount extends Error {
  override readonly name = 'InvalidAccount';
}

export const usernames = /^[a-z0-9][a-z0-9._-]{1,63}$/;
const namespace = 'b0c8f4de-2f0f-5a3e-9b5d-6f1d1c7e9a41';

/** Brings the schema `identity` up to date. */
export async function migrateIdentity(database: Database): Promise<void> {
  const files = [
    '001-identity.sql',
    '002-sessions.sql',
    '003-directory.sql',
    '004-security-event-subjects.sql',
    '005-devices.sql',
    '006-key-makers.sql',
    '007-subject-ids.sql',
    '008-personal.sql',
    '009-logged-security-events.sql',
    '010-erasures.sql',
  ];
  await migrate(
    database,
    'identity',
    files.map((name) => ({ name, url: new URL(name, import.meta.url) })),
  );
}

/** Makes the unit known. Safe to repeat after a crash at any point. */
export async function registerUnit(store: EventStore, { id, name, level, parent }: Unit): Promise<void> {
  await start(store, `unit-${id}`, [{ type: 'UnitRegistered', data: { name, level, parent } }]);
}

/**
 * Makes the person known and gives them an account. Safe to repeat after a crash at any point: the account comes last.
 * @throws UsernameTaken
 */
export async function registerPerson(database: Database, store: EventStore, account: NewPerson): Promise<void> {
  const { id, clearance, roles } = account;
  const commitment = await database.transaction((transaction) => storePerson(transaction, account));
  if (commitment === null) return;
  await start(store, `person-${id}`, [
    { type: 'PersonRegistered', data: { version: 1, commitment } },
    ...roles.map(({ role, unit }): PersonEvent => ({ type: 'RoleGranted', data: { role, unit } })),
    ...(clearance === 'none' ? [] : [{ type: 'ClearanceGranted', data: { clearance } } as const]),
  ]);
  await storeAccount(database.pool, account);
}

/** Stores the name; answers its commitment, that of an earlier attempt if there was one, and null where somebody of that id was erased. */
export async function storePerson(transaction: Transaction, { id, name, clearance }: NewPerson): Promise<string | null> {
  const salt = randomBytes(16);
  await transaction.query('INSERT INTO identity.people (id, version, clearance) VALUES ($1, 1, $2) ON CONFLICT (id) DO NOTHING', [
    id,
    clearance,
  ]);
  if (await wasErased(transaction, id)) return null;
  await transaction.query(
    'INSERT INTO identity.person_versions (person, version, name, salt, commitment) VALUES ($1, 1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [id, name, salt, createHash('sha256').update(salt).update(name, 'utf8').digest('hex')],
  );
  // An earlier attempt may have stored another salt, and the log must point at what is stored.
  const { rows } = await transaction.query<{ commitment: string }>(
    'SELECT commitment FROM identity.person_versions WHERE person = $1 AND version = 1',
    [id],
  );
  return rows[0]?.commitment ?? '';
}

/** Whether what stands under that id, if anything, is that name and username. */
export async function isStoredAs(transaction: Transaction, { id, name, username }: NewPerson): Promise<boolean> {
  const { rows } = await transaction.query<{ name: string; username: string | null }>(
    `SELECT v.name, a.username FROM identity.person_versions v LEFT JOIN identity.accounts a ON a.person = v.person
     WHERE v.person = $1 AND v.version = 1`,
    [id],
  );
  return rows.every((stored) => stored.name === name && (stored.username ?? username) === username);
}

/** @throws UsernameTaken */
export async function storeAccount(transaction: Transaction, { id, username, passwordHash, demo }: NewPerson): Promise<void> {
  const { rows } = await transaction.query<{ username: string }>(
    `INSERT INTO identity.accounts (person, username, password_hash, demo) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING username`,
    [id, username, passwordHash, demo],
  );
  if (rows.length > 0) return;
  const own = await transaction.query('SELECT 1 FROM identity.accounts WHERE person = $1 AND username = $2', [id, username]);
  if (own.rows.length === 0) throw new UsernameTaken(username);
}

/**
 * Makes an administrator of the ministry, and the ministry itself when there are no units yet. Nobody gives a clearance above their
 * own, so the highest begins here. (Default: topSecret)
 * @throws InvalidAccount, UsernameTaken
 */
export async function createAdministrator(
  database: Database,
  store: EventStore,
  account: { readonly username: string; readonly name: string; readonly password: string; readonly clearance?: Classification | undefined },
): Promise<void> {
  const { username, name, password, clearance = 'topSecret' } = account;
  if (!usernames.test(username))
    throw new InvalidAccount('A username has 2 to 64 of the characters a–z, 0–9, ".", "_" and "-", and starts with a letter or figure.');
  if (name.trim() === '' || name.length > 200) throw new InvalidAccount('A name must not be blank nor longer than 200 characters.');
  const fault = passwordFault(password, username);
  if (fault !== null) throw new InvalidAccount(fault.message);
  await migrateIdentity(database);
  const taken = await database.pool.query('SELECT 1 FROM identity.accounts WHERE username = $1', [username]);
  if (taken.rows.length > 0) throw new UsernameTaken(username);
  const unit = await ministryOf(database, store);
  await registerPerson(database, store, {
    id: randomUUID(),
    name: name.trim().normalize('NFC'),
    username,
    passwordHash: await hashPassword(password),
    demo: false,
    clearance,
    roles: [{ role: 'administrator', unit }],
  });
}

/** Says what somebody may see, as an installation begins: on the database itself, by its operator. @throws InvalidAccount */
export async function setClearanceOf(database: Database, store: EventStore, username: string, clearance: Classification): Promise<void> {
  await migrateIdentity(database);
  const { rows } = await database.pool.query<{ person: string }>('SELECT person FROM identity.accounts WHERE username = $1', [username]);
  if (!rows[0]) throw new InvalidAccount(`Nobody signs in as ${username}.`);
  const decider: Decider<Classification, PersonState, PersonEvent> = {
    initial: person.initial,
    evolve: person.evolve,
    decide: clearanceGranted,
  };
  const metadata = metadataWithoutPerson(randomUUID(), `clearance ${clearance}`);
  await handle({ store, decider, stream: `person-${rows[0].person}`, command: clearance, metadata });
}

async function ministryOf(database: Database, store: EventStore): Promise<string> {
  const { rows } = await database.pool.query<{ built: boolean }>(`SELECT to_regclass('views.units') IS NOT NULL AS built`);
  if (rows[0]?.built === true) {
    const known = await database.pool.query<{ id: string }>(
      `SELECT id FROM views.units WHERE level = 'ministry' AND NOT closed ORDER BY id LIMIT 1`,
    );
    if (known.rows[0]) return known.rows[0].id;
  }
  const unit: Unit = { id: uuidv5(namespace, 'ministry'), name: 'Bộ', level: 'ministry', parent: null };
  await registerUnit(store, unit);
  return unit.id;
}

/** Writes the first events of a stream, unless an earlier attempt did. */
async function start(store: EventStore, stream: string, events: readonly (UnitEvent | PersonEvent)[]): Promise<void> {
  await handle<null, boolean, UnitEvent | PersonEvent>({
    store,
    decider: { initial: false, evolve: () => true, decide: (_, isThere) => (isThere ? [] : events) },
    stream,
    command: null,
    // The same whatever is written: what an earlier attempt wrote stands, also where it was told something else.
    metadata: metadataWithoutPerson(uuidv5(namespace, `begin ${stream}`), stream),
  });
}
