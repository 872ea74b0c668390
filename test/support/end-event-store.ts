import { EventStoreServer } from './event-store-server.js';

/** After the suite: the server that it started ends; one that ran before goes on. */
export default async function endEventStore(): Promise<void> {
  const { TEST_EVENTSTORE_STARTED: url, TEST_EVENTSTORE_CMD: command } = process.env;
  if (url !== undefined && command !== undefined) await new EventStoreServer(url, command).end('SIGTERM');
}
