import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import { Unavailable } from '../errors.js';

const options = [
  'connectionName',
  'defaultDeadline',
  'discoveryInterval',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
  'maxDiscoverAttempts',
  'nodePreference',
  'tls',
  'tlsCAFile',
  'userCertFile',
  'userKeyFile',
];
/** The first that says when a subscription has caught up. */
const oldestVersion = [23, 10] as const;

/** The event store cannot be used as it is configured; the message is one sentence that says what to do. */
class EventStoreMisconfigured extends Error {
  override readonly name = 'EventStoreMisconfigured';
}

/**
 * A client for the connection string, `esdb://` or `kurrentdb://`, with or without `+discover`.
 * @throws EventStoreMisconfigured, which never repeats the string, because it may hold a password
 */
export function connect(connectionString: string): EventStoreDBClient {
  const asEsdb = connectionString.replace(/^kurrentdb(\+discover)?:/, 'esdb$1:');
  const query = asEsdb.split('?')[1] ?? '';
  // The client prints the whole string, password included, when it meets an option that it does not know.
  for (const name of query === '' ? [] : query.split('&').map((pair) => pair.split('=')[0] ?? '')) {
    if (!options.some((known) => known.toLowerCase() === name.toLowerCase().replace(/[_-]/g, '')))
      throw new EventStoreMisconfigured(`EVENT_STORE has an option ${name}, which is none of ${options.join(', ')}.`);
  }
  try {
    return EventStoreDBClient.connectionString(asEsdb);
  } catch (error) {
    const why = messageOf(error).replace(/^Unexpected ".*" at position/s, 'something unexpected at position');
    throw new EventStoreMisconfigured(`EVENT_STORE cannot be read: ${why}`, { cause: error });
  }
}

/** Ends what the client has under way, and its connections, which it leaves open by itself. */
export async function release(client: EventStoreDBClient): Promise<void> {
  await client.dispose();
  const { getChannel } = client as unknown as { readonly getChannel: () => Promise<{ close(): void }> };
  // Where none was open it looks for one first, which may take long when no server is there.
  const closed = getChannel().then(
    (channel) => channel.close(),
    () => undefined,
  );
  await Promise.race([closed, delay(1_000, undefined, { ref: false })]);
}

/** Where the connection string leads, without credentials and options. */
export function addressOf(connectionString: string): string {
  return connectionString
    .replace(/^[^:]+:\/\//, '')
    .replace(/^.*@/, '')
    .replace(/[/?].*$/, '');
}

/** @throws EventStoreMisconfigured when the server is too old, and what stopped the asking */
export async function checkVersion(client: EventStoreDBClient): Promise<void> {
  // The client asks this for itself and keeps it from others.
  const { capabilities } = client as unknown as { readonly capabilities: Promise<{ readonly serverVersion: string }> };
  const { serverVersion } = await capabilities;
  const [major = 0, minor = 0] = serverVersion.split('.').map(Number);
  if (major > oldestVersion[0] || (major === oldestVersion[0] && minor >= oldestVersion[1])) return;
  throw new EventStoreMisconfigured(
    `The server that EVENT_STORE names is too old (version ${serverVersion}): ${oldestVersion.join('.')} or newer is needed.`,
  );
}

/** What a failed call says of the store. */
export type Failure =
  /** The configuration is wrong; trying again changes nothing. */
  | { readonly kind: 'misconfigured'; readonly error: EventStoreMisconfigured }
  /** The call went to a node that does not lead; it did nothing. */
  | { readonly kind: 'not-leader' }
  /** It may have been done or not. */
  | { readonly kind: 'unknown' };

/** Tells failures of transport and configuration apart. Answers about streams are the caller's to look at first. */
export function failureOf(error: unknown): Failure {
  const type = typeOf(error);
  const message = messageOf(error);
  if (type === 'not-leader') return { kind: 'not-leader' };
  if (type === 'access-denied' || /^(7|16) |permission.denied|unauthenticated/i.test(message))
    return misconfigured('The event store refuses the credentials of EVENT_STORE, or they may not do this there.', error);
  if (/wrong version number|EPROTO|packet length too long/i.test(message))
    return misconfigured('The server that EVENT_STORE names speaks without TLS: add ?tls=false.', error);
  if (/self.signed|unable to (verify|get)|certificate|altnames/i.test(message))
    return misconfigured('The certificate of the event store is not trusted: name its authority with tlsCAFile in EVENT_STORE.', error);
  if (/invalid ?position/i.test(message))
    return misconfigured(
      'The event store has no event at the position to go on from, which is of another log. Name that log in EVENT_STORE, or give this one a database of its own.',
      error,
    );
  return { kind: 'unknown' };
}

/** What is thrown when the store stays away. */
export function unavailable(address: string, error: unknown): Unavailable {
  return new Unavailable(`The event store at ${address} does not answer (${messageOf(error)}).`, { cause: error });
}

/** The client's own word for an error; undefined for what came from below it. */
export function typeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'type' in error ? String(error.type) : undefined;
}

function misconfigured(message: string, cause: unknown): Failure {
  return { kind: 'misconfigured', error: new EventStoreMisconfigured(message, { cause }) };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
