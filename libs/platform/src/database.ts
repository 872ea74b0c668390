import type { Pool, PoolClient } from 'pg';

/** One client inside a transaction. Never check out a second one inside it: the embedded database has a single connection. */
export type Transaction = Pick<PoolClient, 'query'>;

/** PostgreSQL, on a server or embedded in this process; the same SQL runs on both. */
export interface Database {
  readonly pool: Pool;
  readonly embedded: boolean;
  /** A client to write with, to be released. @throws DatabaseUnavailable when the disk of the embedded database has no room */
  connect(): Promise<PoolClient>;
  /**
   * Runs the work between BEGIN and COMMIT; rolls back when it throws.
   * @param options.bytes About how many are written, for which the disk of the embedded database must have room. (Default: few)
   */
  transaction<Result>(work: (transaction: Transaction) => Promise<Result>, options?: { readonly bytes: number }): Promise<Result>;
  /**
   * Calls back for each NOTIFY on the channel, and once after a lost connection is back (with an empty payload),
   * because notifications in between are gone. Answers with a function that stops listening.
   */
  listen(channel: string, onNotification: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
