import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ed25519Type, signerKey, signerKeyText } from '#audit/verifier';
import { openEventStore } from '#event-store';
import type { EventStore } from '#event-store';
import { openDatabase } from '#platform';
import { startApp } from '../support/app.js';
import type { StartedApp } from '../support/app.js';
import { CuttableLine } from '../support/cuttable-line.js';
import { EventStorePeer } from '../support/event-store-peer.js';
import { startPostgres } from '../support/postgres-server.js';
import type { PostgresServer } from '../support/postgres-server.js';

export type LogPlace = 'PostgreSQL' | 'EventStoreDB';

const clock = pathToFileURL(resolve('dist/test/chaos/jumping-clock.js')).href;

/** Two API processes and two workers on one database and one log, all of which can be hurt. */
export class Cluster {
  readonly apis: StartedApp[] = [];
  readonly workers: StartedApp[] = [];
  private readonly streamPrefix = `chaos-${randomUUID()}-`;
  private readonly auditKey = signerKeyText(signerKey('log.example/chaos', ed25519Type, randomBytes(32)));

  private constructor(
    readonly postgres: PostgresServer,
    /** To PostgreSQL. */
    readonly line: CuttableLine,
    /** The log, where it is not in PostgreSQL. */
    readonly peer: EventStorePeer | undefined,
  ) {}

  static async start(place: LogPlace): Promise<Cluster> {
    const postgres = await startPostgres();
    const line = await CuttableLine.to(Number(new URL(postgres.url).port));
    const cluster = new Cluster(postgres, line, place === 'EventStoreDB' ? await EventStorePeer.start() : undefined);
    await Promise.all([0, 1].flatMap((index) => [cluster.startApi(index), cluster.startWorker(index)]));
    return cluster;
  }

  async startApi(index: number): Promise<void> {
    this.apis[index] = await startApp({ env: { ...this.env, PROCESSORS: '0' } });
  }

  async startWorker(index: number, { clockJumps = false } = {}): Promise<void> {
    const env = { ...this.env, ...(clockJumps && { NODE_OPTIONS: `--import=${clock}` }) };
    this.workers[index] = await startApp({ env, command: 'work' });
  }

  worker(index: number): StartedApp {
    return existing(this.workers[index]);
  }

  api(index: number): StartedApp {
    return existing(this.apis[index]);
  }

  /** What each process holds in memory, in megabytes, by process id. Linux only; empty elsewhere. */
  async residentMegabytes(): Promise<ReadonlyMap<number, number>> {
    const all = [...this.apis, ...this.workers].map(async ({ pid }) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      return [pid, Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? NaN) / 1024] as const;
    });
    return new Map((await Promise.all(all)).filter(([, megabytes]) => !Number.isNaN(megabytes)));
  }

  /** Looks at the log past all processes. */
  async withLog<Result>(look: (store: EventStore) => Promise<Result>): Promise<Result> {
    const database = await openDatabase({ url: this.postgres.url, dataDir: '' });
    const store = await openEventStore(database, { eventStore: this.peer?.url, streamPrefix: this.streamPrefix });
    try {
      return await look(store);
    } finally {
      await store.close();
      await database.close();
    }
  }

  /** Transactions that PostgreSQL ended because they waited for each other, since it last started. */
  async deadlocks(): Promise<number> {
    const database = await openDatabase({ url: this.postgres.url, dataDir: '' });
    try {
      const { rows } = await database.pool.query<{ deadlocks: string }>('SELECT sum(deadlocks) AS deadlocks FROM pg_stat_database');
      return Number(rows[0]?.deadlocks);
    } finally {
      await database.close();
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.apis, ...this.workers].map((one) => one.stop()));
    await this.line.close();
    await this.postgres.stop();
    await this.peer?.stop();
  }

  private get env(): Record<string, string> {
    const url = new URL(this.postgres.url);
    url.port = String(this.line.port);
    return { DATABASE_URL: url.href, EVENT_STORE: this.peer?.url ?? '', STREAM_PREFIX: this.streamPrefix, AUDIT_KEY: this.auditKey };
  }
}

function existing(app: StartedApp | undefined): StartedApp {
  if (!app) throw new Error('There is no such process.');
  return app;
}
