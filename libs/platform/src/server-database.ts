import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Database } from './database.js';
import { DatabaseUnavailable, codeOf, isDatabaseOutage, messageOf } from './database-unavailable.js';
import { ServerWatch } from './server-watch.js';
import { inTransaction } from './transaction.js';

const connectTimeoutMs = 5_000;
/** Whoever stands still within a transaction, as a machine that is gone does, holds its locks no longer than this. */
const idleInTransactionMs = 5_000;

/** Who waits for a server that is not up yet: how long, and what is told once that it is so. */
export interface Patience {
  readonly timeMs: number;
  readonly onWait: (sentence: string) => void;
}

/** PostgreSQL on a server. @throws DatabaseUnavailable when it cannot be reached */
export async function openServerDatabase(url: string, applicationName: string, patience?: Patience): Promise<Database> {
  const options = {
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    idle_in_transaction_session_timeout: idleInTransactionMs,
  };
  const watch = new ServerWatch(options);
  const config = { ...options, stream: watch.socket };
  const pool = new pg.Pool({ ...config, max: 20 });
  // A lost idle client is replaced at the next use; without a handler it would end the process.
  pool.on('error', () => undefined);
  // So is one that is lost between two statements of whoever holds it: the next statement says so.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  try {
    await firstAnswer(pool, url, patience);
  } catch (error) {
    await watch.stop();
    await pool.end();
    throw new DatabaseUnavailable(
      `The database at ${withoutPassword(url)} cannot be used (${reason(error)}); start it or correct DATABASE_URL.`,
      { cause: error },
    );
  }
  const listeners = new Set<() => Promise<void>>();
  return {
    pool,
    embedded: false,
    connect: () => pool.connect(),
    transaction: (work) => inTransaction(() => pool.connect(), work),
    listen: async (channel, onNotification) => {
      const stop = await listenWithReconnect(config, channel, onNotification);
      listeners.add(stop);
      return async () => {
        listeners.delete(stop);
        await stop();
      };
    },
    close: async () => {
      await Promise.all([...listeners].map((stop) => stop()));
      await watch.stop();
      await pool.end();
    },
  };
}

async function firstAnswer(pool: pg.Pool, url: string, patience: Patience | undefined): Promise<void> {
  const giveUpAt = Date.now() + (patience?.timeMs ?? 0);
  for (let attempt = 0; ; attempt++) {
    try {
      await pool.query('SELECT 1');
      return;
    } catch (error) {
      // A wrong password or name does not become right by waiting.
      if (!patience || !isDatabaseOutage(error) || Date.now() >= giveUpAt) throw error;
      if (attempt === 0) {
        const seconds = String(Math.ceil(patience.timeMs / 1000));
        patience.onWait(`The database at ${withoutPassword(url)} does not answer (${reason(error)}); waiting ${seconds} s for it.`);
      }
      await sleep(Math.min(500, Math.max(0, giveUpAt - Date.now())));
    }
  }
}

async function listenWithReconnect(
  config: pg.ClientConfig,
  channel: string,
  onNotification: (payload: string) => void,
): Promise<() => Promise<void>> {
  let stopped = false;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;

  const connect = async (failures: number): Promise<void> => {
    const next = new pg.Client(config);
    let lost = false;
    const lose = (): void => {
      if (lost || stopped) return;
      lost = true;
      client = undefined;
      void next.end().catch(() => undefined);
      const delayMs = Math.min(5_000, 100 * 2 ** failures) * (0.5 + Math.random() / 2);
      retry = setTimeout(() => void connect(Math.min(failures + 1, 10)), delayMs);
    };
    next.on('error', lose);
    next.on('end', lose);
    next.on('notification', ({ payload }) => onNotification(payload ?? ''));
    try {
      await next.connect();
      await next.query(`LISTEN ${next.escapeIdentifier(channel)}`);
    } catch {
      lose();
      return;
    }
    if (stopped) return next.end();
    client = next;
    failures = 0;
    onNotification('');
  };

  await connect(0);
  return async () => {
    stopped = true;
    clearTimeout(retry);
    await client?.end().catch(() => undefined);
  };
}

function withoutPassword(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

// Where a name has several addresses, each failed for itself.
const reason = (error: unknown): string => messageOf(error instanceof AggregateError ? error.errors[0] : error) || codeOf(error);
