import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { outage } from '#event-store';
import type { EventStore } from '#event-store';
import { measureWebhooks } from '#notifications';
import { createLogger, Opened, startTelemetry } from '#platform';
import type { Config, Database } from '#platform';
import { measureProcessors } from '#processors';
import type { Processors } from '#processors';
import { follow, openLog } from './installation.js';

/**
 * Runs its share of the processors until SIGTERM or SIGINT, beside any number of other workers and API processes. Answers
 * `/health/live`, `/health/ready` and `/metrics`. Prints a line when ready.
 * @throws Error with a sentence for the operator when it cannot start
 */
export async function work(config: Config): Promise<void> {
  if (config.databaseUrl === undefined)
    throw new Error(
      'A worker shares a database with others: set DATABASE_URL. The embedded database belongs to one process, which runs everything.',
    );
  const logger = createLogger(config.logLevel);
  const opened = new Opened();
  try {
    opened.add(await startTelemetry(config, 'tinhgon-worker', logger));
    const { database, store, processors } = await follow(config, await openLog(config, opened), { opened, logger });
    const server = await answerHealth(config, { database, store, processors });
    opened.add(() => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()));
    opened.endOnSignals(logger);
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`Tinh Gọn worker ${processors.owner} is ready; its health is at http://${config.host}:${String(port)}\n`);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function answerHealth(
  { host, port }: Config,
  { database, store, processors }: { readonly database: Database; readonly store: EventStore; readonly processors: Processors },
): Promise<Server> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  measureProcessors(registry, processors, database);
  measureWebhooks(registry, database);
  const notReady = async (): Promise<string | null> => (await outage(database, store)) ?? processors.unhealthy();
  const answers: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    '/health/live': (response) => {
      json(response, 200, { status: 'ok' });
      return Promise.resolve();
    },
    '/health/ready': async (response) => {
      const reason = await notReady();
      if (reason === null) json(response, 200, { status: 'ok' });
      else json(response, 503, { status: 'not-ready', reason });
    },
    '/metrics': async (response) => {
      response.setHeader('content-type', registry.contentType).end(await registry.metrics());
    },
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url?.split('?')[0] ?? ''];
    if (!answer || request.method !== 'GET') json(response, 404, { status: 'not-found' });
    else answer(response).catch(() => json(response, 503, { status: 'not-ready' }));
  });
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
