import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { Rejected, uuidv5 } from '#event-store';
import { dateInVietnam } from '#platform';
import type { Clock, Database, Transaction } from '#platform';
import type { HeldRole } from '#workflow';
import { roleOverGrant } from './administering.js';
import type { Administration, Order } from './administration.js';
import type { Directory, Person } from './directory.js';
import { directoryChannel } from './directory-view.js';
import { recordSecurityEvent } from './security-events.js';

/** What a key covers besides single actions: all reading, all commands on procedures and tasks, everything else. */
export const generalScopes = ['read', 'commands', 'administer'] as const;

/** A program that acts by a key. */
export interface ServiceAccount {
  /** Of the person that it acts as. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly HeldRole[];
  readonly scopes: readonly string[];
  /** The last day, in Vietnam; null is for good. */
  readonly expiresOn: string | null;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  /** Person id. */
  readonly madeBy: string;
  readonly revokedAt: string | null;
  readonly keys: readonly { readonly id: string; readonly madeAt: string; readonly endsAt: string | null }[];
}

/** What an administrator asks for. */
export interface NewServiceAccount extends HeldRole {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresOn?: string | undefined;
}

/** Whose key it is, and what it covers. */
export interface KeyHolder {
  /** Of the key, without its secret. */
  readonly key: string;
  readonly person: string;
  readonly scopes: readonly string[];
}

interface KnownKey extends KeyHolder {
  readonly secretSha256: Buffer;
  readonly expiresOn: string | null;
  readonly endsAtMs: number;
  readonly readAtMs: number;
}

const keyPattern = /^tgk_([0-9a-f]{16})_([\w-]{43})$/;
/** A revoked key is refused everywhere after so long. */
const freshMs = 1_000;
const mostKnown = 10_000;
/** Keys of an account that are kept after they ended, besides the newest of each person who made one. */
const mostEnded = 100;

/** Whether the bearer token has the form of a key. */
export const isServiceKey = (bearer: string): boolean => keyPattern.test(bearer);

/** Service accounts and their keys, `tgk_<id>_<secret>`. */
export class ServiceAccounts {
  private readonly known = new Map<string, KnownKey>();

  constructor(
    private readonly database: Database,
    private readonly administration: Administration,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  /** Makes the account known; its key is shown here and never again. @throws Rejected unless whoever orders it may give that role there */
  async make(
    { name, role, unit, scopes, expiresOn }: NewServiceAccount,
    order: Order,
  ): Promise<{ readonly id: string; readonly key: string }> {
    if (!roleOverGrant(order.by.roles, { role, unit }, this.directory.units()))
      throw new Rejected([{ code: 'not-authorised', message: 'This is for whoever may give that role at that unit.' }]);
    const id = randomUUID();
    const account = { id, name, username: `service-${id}`, clearance: 'none', unit } as const;
    await this.administration.registerPerson(account, order);
    // Known from here on, though the view of the log may be behind.
    await this.directory.find(id);
    const metadata = { ...order.metadata, commandId: uuidv5(order.metadata.commandId, 'role') };
    await this.administration.grantRole(id, { role, unit }, { by: order.by, metadata });
    const key = await this.database.transaction(async (transaction) => {
      await transaction.query('INSERT INTO identity.service_accounts (person, scopes, expires_on, made_by) VALUES ($1, $2, $3, $4)', [
        id,
        scopes,
        expiresOn ?? null,
        order.by.id,
      ]);
      await recordSecurityEvent(transaction, { type: 'ServiceAccountMade', person: id, by: order.by.id });
      return insertKey(transaction, id, order.by);
    });
    // Whoever has the key counts as its maker from here on.
    await this.directory.reload();
    return { id, key };
  }

  /** Oldest first. */
  async list(): Promise<readonly ServiceAccount[]> {
    const { rows } = await this.database.pool.query<Omit<ServiceAccount, 'name' | 'roles'>>(
      `SELECT a.person AS id, a.scopes, a.expires_on::text AS "expiresOn", a.made_by AS "madeBy",
              ${iso('a.made_at')} AS "madeAt", ${iso('a.revoked_at')} AS "revokedAt",
              (SELECT json_agg(json_build_object('id', k.id, 'madeAt', ${iso('k.made_at')}, 'endsAt', ${iso('k.ends_at')}) ORDER BY k.made_at, k.id)
               FROM identity.service_keys k WHERE k.account = a.person) AS keys
       FROM identity.service_accounts a ORDER BY a.made_at, a.person`,
    );
    return rows.map((row) => {
      const person = this.directory.person(row.id);
      return { ...row, name: person?.name ?? '', roles: person?.roles ?? [] };
    });
  }

  /** A new key; the ones before it end after the overlap. Null when there is no such account or it was revoked. */
  async rotate(id: string, by: Person, overlapMs: number): Promise<string | null> {
    const key = await this.database.transaction(async (transaction) => {
      // Locked, so that two rotations at once leave one newest key.
      const { rows } = await transaction.query(
        'SELECT 1 FROM identity.service_accounts WHERE person = $1 AND revoked_at IS NULL FOR UPDATE',
        [id],
      );
      if (rows.length === 0) return null;
      await transaction.query(
        `UPDATE identity.service_keys SET ends_at = least(ends_at, now() + $2::float8 * interval '1 ms') WHERE account = $1`,
        [id, overlapMs],
      );
      await recordSecurityEvent(transaction, { type: 'ServiceKeyRotated', person: id, by: by.id });
      await forgetEnded(transaction, id);
      return insertKey(transaction, id, by);
    });
    if (key !== null) await this.directory.reload();
    return key;
  }

  /** Ends all keys of the account for good. False when there is no such account. */
  async revoke(id: string, by: Person): Promise<boolean> {
    const isThere = await this.database.transaction(async (transaction) => {
      const { rows } = await transaction.query<{ revoked_at: Date | null }>(
        'SELECT revoked_at FROM identity.service_accounts WHERE person = $1 FOR UPDATE',
        [id],
      );
      if (rows[0]?.revoked_at !== null) return rows.length > 0;
      await transaction.query('UPDATE identity.service_accounts SET revoked_at = now() WHERE person = $1', [id]);
      await recordSecurityEvent(transaction, { type: 'ServiceAccountRevoked', person: id, by: by.id });
      return true;
    });
    this.known.clear();
    return isThere;
  }

  /** What the key of the account covers now; null when it is not good any more. @param key Its id */
  async scopesOf({ person, key }: Pick<KeyHolder, 'person' | 'key'>): Promise<readonly string[] | null> {
    const { rows } = await this.database.pool.query<{ scopes: readonly string[] }>(
      `SELECT a.scopes FROM identity.service_accounts a JOIN identity.service_keys k ON k.account = a.person
       WHERE a.person = $1 AND k.id = $2 AND a.revoked_at IS NULL AND (a.expires_on IS NULL OR a.expires_on >= $3)
         AND (k.ends_at IS NULL OR k.ends_at > now())`,
      [person, key, dateInVietnam(this.clock.now())],
    );
    return rows[0]?.scopes ?? null;
  }

  /** Whose key it is, null when it is not good, has ended, or was revoked. */
  async holder(key: string): Promise<KeyHolder | null> {
    const [, id = '', secret = ''] = keyPattern.exec(key) ?? [];
    const found = await this.find(id);
    if (!found) return null;
    const right = timingSafeEqual(createHash('sha256').update(secret).digest(), found.secretSha256);
    const now = this.clock.now();
    const isOver = now.getTime() >= found.endsAtMs || (found.expiresOn !== null && dateInVietnam(now) > found.expiresOn);
    return right && !isOver ? found : null;
  }

  private async find(id: string): Promise<KnownKey | undefined> {
    const nowMs = performance.now();
    const known = this.known.get(id);
    if (known && nowMs - known.readAtMs < freshMs) return known;
    const { rows } = await this.database.pool.query<Omit<KnownKey, 'readAtMs' | 'endsAtMs'> & { endsAt: Date | null }>(
      `SELECT k.id AS key, a.person, a.scopes, k.secret_sha256 AS "secretSha256", a.expires_on::text AS "expiresOn", k.ends_at AS "endsAt"
       FROM identity.service_keys k JOIN identity.service_accounts a ON a.person = k.account
       WHERE k.id = $1 AND a.revoked_at IS NULL`,
      [id],
    );
    const [row] = rows;
    if (!row) {
      this.known.delete(id);
      return undefined;
    }
    if (this.known.size >= mostKnown) this.known.clear();
    const read = { ...row, endsAtMs: row.endsAt?.getTime() ?? Infinity, readAtMs: nowMs };
    this.known.set(id, read);
    return read;
  }
}

/** Who made a key stays known: they count as the account for good. That there was one stays with the security events. */
async function forgetEnded(transaction: Transaction, account: string): Promise<void> {
  await transaction.query(
    `DELETE FROM identity.service_keys k WHERE account = $1 AND ends_at <= now()
       AND id NOT IN (SELECT id FROM identity.service_keys WHERE account = $1 ORDER BY made_at DESC, id LIMIT $2)
       AND EXISTS (SELECT FROM identity.service_keys o WHERE o.account = k.account AND o.made_by = k.made_by AND (o.made_at, o.id) > (k.made_at, k.id))`,
    [account, mostEnded],
  );
}

async function insertKey(transaction: Transaction, account: string, by: Person): Promise<string> {
  const id = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  await transaction.query('INSERT INTO identity.service_keys (id, account, secret_sha256, made_by) VALUES ($1, $2, $3, $4)', [
    id,
    account,
    createHash('sha256').update(secret).digest(),
    by.id,
  ]);
  await transaction.query('SELECT pg_notify($1, $2)', [directoryChannel, '']);
  return `tgk_${id}_${secret}`;
}

const iso = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
