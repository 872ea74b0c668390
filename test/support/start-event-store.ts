import { EventStoreServer } from './event-store-server.js';

/** Before the suite: a server that nobody has started yet is started, and remembered for `end-event-store`. */
export default async function startEventStore(): Promise<void> {
  const { TEST_EVENTSTORE_URL: url, TEST_EVENTSTORE_CMD: command } = process.env;
  if (url === undefined || command === undefined) return;
  // Jest runs both in one process, and drops what this one answers.
  if (await new EventStoreServer(url, command).ensure()) process.env['TEST_EVENTSTORE_STARTED'] = url;
}
