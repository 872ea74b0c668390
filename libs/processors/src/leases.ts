import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Database } from '#platform';
import type { Report } from './status.js';

/** A lease that is not renewed within this time is anybody's. */
const leaseMs = 6_000;

/** A processor as the database has it. */
export interface LeaseRow {
  readonly name: string;
  readonly version: number;
  readonly codeVersion: string;
  readonly position: bigint | null;
  readonly owner: string | null;
  readonly token: bigint;
  /** Nobody has a lease on it that counts. */
  readonly isFree: boolean;
  readonly isPaused: boolean;
  readonly wanted: 'rebuild' | 'cancel' | null;
  /** Null when the owner has not said anything of late. */
  readonly report: Report | null;
}

interface Row extends Omit<LeaseRow, 'position' | 'token'> {
  readonly position: string | null;
  readonly token: string;
}

const membersOfThisProcess = new Set<string>();

const renewal = `
  UPDATE processors.processors p
  SET lease_until = clock_timestamp() + $2 * interval '1 millisecond', report = r.value, reported_at = clock_timestamp()
  FROM jsonb_each($3::jsonb) r`;

/** The row of `$1`, unless a transaction holds it: who has leases to renew does not wait for another's writing. */
const rowUnlessHeld = 'SELECT name FROM processors.processors WHERE name = $1 FOR NO KEY UPDATE SKIP LOCKED';

/** One process among those that share the processors. */
export class Leases {
  /** `<host>/<process id>/<random>` */
  readonly owner = `${hostname()}/${String(process.pid)}/${randomUUID().slice(0, 8)}`;
  /** Whose renewal waits for its row. */
  private readonly held = new Set<string>();

  constructor(
    private readonly database: Database,
    /** Whether this process runs processors, or only looks how far they are. */
    private readonly runs: boolean,
  ) {
    membersOfThisProcess.add(this.owner);
  }

  /** Says that this process is alive, renews its leases with the reports, and answers how all processors stand. */
  async renew(reports: ReadonlyMap<string, Report>): Promise<{ readonly rows: readonly LeaseRow[]; readonly members: number }> {
    const { pool } = this.database;
    if (this.runs) {
      await pool.query(
        `INSERT INTO processors.members VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond')
         ON CONFLICT (owner) DO UPDATE SET seen_until = excluded.seen_until`,
        [this.owner, leaseMs],
      );
      await pool.query('DELETE FROM processors.members WHERE seen_until < clock_timestamp()');
    }
    if (reports.size > 0) await this.report(reports);
    const { rows } = await pool.query<Row & { members: string[] }>(
      `SELECT name, version, code_version AS "codeVersion", position, owner, fencing_token AS token, wanted, paused AS "isPaused",
         owner IS NULL OR lease_until IS NULL OR lease_until < clock_timestamp() AS "isFree",
         CASE WHEN reported_at > clock_timestamp() - $1 * interval '1 millisecond' THEN report END AS report,
         ARRAY(SELECT owner FROM processors.members) AS members
       FROM processors.processors`,
      [leaseMs],
    );
    const alive = (rows[0]?.members ?? []).filter((member) => !this.isDead(member));
    return { rows: rows.map(toLeaseRow), members: alive.length };
  }

  /** Renews with the reports. A row that is held, as while its processor writes, is waited for by itself: it delays no other. */
  private async report(reports: ReadonlyMap<string, Report>): Promise<void> {
    const { pool } = this.database;
    const values = (some: ReadonlyMap<string, Report>): unknown[] => [this.owner, leaseMs, JSON.stringify(Object.fromEntries(some))];
    const { rows } = await pool.query<{ name: string }>(
      `WITH free AS MATERIALIZED (SELECT name FROM processors.processors WHERE owner = $1 FOR NO KEY UPDATE SKIP LOCKED)
       ${renewal} JOIN free ON free.name = r.key WHERE p.name = r.key AND p.owner = $1 RETURNING p.name`,
      values(reports),
    );
    const renewed = new Set(rows.map(({ name }) => name));
    for (const [name, report] of reports) {
      if (renewed.has(name) || this.held.has(name)) continue;
      this.held.add(name);
      void pool
        .query(`${renewal} WHERE p.name = r.key AND p.owner = $1`, values(new Map([[name, report]])))
        // The next beat says what is wrong.
        .catch(() => undefined)
        .finally(() => this.held.delete(name));
    }
  }

  /** Takes the processor when nobody has it; answers the fencing token, null when somebody has it or its row. */
  async claim(row: LeaseRow): Promise<bigint | null> {
    const { rows } = await this.database.pool.query<{ token: string }>(
      `WITH free AS MATERIALIZED (${rowUnlessHeld})
       UPDATE processors.processors p SET owner = $2, fencing_token = fencing_token + 1, sent_away = NULL, report = NULL,
         lease_until = clock_timestamp() + $3 * interval '1 millisecond'
       FROM free WHERE p.name = free.name AND fencing_token = $4 AND NOT paused
         AND (owner IS NULL OR lease_until IS NULL OR lease_until < clock_timestamp() OR $5)
         AND (sent_away IS DISTINCT FROM $2 OR NOT EXISTS (SELECT FROM processors.members WHERE owner <> $2))
       RETURNING fencing_token AS token`,
      [row.name, this.owner, leaseMs, String(row.token), this.isDead(row.owner)],
    );
    const [claimed] = rows;
    return claimed ? BigInt(claimed.token) : null;
  }

  async release(name: string, token: bigint): Promise<void> {
    await this.database.pool.query(
      'UPDATE processors.processors SET owner = NULL, lease_until = NULL WHERE name = $1 AND owner = $2 AND fencing_token = $3',
      [name, this.owner, String(token)],
    );
  }

  /** Forgets what the owner was asked for, because it does it now; false where it has to be heard later. */
  async heard(name: string): Promise<boolean> {
    const { rowCount } = await this.database.pool.query(
      `WITH free AS MATERIALIZED (${rowUnlessHeld}) UPDATE processors.processors p SET wanted = NULL FROM free WHERE p.name = free.name`,
      [name],
    );
    return rowCount === 1;
  }

  async leave(): Promise<void> {
    membersOfThisProcess.delete(this.owner);
    await this.database.pool.query('DELETE FROM processors.members WHERE owner = $1', [this.owner]);
  }

  /** Whether the owner ended without a word on this machine, or in the embedded database, which one process has alone. */
  isDead(owner: string | null): boolean {
    if (owner === null || membersOfThisProcess.has(owner)) return false;
    if (this.database.embedded) return true;
    const [host, pid] = owner.split('/');
    if (host !== hostname()) return false;
    if (Number(pid) === process.pid) return true;
    try {
      process.kill(Number(pid), 0);
      return false;
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'ESRCH';
    }
  }
}

/** Asks the owner, wherever it is; false when there is no such processor. A rebuild resumes a paused one. */
export async function ask(database: Database, name: string, wanted: 'rebuild' | 'cancel'): Promise<boolean> {
  const { rowCount } = await database.pool.query(
    `UPDATE processors.processors SET wanted = $2, paused = paused AND $2 <> 'rebuild' WHERE name = $1`,
    [name, wanted],
  );
  return rowCount === 1;
}

export async function setPaused(database: Database, name: string, paused: boolean): Promise<void> {
  await database.pool.query('UPDATE processors.processors SET paused = $2 WHERE name = $1', [name, paused]);
}

/** Ends the present lease, so that another process takes the processor; the same one does when it is alone. */
export async function sendAway(database: Database, name: string): Promise<void> {
  await database.pool.query(
    `UPDATE processors.processors SET sent_away = owner, owner = NULL, lease_until = NULL, fencing_token = fencing_token + 1 WHERE name = $1`,
    [name],
  );
}

function toLeaseRow({ name, version, codeVersion, owner, wanted, isFree, isPaused, report, position, token }: Row): LeaseRow {
  return {
    ...{ name, version, codeVersion, owner, wanted, isFree, isPaused, report },
    position: position === null ? null : BigInt(position),
    token: BigInt(token),
  };
}
