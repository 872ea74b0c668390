import { setFlagsFromString } from 'node:v8';
import type { SealedLog } from '#audit';
import type { EventStore } from '#event-store';
import { Files } from '#files';
import {
  Accesses,
  Administration,
  Callers,
  Issuer,
  IssuerKeys,
  OidcPeople,
  OidcSignIn,
  readOidcMapping,
  seedDemo,
  SecurityLog,
  ServiceAccounts,
  SignIn,
} from '#identity';
import type { Directory, OidcMapping } from '#identity';
import type { Inbox } from '#notifications';
import type { Clock, Config, Database, Logger, Opened, OidcConfig } from '#platform';
import { proceduresWithCode } from '#procedures';
import { OfficialCodes, ProcedureDesk } from '#procedures/commands';
import type { Processors } from '#processors';
import type { Calendars, Definitions } from '#workflow';
import { follow, openLog } from '../../worker/src/installation.js';
import type { Following } from '../../worker/src/installation.js';
import { Views } from './reading/views.js';
import { Settings } from './settings.js';

/** What the process has opened for all rooms of the API. What one room alone needs is made over it, in the room's module. */
export abstract class Installation implements Following {
  abstract readonly config: Config;
  abstract readonly settings: Settings;
  abstract readonly database: Database;
  abstract readonly store: EventStore;
  abstract readonly definitions: Definitions;
  abstract readonly calendars: Calendars;
  abstract readonly clock: Clock;
  abstract readonly directory: Directory;
  abstract readonly inbox: Inbox;
  abstract readonly sealedLog: SealedLog;
  abstract readonly processors: Processors;
  abstract readonly views: Views;
  abstract readonly files: Files;
  /** Where procedures are decided, and their states kept at hand. */
  abstract readonly desk: ProcedureDesk;
  abstract readonly administration: Administration;
  abstract readonly signIn: SignIn;
  abstract readonly serviceAccounts: ServiceAccounts;
  /** Null where no issuer is believed. */
  abstract readonly issuer: Issuer | null;
  /** Null where no browser signs in there. */
  abstract readonly oidcSignIn: OidcSignIn | null;
  /** Asked by the gate, before any controller. */
  abstract readonly callers: Callers;
  /** Where it goes on record what people read and take away. */
  abstract readonly accesses: Accesses;
}

/** How much of what it holds the heap may grow by until it is collected. Left alone it doubles: under load 500 MB instead of 310, and no faster. */
const heapGrowth = '--heap-growing-percent=50';

/** @throws Error with a sentence for the operator when it cannot be opened */
export async function openInstallation(config: Config, logger: Logger, opened: Opened): Promise<Installation> {
  setFlagsFromString(heapGrowth);
  // A mistake in it is told before anything is opened.
  const mapping = config.oidc && readOidcMapping(config.oidc.mapping);
  const log = await openLog(config, opened);
  const { database, store } = log;
  const files = await Files.open(database, config.fileQuotas);
  await log.definitions.publishInitial();
  await log.calendars.publishInitial();
  if (config.demo) await seedDemo(database, store);
  const following = await follow(config, log, { opened, logger, runs: config.processors });
  const { clock, definitions, directory, processors } = following;
  const signIn = await SignIn.open(database, directory, { demo: config.demo });
  opened.add(() => signIn.close());
  const codes = new OfficialCodes(store, clock, (folded) => proceduresWithCode(database, folded));
  const desk = new ProcedureDesk(store, definitions, () => directory.units(), clock, codes);
  const shows = (position: bigint, withinMs: number): Promise<boolean> => processors.waitFor(position, withinMs, ['directory']);
  const administration = new Administration(store, database, directory, shows);
  const serviceAccounts = new ServiceAccounts(database, administration, directory, clock);
  const { issuer, oidcSignIn } = await openIssuer(config.oidc, mapping, { database, administration, directory, clock });
  const settings = new Settings(config, database, store, logger);
  const views = new Views(store, processors, directory);
  const callers = new Callers(signIn, serviceAccounts, issuer);
  const accesses = new Accesses(store, clock);
  const securityLog = new SecurityLog(database, store, directory, clock);
  opened.add(async () => {
    await Promise.all([accesses.close(), securityLog.close()]);
  });
  return {
    ...following,
    ...{ config, settings, views, files, desk, administration, signIn, serviceAccounts, issuer, oidcSignIn, callers, accesses },
  };
}

/** What believes the issuer's tokens, and what sends a browser there; both are null where none is configured. */
async function openIssuer(
  oidc: OidcConfig | undefined,
  mapping: OidcMapping | undefined,
  on: Pick<Installation, 'administration' | 'directory'> & { readonly database: Database; readonly clock: Clock },
): Promise<Pick<Installation, 'issuer' | 'oidcSignIn'>> {
  if (!oidc || !mapping) return { issuer: null, oidcSignIn: null };
  const { database, administration, directory, clock } = on;
  const people = new OidcPeople(database, administration, directory, mapping);
  const keys = new IssuerKeys(oidc.issuer);
  const issuer = new Issuer(oidc, keys, people, clock);
  return { issuer, oidcSignIn: oidc.client ? await OidcSignIn.open(database, oidc.client, issuer, keys) : null };
}
