import { EventStoreServer } from './event-store-server.js';

/** Before the suite: a server that nobody has started yet is started. Answers what ends it. */
export default async function startEventStore(): Promise<(() => Promise<void>) | undefined> {
  const { TEST_EVENTSTORE_URL: url, TEST_EVENTSTORE_CMD: command } = process.env;
  if (url === undefined || command === undefined) return undefined;
  const server = new EventStoreServer(url, command);
  return (await server.ensure()) ? () => server.end('SIGTERM') : undefined;
}
