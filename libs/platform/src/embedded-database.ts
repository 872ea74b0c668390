import { closeSync, existsSync, fsyncSync, lstatSync, openSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import pg from 'pg';
import type { Database } from './database.js';
import { DatabaseUnavailable, codeOf, messageOf } from './database-unavailable.js';
import { EmbeddedConnection } from './embedded-connection.js';
import { makeEmptyDatabase } from './empty-database.js';
import { lockFolder } from './folder-lock.js';
import type { FolderLock } from './folder-lock.js';
import { claimFolder, closeToOthers, privateMode } from './private-folder.js';
import { inTransaction } from './transaction.js';

/** What we use of the file system inside the WebAssembly module. */
interface Emscripten {
  readonly FS: { readonly ErrnoError: new (code: number) => Error };
  readonly NODEFS: { readonly node_ops: Operations; readonly stream_ops: Operations };
}
type Operations = Record<string, (...given: never[]) => unknown>;

const inputOutputError = 29;

// Two segments of the write-ahead log. PGlite does not outlive a disk without room for the next one, so nothing is written then.
const roomToWrite = 32 * 1024 * 1024;
const roomToStart = 2 * roomToWrite;

/** A process that looked so lately need not look again before it writes; before it tells of a commit it always does. */
const sureForMs = 50;

/** PGlite's file system leaves fsync out; an acknowledged commit must be on the disk. It also has the files open to everybody. */
class FlushingNodeFS extends NodeFS {
  constructor(
    folder: string,
    private readonly operator: {
      /** The write-ahead log could not be written: PGlite would try for ever and never give the thread back. */
      readonly onLogUnwritable: () => never;
      /** Does not come back when the folder is somebody else's. */
      readonly mustBeOurs: (withinMs: number) => void;
    },
  ) {
    super(folder);
  }

  override async init(...[database, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(database, options);
    const { onLogUnwritable, mustBeOurs } = this.operator;
    const prepare = ({ FS, NODEFS }: Emscripten): void => {
      replace(NODEFS.node_ops, ['mknod', 'rename', 'unlink', 'rmdir', 'setattr'], (operation, given) => {
        mustBeOurs(sureForMs);
        return operation(...given);
      });
      replace(NODEFS.node_ops, ['mknod'], (mknod, [parent, name, mode, device]) =>
        mknod(parent, name, privateMode(mode as number), device),
      );
      for (const operations of [NODEFS.node_ops, NODEFS.stream_ops])
        replace(operations, ['setattr'], (setattr, [node, attributes]) => {
          const { mode, ...others } = attributes as { readonly mode?: number };
          return setattr(node, { ...others, ...(mode !== undefined && { mode: privateMode(mode) }) });
        });
      replace(NODEFS.stream_ops, ['write'], (write, given) => {
        mustBeOurs(sureForMs);
        try {
          return write(...given);
        } catch (error) {
          if ((given[0] as { readonly path?: string }).path?.includes('pg_wal')) onLogUnwritable();
          throw error;
        }
      });
      NODEFS.stream_ops['fsync'] = ({ nfd }: { readonly nfd: number }) => {
        try {
          fsyncSync(nfd);
        } catch {
          throw new FS.ErrnoError(inputOutputError);
        }
        // Held after the flush, so whoever takes over finds what was flushed; every commit that is told of comes by here.
        mustBeOurs(0);
        return 0;
      };
    };
    const preRun = [emscriptenOpts.preRun ?? []].flat() as unknown[];
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...preRun, prepare] as never } };
  }
}

function replace(
  operations: Operations,
  names: readonly string[],
  by: (operation: (...given: readonly unknown[]) => unknown, given: readonly unknown[]) => unknown,
): void {
  for (const name of names) {
    const operation = operations[name] as ((...given: readonly unknown[]) => unknown) | undefined;
    if (!operation) throw new Error(`This version of PGlite has no file operation ${name}.`);
    operations[name] = (...given: readonly unknown[]) => by(operation, given);
  }
}

// PGlite's own list with -F (fsync off) left out.
const startParams = [
  '--single', '-O', '-j', '-c', 'search_path=public', '-c', 'exit_on_error=false', '-c', 'log_checkpoints=false',
  '-c', 'max_worker_processes=0', '-c', 'max_parallel_workers=0', '-c', 'max_parallel_workers_per_gather=0',
  '-c', 'io_method=sync', '-c', 'max_parallel_maintenance_workers=0',
  // Kept in memory for good, beside the system's own cache of the files.
  '-c', 'shared_buffers=32MB',
  '-c', 'fsync=on', '-c', 'synchronous_commit=on', '-c', 'wal_sync_method=fsync',
]; // prettier-ignore

/** PostgreSQL inside this process, its files below the folder. @throws DatabaseUnavailable when the folder cannot be used */
export async function openEmbeddedDatabase(dataDir: string): Promise<Database> {
  const folder = join(dataDir, 'postgres');
  const lock = await claim(dataDir);
  try {
    closeToOthers(dataDir);
    mustHaveRoom(dataDir, roomToStart);
    // The file system of PGlite follows no link, and one to elsewhere would leave the lock behind.
    if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() === true)
      throw new DatabaseUnavailable(
        `The folder ${folder} is a link, and the embedded database stands in the data folder itself; move the folder that it leads to here, or set DATA_DIR to the folder that holds it.`,
      );
    if (!existsSync(folder)) {
      await makeFolder(folder);
      closeToOthers(dataDir);
    }
    const pglite = await PGlite.create({ fs: new FlushingNodeFS(folder, operatorOf(dataDir, lock)), startParams });
    // One connection, never given up: a second client would talk into the first one's transaction.
    const only = { max: 1, idleTimeoutMillis: 0, user: 'postgres', ssl: false };
    const pool = new pg.Pool({ ...only, stream: () => new EmbeddedConnection(pglite) });
    pool.on('error', () => undefined);
    const listeners = new Map<string, Set<(payload: string) => void>>();
    pool.on('connect', (client) =>
      client.on('notification', ({ channel, payload = '' }) => {
        for (const listener of listeners.get(channel) ?? []) queueMicrotask(() => listener(payload));
      }),
    );
    const connect = async (bytes = 0): Promise<pg.PoolClient> => {
      // What is written stands in the write-ahead log and in its table.
      mustHaveRoom(dataDir, roomToWrite + 2 * bytes);
      return pool.connect();
    };
    return {
      pool,
      embedded: true,
      connect: () => connect(),
      transaction: (work, { bytes } = { bytes: 0 }) => inTransaction(() => connect(bytes), work),
      listen: async (channel, onNotification) => {
        // Holding the connection keeps LISTEN and UNLISTEN out of a transaction that may roll back.
        const alone = async (statement: string): Promise<void> => {
          const client = await pool.connect();
          try {
            await client.query(statement);
          } finally {
            client.release();
          }
        };
        const name = pg.escapeIdentifier(channel);
        const ours = listeners.get(channel) ?? new Set();
        listeners.set(channel, ours.add(onNotification));
        await alone(`LISTEN ${name}`);
        return async () => {
          ours.delete(onNotification);
          if (ours.size === 0) await alone(`UNLISTEN ${name}`);
        };
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

/** The folder gets its name only when it is complete and on the disk, so one that was being made in a crash is made anew. */
async function makeFolder(folder: string): Promise<void> {
  const beginning = `${folder}.beginning`;
  rmSync(beginning, { recursive: true, force: true });
  await makeEmptyDatabase(beginning);
  flushFolder(beginning);
  renameSync(beginning, folder);
  flush(dirname(folder));
}

function mustHaveRoom(dataDir: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < bytes) throw diskFull(dataDir);
}

async function claim(dataDir: string): Promise<FolderLock> {
  try {
    claimFolder(dataDir);
    return await lockFolder(dataDir, { onLost: () => endAtOnce(lockLost(dataDir)) });
  } catch (error) {
    throw explain(dataDir, error);
  }
}

const operatorOf = (dataDir: string, lock: FolderLock): ConstructorParameters<typeof FlushingNodeFS>[1] => ({
  onLogUnwritable: () => endAtOnce(`${diskFull(dataDir).message} Nothing that was acknowledged is lost; start again then.`),
  mustBeOurs: (withinMs) => {
    if (!lock.isHeld(withinMs)) endAtOnce(lockLost(dataDir));
  },
});

const lockLost = (dataDir: string): string =>
  `The lock of the data folder ${dataDir} was lost: another process took it while this one stood still, or somebody deleted it. ` +
  'This process ends and acknowledges nothing more; what it has acknowledged is in the folder.';

/** What was acknowledged is on the disk and what is under way was not: as after a kill, the next start recovers. */
function endAtOnce(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function diskFull(dataDir: string, options?: ErrorOptions): DatabaseUnavailable {
  return new DatabaseUnavailable(
    `The disk of the data folder ${dataDir} is full; free some space (${String(roomToStart / 1024 / 1024)} MB or more) or choose another DATA_DIR.`,
    options,
  );
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

function explain(dataDir: string, error: unknown): unknown {
  if (error instanceof DatabaseUnavailable) return error;
  const text = `${codeOf(error)} ${messageOf(error)}`;
  const options = { cause: error };
  if (/ENOSPC|No space left/i.test(text)) return diskFull(dataDir, options);
  if (/EEXIST|ENOTDIR/.test(text)) return new DatabaseUnavailable(`DATA_DIR must be a folder, and ${dataDir} is not one.`, options);
  if (/EROFS|EACCES|EPERM|Read-only|Permission denied/i.test(text))
    return new DatabaseUnavailable(
      `The data folder ${dataDir} cannot be written; give this user the right to or choose another DATA_DIR.`,
      options,
    );
  return new DatabaseUnavailable(
    `The embedded database in ${dataDir} did not start (${firstSentence(text)}); choose another DATA_DIR or restore a backup.`,
    options,
  );
}

/** Of what a process that failed has printed, the line that says why. */
const firstSentence = (text: string): string => (/^\w*Error: (.*)$/m.exec(text)?.[1] ?? text.split('\n', 1)[0] ?? '').trim();
