import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { openEventStore } from '#event-store';
import type { EventStore } from '#event-store';
import { createAdministrator, setClearanceOf } from '#identity';
import { openDatabase, Opened, type Config, type Database } from '#platform';
import type { Classification } from '#workflow';
import { Interrupted } from './interruption.js';
import { say } from './terminal.js';

export interface NewAdministrator {
  readonly username?: string;
  readonly name?: string;
  /** Where it is not given, it is asked for. */
  readonly password?: string;
  /** (Default: topSecret) */
  readonly clearance?: Classification;
}

/** Makes an administrator on the database itself, which is how an installation without demo people gets its first one. */
export async function createAdmin(config: Config, given: NewAdministrator): Promise<void> {
  const username = given.username ?? (await ask('Username: ', '--username'));
  const name = given.name ?? (await ask('Name: ', '--name'));
  const password = given.password ?? (await ask('Password: ', 'the variable TINHGON_PASSWORD', true));
  const { clearance } = given;
  await onInstallation(config, (database, store) => createAdministrator(database, store, { username, name, password, clearance }));
  say(`${name} may sign in as ${username}.`);
}

/** Says what somebody may see, on the database itself: over the API nobody gives a clearance above their own. */
export async function clear(config: Config, username: string, clearance: Classification): Promise<void> {
  await onInstallation(config, (database, store) => setClearanceOf(database, store, username, clearance));
  say(`${username} is cleared as ${clearance}.`);
}

async function onInstallation(config: Config, work: (database: Database, store: EventStore) => Promise<void>): Promise<void> {
  const opened = new Opened();
  try {
    const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir });
    opened.add(() => database.close());
    const store = await openEventStore(database, config);
    opened.add(() => store.close());
    await work(database, store);
  } finally {
    await opened.close();
  }
}

async function ask(question: string, instead: string, hidden = false): Promise<string> {
  if (!process.stdin.isTTY) throw new Error(`Give ${instead}: there is no terminal to ask on.`);
  process.stdout.write(question);
  // What is typed is echoed by the line reader; a sink in place of the terminal keeps a password off the screen.
  const output = hidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stdout;
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    // Without it, Ctrl-C or Ctrl-D would leave the question open for ever.
    const left = new AbortController();
    lines.once('SIGINT', () => left.abort()).once('close', () => left.abort());
    const answer = await lines.question('', { signal: left.signal }).then(
      (text) => text.trim(),
      () => {
        throw new Interrupted('\nInterrupted. Nothing was done.');
      },
    );
    if (hidden) process.stdout.write('\n');
    if (answer === '') throw new Error(`${question.replace(': ', '')} must not be empty.`);
    return answer;
  } finally {
    lines.close();
  }
}
