import { Socket } from 'node:net';
import pg from 'pg';
import { messageOf } from './database-unavailable.js';

const beatMs = 2_000;
/** Waited twice, so that a process that was itself held up for a moment reads the answer before it judges. */
const patienceMs = 2_000;

/**
 * Notices a server that keeps connections open and no longer answers, as a hung machine or a cut network does, and cuts
 * them all: what waits for an answer then fails within seconds, as for a server that is down, while a statement that
 * merely takes long is left alone.
 */
export class ServerWatch {
  private readonly sockets = new Set<Socket>();
  private readonly config: pg.ClientConfig;
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(config: pg.ClientConfig) {
    this.config = { ...config, connectionTimeoutMillis: 2 * patienceMs };
    this.later();
  }

  /** The socket of a connection that is to be watched. */
  readonly socket = (): Socket => {
    const socket = new Socket();
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    return socket;
  };

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private later(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.beat().finally(() => this.later()), beatMs);
    this.timer.unref();
  }

  private async beat(): Promise<void> {
    if (this.sockets.size === 0) return;
    try {
      this.client ??= await this.connect();
      if (await answersInTime(this.client.query('SELECT 1'))) return;
      this.cut();
    } catch (error) {
      // Whoever is turned away was answered.
      if (/timeout/i.test(messageOf(error))) this.cut();
    }
    const lost = this.client;
    this.client = undefined;
    // Not waited for: a hung server does not say goodbye.
    void lost?.end().catch(() => undefined);
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client(this.config);
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  private cut(): void {
    for (const socket of this.sockets) socket.destroy(new Error('Connection terminated: the database server does not answer.'));
  }
}

async function answersInTime(answer: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const wait = (): Promise<false> => new Promise((resolve) => (timer = setTimeout(() => resolve(false), patienceMs)));
  const answered = answer.then(() => true);
  try {
    return (await Promise.race([answered, wait()])) || (await Promise.race([answered, wait()]));
  } finally {
    clearTimeout(timer);
    answered.catch(() => undefined);
  }
}
