import { closeSync, existsSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import pg from 'pg';
import type { Database } from './database.js';
import { DatabaseUnavailable, codeOf, messageOf } from './database-unavailable.js';
import { lockFolder } from './folder-lock.js';
import { inTransaction } from './transaction.js';

/** What we use of the file system inside the WebAssembly module. */
interface Emscripten {
  readonly FS: { readonly ErrnoError: new (code: number) => Error };
  readonly NODEFS: { readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number } };
}

const inputOutputError = 29;

/** PGlite's file system leaves fsync out; an acknowledged commit must be on the disk. */
class FlushingNodeFS extends NodeFS {
  override async init(...[database, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(database, options);
    const addFsync = ({ FS, NODEFS }: Emscripten): void => {
      NODEFS.stream_ops.fsync = ({ nfd }) => {
        try {
          fsyncSync(nfd);
          return 0;
        } catch {
          throw new FS.ErrnoError(inputOutputError);
        }
      };
    };
    const preRun = [emscriptenOpts.preRun ?? []].flat() as unknown[];
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...preRun, addFsync] as never } };
  }
}

// PGlite's own list with -F (fsync off) left out.
const startParams = [
  '--single', '-O', '-j', '-c', 'search_path=public', '-c', 'exit_on_error=false', '-c', 'log_checkpoints=false',
  '-c', 'max_worker_processes=0', '-c', 'max_parallel_workers=0', '-c', 'max_parallel_workers_per_gather=0',
  '-c', 'io_method=sync', '-c', 'max_parallel_maintenance_workers=0',
  '-c', 'fsync=on', '-c', 'synchronous_commit=on', '-c', 'wal_sync_method=fsync',
]; // prettier-ignore

/** PostgreSQL inside this process, its files below the folder. @throws DatabaseUnavailable when the folder cannot be used */
export async function openEmbeddedDatabase(dataDir: string): Promise<Database> {
  const lock = atStart(dataDir, () => lockFolder(dataDir));
  const folder = join(dataDir, 'postgres');
  try {
    const isNew = !existsSync(join(folder, 'PG_VERSION'));
    const pglite = await PGlite.create({ fs: new FlushingNodeFS(folder), startParams });
    // The files of a new database are written before fsync is on.
    if (isNew) flushFolder(folder);
    // One connection, never given up: a second client would talk into the first one's transaction.
    const pool = new pg.Pool(Object.assign(createPgConfig(pglite), { max: 1, idleTimeoutMillis: 0 }));
    pool.on('error', () => undefined);
    return {
      pool,
      embedded: true,
      transaction: (work) => inTransaction(pool, work),
      listen: async (channel, onNotification) => {
        // Holding the connection keeps LISTEN and UNLISTEN out of a transaction that may roll back.
        const alone = async <Result>(work: () => Promise<Result>): Promise<Result> => {
          const client = await pool.connect();
          try {
            return await work();
          } finally {
            client.release();
          }
        };
        const name = pg.escapeIdentifier(channel);
        const stop = await alone(() => pglite.listen(name, onNotification));
        return () => alone(() => stop());
      },
      close: async () => {
        await pool.end();
        await pglite.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw explain(dataDir, error);
  }
}

function flushFolder(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) flushFolder(path);
    else flush(path);
  }
  flush(folder);
}

function flush(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function atStart<Result>(dataDir: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw explain(dataDir, error);
  }
}

function explain(dataDir: string, error: unknown): unknown {
  if (error instanceof DatabaseUnavailable) return error;
  const text = `${codeOf(error)} ${messageOf(error)}`;
  const options = { cause: error };
  if (/ENOSPC|No space left/i.test(text))
    return new DatabaseUnavailable(`The disk of the data folder ${dataDir} is full; free some space or choose another DATA_DIR.`, options);
  if (/EROFS|EACCES|EPERM|Read-only|Permission denied/i.test(text))
    return new DatabaseUnavailable(
      `The data folder ${dataDir} cannot be written; give this user the right to or choose another DATA_DIR.`,
      options,
    );
  return new DatabaseUnavailable(
    `The embedded database in ${dataDir} did not start (${text.trim()}); choose another DATA_DIR or restore a backup.`,
    options,
  );
}
