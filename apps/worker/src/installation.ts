import { migrateAudit, openLogKeys, SealedLog, waysToChangeLog } from '#audit';
import { closeRefusals, openEventStore } from '#event-store';
import type { EventStore } from '#event-store';
import { Directory, migrateIdentity } from '#identity';
import { Inbox, migrateNotifications } from '#notifications';
import { openDatabase, startPatience, SystemClock } from '#platform';
import type { Clock, Config, Database, Logger, Opened } from '#platform';
import { logProcessors, Processors } from '#processors';
import { ReportingSchema } from '#reporting';
import { Calendars, Definitions } from '#workflow';
import { prepareDatabase } from './prepare-database.js';
import { everyView, whatFollows } from './what-follows.js';

/** The log of an installation, and what its rules look up. */
export interface Log {
  readonly database: Database;
  readonly store: EventStore;
  readonly definitions: Definitions;
  readonly calendars: Calendars;
}

/** What every process of an installation has open, API and worker alike. */
export interface Following extends Log {
  readonly clock: Clock;
  readonly directory: Directory;
  readonly inbox: Inbox;
  readonly sealedLog: SealedLog;
  readonly processors: Processors;
}

/** Opens database and log, with the tables that may be asked for before another process has made them. @throws Error, Unavailable */
export async function openLog(config: Config, opened: Opened): Promise<Log> {
  if (config.migrationDatabaseUrl !== undefined) await prepareDatabase(config);
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, patience: startPatience });
  opened.add(() => database.close());
  const store = await openEventStore(database, { ...config, patience: startPatience });
  opened.add(() => store.close());
  opened.add(() => closeRefusals(store));
  await migrateIdentity(database);
  await migrateNotifications(database);
  await migrateAudit(database);
  return { database, store, definitions: new Definitions(store), calendars: new Calendars(store) };
}

/** Begins to run the process's share of the views and reactions. @throws Unavailable */
export async function follow(
  config: Config,
  log: Log,
  { opened, logger, runs }: { readonly opened: Opened; readonly logger: Logger; readonly runs?: Config['processors'] },
): Promise<Following> {
  const { database, store, definitions, calendars } = log;
  const clock = new SystemClock();
  const keys = await openLogKeys(store, config);
  if (!keys.signer)
    logger.warn({ key: keys.identity?.keys.at(-1) }, 'This process does not seal the log: it does not have the key of its tree.');
  if (!database.embedded) await warnWhereLogCanChange(database, logger);
  const directory = await Directory.open(database, clock, config);
  const inbox = new Inbox(database, directory, definitions, clock);
  // Nobody else connects to the embedded database, and a process without processors swaps nothing.
  const reporting =
    database.embedded || runs === false
      ? undefined
      : new ReportingSchema(everyView, (sentence, error) => logger.warn({ err: error }, sentence));
  const processors = new Processors({
    ...{ database, store },
    ...whatFollows(config, { store, database, directory, inbox, calendars, definitions, clock, signer: keys.signer }),
    ...(runs !== undefined && { runs }),
    traces: config.traces,
    ...(reporting && { dependents: reporting }),
    ...logProcessors(logger, database),
  });
  await processors.start();
  opened.add(() => processors.stop());
  await reporting?.prepare(database);
  return { ...log, clock, directory, inbox, sealedLog: new SealedLog(database, keys), processors };
}

async function warnWhereLogCanChange(database: Database, logger: Logger): Promise<void> {
  const ways = await waysToChangeLog(database);
  if (ways.length > 0)
    logger.warn({ ways }, 'The role of DATABASE_URL could change the log: docs/deploying.md has a role that can only add to it.');
}
