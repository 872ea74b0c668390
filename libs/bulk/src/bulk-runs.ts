import { migrate } from '#platform';
import type { Database, Transaction } from '#platform';

/** Most procedures of one run. */
export const mostSelected = 20_000;
/** That have not ended: of one person, and of all that are worked on. */
const mostUnended = { ofOne: 2, inAll: 20 } as const;
/** That have ended, of one person; older ones are forgotten. A preview is forgotten after a day besides. */
const mostEnded = { runs: 50, previews: 5, procedures: 200_000 } as const;
/** Until another process takes up what a process has left. */
const leaseSeconds = 10;

export const bulkStates = ['preview', 'running', 'paused', 'done', 'cancelled', 'failed'] as const;
export type BulkState = (typeof bulkStates)[number];

/** What somebody orders. */
export interface NewBulkRun {
  readonly id: string;
  /** Person id. */
  readonly person: string;
  /** Person id; null for nobody. */
  readonly actingFor: string | null;
  /** By what they were let in; looked at again while their run is worked on. */
  readonly entrance: string;
  /** Under which names it is counted. */
  readonly parties: readonly string[];
  readonly requestHash: string;
  readonly action: string;
  readonly body: object;
  readonly reason: string | null;
  /** In which all were when they were selected; null where they were not selected by it. */
  readonly stage: string | null;
  readonly dryRun: boolean;
  readonly correlationId: string;
}

export interface BulkRun extends NewBulkRun {
  readonly state: BulkState;
  /** How many procedures it is about. */
  readonly count: number;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  readonly endedAt: string | null;
  /** Whether commands were handed out whose outcomes are not kept yet. */
  readonly unsettled: boolean;
}

/** What stands against an item. */
interface Unmet {
  readonly code: string;
  readonly message: string;
  readonly path?: string;
}

/** A procedure of a run, in its place. */
export interface SelectedItem {
  /** From 1. */
  readonly no: number;
  readonly procedure: string;
}

/** With what became of it. */
export interface SettledItem extends SelectedItem {
  /** accepted, or the first code of what stands against it; null until it is known. */
  readonly outcome: string | null;
  readonly unmet: readonly Unmet[];
}

/** There are as many runs as there may be; the message says of whom. */
export class TooManyRuns extends Error {
  override readonly name = 'TooManyRuns';
}

/** Brings the schema `bulk` up to date. */
export const migrateBulkRuns = (database: Database): Promise<void> =>
  migrate(
    database,
    'bulk',
    ['001-bulk.sql', '002-entrances.sql'].map((name) => ({ name, url: new URL(name, import.meta.url) })),
  );

/** The records of bulk runs; what an item leads to is for whoever works on them. */
export class BulkRuns {
  private constructor(private readonly database: Database) {}

  static async open(database: Database): Promise<BulkRuns> {
    await migrateBulkRuns(database);
    return new BulkRuns(database);
  }

  /** Keeps what is selected, once and for all; from here on it waits for whoever works on it. The same id is the same run. @throws TooManyRuns */
  begin(wanted: NewBulkRun, procedures: readonly string[]): Promise<BulkRun> {
    return this.database.transaction(async (transaction) => {
      await lock(transaction);
      const known = await find(transaction, wanted.id);
      if (known) return known;
      await mustHaveRoom(transaction, wanted.parties);
      await forget(transaction, wanted.person);
      const { id, person, actingFor, entrance, parties, requestHash, action, body, reason, stage, dryRun, correlationId } = wanted;
      await transaction.query(
        `INSERT INTO bulk.runs (id, person, acting_for, entrance, request_hash, action, body, reason, stage, dry_run, correlation_id, count, parties)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [id, person, actingFor, entrance, requestHash, action, JSON.stringify(body), reason, stage, dryRun, correlationId, procedures.length, [...parties]], // prettier-ignore
      );
      await transaction.query(
        'INSERT INTO bulk.items (run, no, procedure) SELECT $1, no, procedure FROM unnest($2::uuid[]) WITH ORDINALITY AS s (procedure, no)',
        [id, procedures],
      );
      return mustFind(transaction, id);
    }, { bytes: procedures.length * 200 }); // prettier-ignore
  }

  async find(id: string): Promise<BulkRun | null> {
    return find(this.database.pool, id);
  }

  /** How many there are of each outcome, the most first. */
  async outcomes(id: string): Promise<readonly { readonly outcome: string; readonly count: number }[]> {
    const { rows } = await this.database.pool.query<{ outcome: string; count: number }>(
      `SELECT outcome, count(*)::int AS count FROM bulk.items WHERE run = $1 AND outcome IS NOT NULL
       GROUP BY outcome ORDER BY outcome <> 'accepted', count DESC, outcome`,
      [id],
    );
    return rows;
  }

  /** Items after that place. */
  async items(id: string, after: number, limit: number): Promise<readonly SettledItem[]> {
    const { rows } = await this.database.pool.query<SettledItem>(
      'SELECT no, procedure, outcome, unmet FROM bulk.items WHERE run = $1 AND no > $2 ORDER BY no LIMIT $3',
      [id, after, limit],
    );
    return rows;
  }

  /** One that nobody works on, the oldest first; null where there is none. @param owner Names the process. */
  async claim(owner: string): Promise<BulkRun | null> {
    // An embedded database has one process: what another one held was left.
    const { rows } = await this.database.pool.query<Row>(
      `UPDATE bulk.runs SET owner = $1, leased_until = now() + make_interval(secs => $2) WHERE id = (
         SELECT id FROM bulk.runs
         WHERE (state = 'running' OR unsettled) AND (leased_until IS NULL OR leased_until < now() OR ($3 AND owner <> $1))
         ORDER BY made_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING ${columns}`,
      [owner, leaseSeconds, this.database.embedded],
    );
    return rows[0] ? runOf(rows[0]) : null;
  }

  /** The next items that nobody knows the outcome of, in their order; null where it runs no more, or another process has it. */
  async hand(id: string, owner: string, limit: number): Promise<readonly SelectedItem[] | null> {
    const { rowCount } = await this.database.pool.query(
      `UPDATE bulk.runs SET unsettled = NOT dry_run, leased_until = now() + make_interval(secs => $3) WHERE id = $1 AND owner = $2 AND state = 'running'`,
      [id, owner, leaseSeconds],
    );
    return rowCount === 1 ? this.pending(id, limit) : null;
  }

  /** The first items that nobody knows the outcome of. */
  async pending(id: string, limit: number): Promise<readonly SelectedItem[]> {
    const { rows } = await this.database.pool.query<SelectedItem>(
      'SELECT no, procedure FROM bulk.items WHERE run = $1 AND outcome IS NULL ORDER BY no LIMIT $2',
      [id, limit],
    );
    return rows;
  }

  /** Keeps what became of all that was handed out; false where another process has it by now, which finds out by itself. */
  settle(id: string, owner: string, items: readonly SettledItem[]): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      const { rowCount } = await transaction.query(
        'UPDATE bulk.runs SET unsettled = false, leased_until = now() + make_interval(secs => $3) WHERE id = $1 AND owner = $2',
        [id, owner, leaseSeconds],
      );
      if (rowCount !== 1) return false;
      await transaction.query(
        `UPDATE bulk.items i SET outcome = s.outcome, unmet = s.unmet
         FROM jsonb_to_recordset($2) AS s (no integer, outcome text, unmet jsonb) WHERE i.run = $1 AND i.no = s.no AND i.outcome IS NULL`,
        [id, JSON.stringify(items.map(({ no, outcome, unmet }) => ({ no, outcome, unmet })))],
      );
      return true;
    });
  }

  /** Says that these are worked on. */
  async hold(ids: readonly string[], owner: string): Promise<void> {
    await this.database.pool.query(
      `UPDATE bulk.runs SET leased_until = now() + make_interval(secs => $3)
       WHERE id = ANY ($1) AND owner = $2 AND (state = 'running' OR unsettled)`,
      [ids, owner, leaseSeconds],
    );
  }

  /** Leaves it to whoever takes it up next. @param afterSeconds (Default: at once) */
  async release(id: string, owner: string, afterSeconds = 0): Promise<void> {
    await this.database.pool.query('UPDATE bulk.runs SET leased_until = now() + make_interval(secs => $3) WHERE id = $1 AND owner = $2', [
      id,
      owner,
      afterSeconds,
    ]);
  }

  /** Ends what the process works on. */
  async end(id: string, owner: string, state: 'preview' | 'done' | 'failed'): Promise<void> {
    await this.database.pool.query(
      `UPDATE bulk.runs SET state = $3, ended_at = now(), leased_until = NULL WHERE id = $1 AND owner = $2 AND state = 'running'`,
      [id, owner, state],
    );
  }

  /** Turns it to another state, from some alone. False where it is in none of these. @param entrance By which it goes on. (Default: as before) */
  async turn(id: string, from: readonly BulkState[], to: 'paused' | 'running' | 'cancelled', entrance?: string): Promise<boolean> {
    const { rowCount } = await this.database.pool.query(
      `UPDATE bulk.runs SET state = $3::text, ended_at = CASE WHEN $3::text = 'cancelled' THEN now() END, entrance = coalesce($4, entrance)
       WHERE id = $1 AND state = ANY ($2)`,
      [id, from, to, entrance ?? null],
    );
    return rowCount === 1;
  }

  /** Has everything that was not accepted tried again. False where it has not ended, or was a preview. @throws TooManyRuns */
  retry({ id, parties }: Pick<BulkRun, 'id' | 'parties'>, entrance: string): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      await lock(transaction);
      const { rows } = await transaction.query<{ left: boolean }>(
        `SELECT EXISTS (SELECT FROM bulk.items WHERE run = $1 AND outcome IS DISTINCT FROM 'accepted') AS left
         FROM bulk.runs WHERE id = $1 AND NOT dry_run AND state IN ('done', 'cancelled', 'failed')`,
        [id],
      );
      if (rows[0]?.left !== true) return rows.length > 0;
      await mustHaveRoom(transaction, parties);
      await transaction.query(`UPDATE bulk.runs SET state = 'running', ended_at = NULL, entrance = $2 WHERE id = $1`, [id, entrance]);
      await transaction.query(
        `UPDATE bulk.items SET outcome = NULL, unmet = '[]' WHERE run = $1 AND outcome IS NOT NULL AND outcome <> 'accepted'`,
        [id],
      );
      return true;
    });
  }
}

/** One at a time counts how many there are. */
const lock = (transaction: Transaction): Promise<unknown> =>
  transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', ['bulk']);

async function mustHaveRoom(transaction: Transaction, parties: readonly string[]): Promise<void> {
  const { rows } = await transaction.query<{ own: number; worked: number }>(
    `SELECT count(*) FILTER (WHERE parties && $1::text[])::int AS own, count(*) FILTER (WHERE state = 'running')::int AS worked
     FROM bulk.runs WHERE state IN ('running', 'paused')`,
    [[...parties]],
  );
  const { own = 0, worked = 0 } = rows[0] ?? {};
  if (own >= mostUnended.ofOne)
    throw new TooManyRuns(`${String(mostUnended.ofOne)} of your bulk runs are under way or paused; try again after them.`);
  if (worked >= mostUnended.inAll) throw new TooManyRuns('Too many bulk runs are under way; try again after them.');
}

/** What has ended and is older than what is kept of a person. */
async function forget(transaction: Transaction, person: string): Promise<void> {
  await transaction.query(
    `DELETE FROM bulk.runs WHERE ended_at < now() - interval '1 day' AND state = 'preview' AND NOT unsettled
       OR id IN (
         SELECT id FROM (
           SELECT id, row_number() OVER newer AS at, sum(count) OVER newer AS procedures, dry_run FROM bulk.runs
           WHERE person = $1 AND ended_at IS NOT NULL AND NOT unsettled
           WINDOW newer AS (PARTITION BY dry_run ORDER BY made_at DESC, id)) ended
         WHERE at >= CASE WHEN dry_run THEN $2::bigint ELSE $3::bigint END OR procedures > $4::bigint)`,
    [person, mostEnded.previews, mostEnded.runs, mostEnded.procedures],
  );
}

async function find(on: Pick<Transaction, 'query'>, id: string): Promise<BulkRun | null> {
  const { rows } = await on.query<Row>(`SELECT ${columns} FROM bulk.runs WHERE id = $1`, [id]);
  return rows[0] ? runOf(rows[0]) : null;
}

async function mustFind(on: Pick<Transaction, 'query'>, id: string): Promise<BulkRun> {
  const found = await find(on, id);
  if (!found) throw new Error(`The bulk run ${id} is not there.`);
  return found;
}

const columns = `id, person, acting_for AS "actingFor", entrance, parties, request_hash AS "requestHash", action, body, reason, stage, dry_run AS "dryRun", state, count,
  correlation_id AS "correlationId", made_at AS "madeAt", ended_at AS "endedAt", unsettled`;

interface Row extends Omit<BulkRun, 'madeAt' | 'endedAt'> {
  readonly madeAt: Date;
  readonly endedAt: Date | null;
}

const runOf = ({ madeAt, endedAt, ...row }: Row): BulkRun => ({
  ...row,
  madeAt: madeAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
});
