import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf, openDatabase } from '#platform';
import type { Database } from '#platform';

/** Where a log or people are: `folder` of the embedded database, a `postgres` server, an `eventstore` server. */
export interface Place {
  readonly kind: 'folder' | 'postgres' | 'eventstore';
  /** As it was given; may hold a password. */
  readonly text: string;
  /** As it is shown, without password and options; the same text is the same place. */
  readonly name: string;
}

/** @throws Error with a sentence, which repeats no more than the scheme, because a URL may hold a password */
export function parsePlace(text: string, option: '--from' | '--to'): Place {
  if (text.trim() === '') throw new Error(`${option} must name a place: a folder, postgres://… or esdb://….`);
  if (/^postgres(ql)?:\/\//i.test(text)) {
    if (!URL.canParse(text) || new URL(text).hostname === '' || new URL(text).pathname.length < 2)
      throw new Error(`${option} must be a URL such as postgres://user:password@host/database.`);
    const { hostname, port, pathname } = new URL(text);
    return { kind: 'postgres', text, name: `postgres://${hostname.toLowerCase()}:${port === '' ? '5432' : port}${pathname}` };
  }
  if (/^(esdb|kurrentdb)(\+discover)?:\/\//i.test(text)) {
    const hosts = text
      .replace(/^[^:]+:\/\//, '')
      .replace(/[/?].*$/, '')
      .replace(/^.*@/, '');
    if (hosts === '') throw new Error(`${option} must name a host, such as esdb://host:2113.`);
    return { kind: 'eventstore', text, name: `esdb://${hosts.toLowerCase()}` };
  }
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1];
  if (scheme !== undefined)
    throw new Error(`${option} has the scheme ${scheme}://, which is not known: give a folder, postgres://… or esdb://….`);
  const path = resolve(text);
  return { kind: 'folder', text: path, name: existsSync(path) ? realpathSync(path) : path };
}

/**
 * Opens the database of a folder or of a PostgreSQL server; one to be read from must be there already.
 * @throws Error with a sentence
 */
export async function openPlace({ kind, text, name }: Place, option: '--from' | '--to'): Promise<Database> {
  if (kind === 'folder' && option === '--from' && !existsSync(join(text, 'postgres')))
    throw new Error(`${option}: there is no embedded database in the folder ${name}.`);
  try {
    return await openDatabase(kind === 'folder' ? { dataDir: text } : { dataDir: '', url: text });
  } catch (error) {
    throw sentence(option, error);
  }
}

/**
 * Opens two databases, the first of which must have that table, and does the work between them.
 * @throws Error with a sentence
 */
export async function betweenDatabases(
  { from, to }: { readonly from: string; readonly to: string },
  { what, table }: { readonly what: 'people' | 'files' | 'leaves'; readonly table: string },
  work: (source: Database, target: Database) => Promise<void>,
): Promise<void> {
  const [origin, goal] = [parsePlace(from, '--from'), parsePlace(to, '--to')];
  if (origin.kind === 'eventstore' || goal.kind === 'eventstore')
    throw new Error(`EventStoreDB holds no ${what}, which stand in a database: name a folder or postgres://….`);
  if (origin.name === goal.name) throw new Error(`--from and --to are the same place (${goal.name}).`);
  const source = await openPlace(origin, '--from');
  try {
    const { rows } = await source.pool.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [table]);
    if (rows[0]?.found !== true) throw new Error(`--from: there are no ${what} in ${origin.name}.`);
    const target = await openPlace(goal, '--to');
    try {
      await work(source, target);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** The failure with the option that led to it. */
export function sentence(option: '--from' | '--to', error: unknown): Error {
  const message = messageOf(error);
  return new Error(`${option}: ${message.replaceAll('EVENT_STORE', 'the connection string')}`, { cause: error });
}
