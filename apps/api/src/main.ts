import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { demoPassword, demoPeopleIn } from '#identity';
import type { Directory } from '#identity';
import { createLogger, Opened, startTelemetry } from '#platform';
import type { Config } from '#platform';
import { createHttpServer } from './http-server.js';
import { openInstallation } from './installation.js';

/** What is under way gets this long to end before its connections are cut. */
const drainMs = 6_000;

/** A running installation. */
export interface Serving {
  /** Such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Stops accepting, lets what is under way end for 6 s at most, and lets go of everything. */
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
    opened.add(await startTelemetry(config, 'tinhgon-api', logger));
    const installation = await openInstallation(config, logger, opened);
    const app = await createHttpServer(installation);
    opened.add(() => closeHttp(app));
    await listen(app, config);
    const url = urlOf(app, config.host);
    opened.endOnSignals(logger);
    await installation.processors.caughtUpAtStart;
    await installation.directory.reload();
    installation.settings.notReady = null;
    if (config.demo) process.stdout.write(`${howToSignIn(installation.directory)}\n`);
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

function howToSignIn(directory: Directory): string {
  const usernames = demoPeopleIn(directory)
    .map(({ username }) => username)
    .join(', ');
  return `Sample people (demo): sign in with the password ${demoPassword} as ${usernames}.`;
}
