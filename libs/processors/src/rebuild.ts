import { createHash } from 'node:crypto';
import type { EventStore, RecordedEvent } from '#event-store';
import { isDatabaseOutage, readAhead } from '#platform';
import type { Database, Transaction } from '#platform';
import { readCheckpoint } from './checkpoint.js';
import { applyOneByOne, applyTogether, discardedPositions } from './dead-letters.js';
import type { Follower } from './follower.js';
import { isLockTimeout, mostLockedMs } from './lock-patience.js';
import { lockDependents } from './dependents.js';
import type { Dependents } from './dependents.js';
import { backoffMs, pause } from './pause.js';
import type { ProcessorStatus } from './status.js';
import { transactionAfter } from './transaction-after.js';
import { ViewVersion } from './view.js';

/** How long a rebuild waits for the old version, to be compared with it. */
const patienceMs = 30_000;
/** That it waits for readers is told so often. */
const tellEveryMs = 60_000;

/** Another process replaced the view while this one was building. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

export interface RebuildOptions {
  readonly database: Database;
  readonly store: EventStore;
  /** Events in a transaction of the build. */
  readonly batchSize: number;
  readonly signal: AbortSignal;
  /** An event that cannot be applied becomes a dead letter; without this it ends the rebuild. (Default: false) */
  readonly isolate?: boolean;
  /** Whether the version that serves gets there within the time. */
  readonly reached: (position: bigint, timeoutMs: number) => Promise<boolean>;
  readonly onProgress: (position: bigint | null) => void;
  readonly onDeadLetter: (event: RecordedEvent) => void;
  /** Told while these processes of the database hold tables that are to go. */
  readonly onHeld: (heldBy: readonly number[]) => void;
  /** Of the lease under which it is done. */
  readonly token: bigint;
  /** (Default: nothing stands on the tables) */
  readonly dependents?: Dependents | undefined;
}

/** What a rebuild came to: both versions as they stood at one position. */
export interface Rebuilt {
  /** Where both stood; null before the first event, or when there was no old version to compare with. */
  readonly at: bigint | null;
  /** Of all rows, whatever their order. Equal, unless the code of the view has changed. */
  readonly digest: NonNullable<ProcessorStatus['lastRebuild']>['digest'];
}

/**
 * Builds the next version of the view beside the one that serves, which goes on following, and puts it in its place at
 * one moment. Whatever ends it early leaves the old version as it was; what it left behind is dropped by the next rebuild.
 */
export async function rebuild(follower: Follower, options: RebuildOptions): Promise<Rebuilt> {
  const { database, store, signal } = options;
  const { view } = follower;
  const start = await outlivingOutages(signal, () => readCheckpoint(database.pool, view.name));
  if (!start) throw new Error(`There is no processor ${view.name}.`);
  const target = new ViewVersion(view, start.version + 1);
  const patiently = <Result>(work: () => Promise<Result>): Promise<Result> => outlivingOutages(signal, work, () => target.writer.forget());
  const transact = <Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> =>
    patiently(() => database.transaction(work));
  const discarded = await patiently(() => discardedPositions(database, view.name));
  await outlivingReaders(target, options, () =>
    transact(async (transaction) => {
      await dropOtherVersions(transaction, target, start.version);
      await view.create(transaction, target.table);
    }),
  );

  let position: bigint | null = null;
  const soFar = (): bigint | null => position;
  /**
   * Up to the end of the log, or to a position that is in it. An outage undoes the batch that is written and the one that is computed beside it:
   * both begin anew from what was written, because one that waits for the other's next try would have that wait for it.
   */
  const catchUp = (until: bigint | null = null): Promise<void> => patiently(() => follow(until));
  const follow = async (until: bigint | null): Promise<void> => {
    if (until !== null && position !== null && position >= until) return;
    const stop = new AbortController();
    const subscription = { from: position, prefixes: view.prefixes, batchSize: options.batchSize, metadata: view.readsMetadata };
    let writing: Promise<void> = Promise.resolve();
    try {
      const batches = store.subscribe({ ...subscription, signal: AbortSignal.any([signal, stop.signal]) });
      for await (const batch of readAhead(batches)) {
        const isEnough = until !== null && batch.position !== null && batch.position >= until;
        const to = isEnough ? until : batch.position;
        const caughtUp = isEnough || (until === null && batch.caughtUp);
        const events = batch.events.filter((event) => !discarded.has(event.position) && !(isEnough && event.position > until));
        const earlier = writing;
        writing = apply(events, earlier).then(() => {
          position = to;
          options.onProgress(to);
        });
        writing.catch(() => undefined);
        // The next batch is computed while the one before it is written, and no more than that wait.
        await (caughtUp ? writing : earlier);
        if (caughtUp) return;
      }
      await writing;
    } finally {
      stop.abort();
      await writing.catch(() => undefined);
    }
    signal.throwIfAborted();
  };
  const apply = async (events: readonly RecordedEvent[], earlier: Promise<void>): Promise<void> => {
    if (events.length === 0) return earlier;
    const dead = await transactionAfter(earlier, database, async (transaction) => {
      if (options.isolate === true) return applyOrIsolate(transaction, target, events, await blockedStreams(transaction, target));
      await applyTogether(transaction, target, events, new Set());
      return [];
    });
    dead.forEach(options.onDeadLetter);
  };

  await catchUp();
  await transact((transaction) => view.index(transaction, target.table));
  for (const table of view.tables) await patiently(() => database.pool.query(`ANALYZE ${target.table(table)}`));
  await catchUp();
  // Built by the same code, both must hold the same rows. The old version has to be as far as the new one for that.
  const built = soFar();
  const isComparable = start.codeVersion === view.codeVersion && (built === null || (await options.reached(built, patienceMs)));
  const compare = async (): Promise<Rebuilt> => {
    // The old version stands still now, so the new one can be brought to the very same position.
    const at = isComparable ? follower.position : null;
    if (at !== null) await catchUp(at);
    const digest = await transact(async (transaction) => ({
      before: isComparable ? await digestOf(transaction, new ViewVersion(view, start.version)) : null,
      after: await digestOf(transaction, target),
    }));
    return { at, digest };
  };
  let compared: Rebuilt | undefined;
  // Between two tries the old version follows the log.
  return outlivingReaders(target, options, () =>
    follower.exclusive(async () => {
      compared ??= await compare();
      do await catchUp();
      while (!(await transact((transaction) => swap(transaction, target, position, options))));
      follower.version = target.version;
      follower.moveTo(position);
      follower.restart();
      return compared;
    }),
  );
}

/** Of all rows of a version's tables, whatever their order: 64 hexadecimal digits. */
async function digestOf(transaction: Transaction, { view, table }: ViewVersion): Promise<string> {
  const hash = createHash('sha256');
  for (const name of view.tables) {
    const { rows } = await transaction.query<{ rows: string; sum: string }>(
      `SELECT count(*) AS rows, coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint::numeric), 0) AS sum FROM ${table(name)} t`,
    );
    hash.update(JSON.stringify([name, rows[0]]));
  }
  return hash.digest('hex');
}

/** Lets the new version serve; false when the old one is ahead of it. Fails where someone reads the old one for long. */
async function swap(
  transaction: Transaction,
  { view, version, table }: ViewVersion,
  position: bigint | null,
  { token, dependents }: Pick<RebuildOptions, 'token' | 'dependents'>,
): Promise<boolean> {
  if (dependents) {
    await lockDependents(transaction);
    await transaction.query('SAVEPOINT dependents');
    // First of all, as whoever reads through them takes the locks in this order too.
    await dependents.follow(transaction, view.name, version);
  }
  // Before the checkpoint is held: a reader may stay for hours, as a dump does.
  await lockTables(transaction, [...view.tables, ...view.tables.map((name) => `${name}_v${String(version - 1)}`)]);
  const row = await readCheckpoint(transaction, view.name, { lock: true });
  // The answer to the COMMIT was lost, and this is the second try.
  if (row?.version === version && row.codeVersion === view.codeVersion) return true;
  if (row?.version !== version - 1 || row.token !== token) throw new Overtaken(`Another process replaced the view ${view.name}.`);
  if (row.position !== null && (position === null || row.position > position)) {
    // Nothing may stand on tables that do not serve yet: the next try, or the next rebuild, would not get rid of them.
    if (dependents) await transaction.query('ROLLBACK TO SAVEPOINT dependents');
    return false;
  }
  await transaction.query(
    `UPDATE processors.processors SET version = $2, code_version = $3, position = $4, state = 'live', updated_at = now() WHERE name = $1`,
    [view.name, version, view.codeVersion, position === null ? null : String(position)],
  );
  await transaction.query(`DELETE FROM processors.dead_letters WHERE processor = $1 AND version < $2 AND status <> 'discarded'`, [
    view.name,
    version,
  ]);
  // Discarded events stay on record under the version that serves.
  await transaction.query(`UPDATE processors.dead_letters SET version = $2 WHERE processor = $1 AND version < $2`, [view.name, version]);
  for (const name of view.tables) {
    await transaction.query(`DROP VIEW IF EXISTS views.${name}`);
    await transaction.query(`CREATE VIEW views.${name} AS SELECT * FROM ${table(name)}`);
    await transaction.query(`DROP TABLE IF EXISTS views.${name}_v${String(version - 1)}`);
  }
  return true;
}

const lockTimeout = `SET LOCAL lock_timeout = ${String(mostLockedMs)}`;

/** Has them alone until the end of the transaction, those that there are. */
async function lockTables(transaction: Transaction, names: readonly string[]): Promise<void> {
  await transaction.query(lockTimeout);
  const { rows } = await transaction.query<{ name: string }>(
    `SELECT format('views.%I', relname) AS name FROM pg_class WHERE relnamespace = 'views'::regnamespace AND relkind IN ('r', 'v') AND relname = ANY ($1)`,
    [names],
  );
  if (rows.length > 0) await transaction.query(`LOCK TABLE ${rows.map(({ name }) => name).join(', ')} IN ACCESS EXCLUSIVE MODE`);
}

async function dropOtherVersions(transaction: Transaction, { view, version }: ViewVersion, serving: number): Promise<void> {
  const { rows } = await transaction.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'views' AND tablename ~ $1 AND tablename <> ALL ($2)`,
    [`^(${view.tables.join('|')})_v[0-9]+$`, view.tables.map((name) => `${name}_v${String(serving)}`)],
  );
  if (rows.length > 0) await transaction.query(lockTimeout);
  for (const { name } of rows) await transaction.query(`DROP TABLE ${name}`);
  await transaction.query(`DELETE FROM processors.dead_letters WHERE processor = $1 AND version >= $2`, [view.name, version]);
}

async function blockedStreams(transaction: Transaction, { view, version }: ViewVersion): Promise<ReadonlySet<string>> {
  const { rows } = await transaction.query<{ stream: string }>(
    `SELECT DISTINCT stream FROM processors.dead_letters WHERE processor = $1 AND version = $2 AND status <> 'discarded'`,
    [view.name, version],
  );
  return new Set(rows.map(({ stream }) => stream));
}

/** All together, because that is fast; one by one when that fails. */
async function applyOrIsolate(
  ...[transaction, target, events, blocked]: Parameters<typeof applyTogether>
): Promise<readonly RecordedEvent[]> {
  await transaction.query('SAVEPOINT batch');
  try {
    await applyTogether(transaction, target, events, blocked);
    return [];
  } catch (error) {
    if (isDatabaseOutage(error)) throw error;
    await transaction.query('ROLLBACK TO SAVEPOINT batch');
    target.writer.forget();
    return applyOneByOne(transaction, target, events, blocked);
  }
}

/** Tries again while the database is away. What is tried twice must be harmless, because the answer to a COMMIT may be lost. */
async function outlivingOutages<Result>(signal: AbortSignal, work: () => Promise<Result>, undone?: () => void): Promise<Result> {
  for (let outages = 0; ;) {
    try {
      return await work();
    } catch (error) {
      undone?.();
      signal.throwIfAborted();
      if (!isDatabaseOutage(error)) throw error;
      await pause(backoffMs(outages++), signal);
      signal.throwIfAborted();
    }
  }
}

/** Tries again while someone reads what is to go. New readers are held up while it is tried, so there are pauses in between. */
async function outlivingReaders<Result>(
  target: ViewVersion,
  { database, signal, onHeld }: RebuildOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  let toldAt = -Infinity;
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!isLockTimeout(error)) throw error;
    }
    if (Date.now() - toldAt > tellEveryMs) {
      toldAt = Date.now();
      onHeld(await holdersOf(database, target).catch(() => []));
    }
    await pause(backoffMs(tries), signal);
    signal.throwIfAborted();
  }
}

/** The database's processes that hold tables of other versions of the view. */
async function holdersOf({ pool }: Database, { view, version }: ViewVersion): Promise<readonly number[]> {
  const { rows } = await pool.query<{ pid: number }>(
    `SELECT DISTINCT l.pid FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
     WHERE l.granted AND c.relnamespace = 'views'::regnamespace AND c.relname ~ $1 AND c.relname <> ALL ($2)`,
    [`^(${view.tables.join('|')})(_v[0-9]+)?$`, view.tables.map((name) => `${name}_v${String(version)}`)],
  );
  return rows.map(({ pid }) => pid);
}
