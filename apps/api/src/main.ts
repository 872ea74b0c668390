import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openEventStore } from '#event-store';
import { demoPassword, demoPeople, Directory, migrateIdentity, seedDemo, SignIn } from '#identity';
import { createLogger, isDatabaseOutage, messageOf, openDatabase, SystemClock } from '#platform';
import type { Config, Logger } from '#platform';
import { counts, refusals, register } from '#procedures';
import { Processors } from '#processors';
import { Definitions } from '#workflow';
import type { Services } from './api.module.js';
import { createHttpServer } from './http-server.js';
import { Metrics } from './operating/metrics.js';
import { ProcedureDesk } from '#procedures/commands';
import { Reading } from './reading/reading.js';
import { Settings } from './settings.js';

/** What is under way gets this long to end before its connections are cut. */
const drainMs = 8_000;
/** A database that is started together with this process is waited for; who restarts both tries again after that. */
const databasePatienceMs = 15_000;

/** A running installation. */
export interface Serving {
  /** Such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Stops accepting, lets what is under way end for 8 s at most, and lets go of everything. */
  close(): Promise<void>;
}

/**
 * Opens the log, keeps the views, and serves the API until SIGTERM or SIGINT. Prints the line with the URL when ready.
 * @throws Error with a sentence for the operator when it cannot start
 */
export async function serve(config: Config): Promise<Serving> {
  const logger = createLogger(config.logLevel);
  const opened = new Opened();
  try {
    const services = await openServices(config, logger, opened);
    const app = await createHttpServer(services);
    opened.add(() => closeHttp(app));
    await listen(app, config);
    const url = urlOf(app, config.host);
    opened.endOnSignals(logger);
    await services.processors.caughtUpAtStart;
    services.settings.notReady = null;
    if (config.demo) process.stdout.write(`${howToSignIn()}\n`);
    process.stdout.write(`Tinh Gọn is ready at ${url}\n`);
    return { url, close: () => opened.close() };
  } catch (error) {
    // Asked to end before it was ready is no failure.
    if (!opened.isClosing) {
      await opened.close();
      throw error;
    }
    await opened.close();
    return { url: '', close: () => Promise.resolve() };
  }
}

async function openServices(config: Config, logger: Logger, opened: Opened): Promise<Services> {
  const onWait = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  const patience = { timeMs: databasePatienceMs, onWait };
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, patience });
  opened.add(() => database.close());
  const store = await openEventStore(database, { ...config, patience });
  opened.add(() => store.close());
  await migrateIdentity(database);
  const definitions = new Definitions(store);
  await definitions.publishInitial();
  const directory = await Directory.open(database);
  if (config.demo) await seedDemo(database, store, directory);
  const signIn = await SignIn.open(database, directory, { demo: config.demo });
  const processors = new Processors({
    database,
    store,
    views: [register, counts, refusals],
    // That the database is away is no fault of the program: a sentence says it, without a stack.
    onError: (processor, error) =>
      logger.warn(
        { processor, ...(isDatabaseOutage(error) ? { reason: messageOf(error) } : { err: error }) },
        'A processor failed and tries again.',
      ),
  });
  await processors.start();
  opened.add(() => processors.stop());
  const desk = new ProcedureDesk(store, definitions, () => directory.units(), new SystemClock());
  const reading = new Reading({ store, database, processors }, definitions, directory, desk);
  const metrics = new Metrics(processors);
  const settings = new Settings(config, database, logger);
  return { store, directory, signIn, processors, desk, reading, metrics, settings };
}

/** What is to be closed, the last first, once. */
class Opened {
  private readonly closers: (() => Promise<void>)[] = [];
  private closing: Promise<void> | undefined;
  private readonly onSignal = new Map<NodeJS.Signals, () => void>();

  get isClosing(): boolean {
    return this.closing !== undefined;
  }

  add(close: () => Promise<void>): void {
    this.closers.push(close);
  }

  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  /** The first signal ends in order, a second one at once. */
  endOnSignals(logger: Logger): void {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const end = (): void => {
        void this.close().then(
          () => process.exit(0),
          (error: unknown) => {
            logger.error({ err: error }, 'Ending failed.');
            process.exit(1);
          },
        );
      };
      process.once(signal, end);
      this.onSignal.set(signal, end);
    }
  }

  private async closeAll(): Promise<void> {
    for (const [signal, end] of this.onSignal) process.off(signal, end);
    for (const close of this.closers.reverse()) await close();
  }
}

async function listen(app: NestFastifyApplication, { host, port }: Config): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = { EADDRINUSE: 'is taken', EACCES: 'may not be used by this user', EADDRNOTAVAIL: 'is not an address of this machine' }[
      code
    ];
    if (why === undefined) throw error;
    throw new Error(`Port ${String(port)} on ${host} ${why}; choose another PORT or HOST.`, { cause: error });
  }
}

/** Ends listening streams, lets answers under way end, and cuts what does not. */
async function closeHttp(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpServer();
  const cut = setTimeout(() => server.closeAllConnections(), drainMs);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}

function urlOf(app: NestFastifyApplication, host: string): string {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const named = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? (host.includes(':') ? `[${host}]` : host);
  return `http://${named}:${String(port)}`;
}

function howToSignIn(): string {
  const usernames = demoPeople.map(({ username }) => username).join(', ');
  return `Sample people (demo): sign in with the password ${demoPassword} as ${usernames}.`;
}
