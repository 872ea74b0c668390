import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openEventStore } from '#event-store';
import { Files } from '#files';
import {
  Administration,
  Callers,
  demoPassword,
  demoPeople,
  Directory,
  Issuer,
  IssuerKeys,
  migrateIdentity,
  OidcPeople,
  OidcSignIn,
  readOidcMapping,
  seedDemo,
  ServiceAccounts,
  SignIn,
} from '#identity';
import type { OidcMapping } from '#identity';
import { createLogger, openDatabase, Opened, startPatience, startTelemetry, SystemClock } from '#platform';
import type { Clock, Config, Database, Logger, OidcConfig } from '#platform';
import { logProcessors, Processors } from '#processors';
import { Calendars, Definitions } from '#workflow';
import {
  Inbox,
  MailPreferences,
  migrateNotifications,
  Sender,
  SmtpMailer,
  WebhookDeliveries,
  WebhookHosts,
  Webhooks,
} from '#notifications';
import { whatFollows } from '../../worker/src/what-follows.js';
import type { Services } from './api.module.js';
import { DefinitionDesk } from './definitions/definition-desk.js';
import { createHttpServer } from './http-server.js';
import { Metrics } from './operating/metrics.js';
import { proceduresWithCode } from '#procedures';
import { ClaimDesk, InquiryDesk } from '#worklist';
import { CommentDesk, OfficialCodes, ProcedureDesk, ProcedureMigration } from '#procedures/commands';
import { OnTime } from '#reporting';
import { Pasts } from './reading/pasts.js';
import { Reading } from './reading/reading.js';
import { Views } from './reading/views.js';
import { Settings } from './settings.js';
import { Worklist } from './worklist/worklist.js';

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
    const services = await openServices(config, logger, opened);
    const app = await createHttpServer(services);
    opened.add(() => closeHttp(app));
    await listen(app, config);
    const url = urlOf(app, config.host);
    opened.endOnSignals(logger);
    await services.processors.caughtUpAtStart;
    await services.directory.reload();
    services.settings.notReady = null;
    if (config.demo) process.stdout.write(`${howToSignIn()}\n`);
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

async function openServices(config: Config, logger: Logger, opened: Opened): Promise<Services> {
  // A mistake in it is told before anything is opened.
  const mapping = config.oidc && readOidcMapping(config.oidc.mapping);
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, patience: startPatience });
  opened.add(() => database.close());
  const store = await openEventStore(database, { ...config, patience: startPatience });
  opened.add(() => store.close());
  await migrateIdentity(database);
  await migrateNotifications(database);
  const files = await Files.open(database, config.fileQuotas);
  const lifecycles = new Definitions(store);
  await lifecycles.publishInitial();
  const calendars = new Calendars(store);
  await calendars.publishInitial();
  if (config.demo) await seedDemo(database, store);
  const clock = new SystemClock();
  const directory = await Directory.open(database, clock, config);
  const inbox = new Inbox(database, directory, lifecycles, clock);
  const mailPreferences = new MailPreferences(database, config.mail ? new SmtpMailer(config.mail) : null);
  const signIn = await SignIn.open(database, directory, { demo: config.demo });
  opened.add(() => signIn.close());
  const processors = new Processors({
    ...{ database, store },
    ...whatFollows(config, { store, database, directory, inbox, calendars, clock }),
    runs: config.processors,
    traces: config.traces,
    ...logProcessors(logger, database),
  });
  await processors.start();
  opened.add(() => processors.stop());
  const codes = new OfficialCodes(store, clock, (folded) => proceduresWithCode(database, folded));
  const desk = new ProcedureDesk(store, lifecycles, () => directory.units(), clock, codes);
  const shows = (position: bigint, withinMs: number): Promise<boolean> => processors.waitFor(position, withinMs, ['directory']);
  const administration = new Administration(store, database, directory, shows);
  const inquiries = new InquiryDesk(store, database, () => directory.units(), clock);
  const claims = new ClaimDesk(store, desk, (person, classified) => directory.sees(person, classified));
  const worklist = new Worklist(database, lifecycles, directory, desk);
  const comments = new CommentDesk(store, desk, files, clock);
  const views = new Views(store, processors, directory);
  const pasts = new Pasts({ store, database }, views, directory);
  const onTime = new OnTime(database, lifecycles, calendars);
  const reading = new Reading(desk, pasts, views, onTime);
  const definitions = new DefinitionDesk(store, lifecycles, directory, calendars);
  const migration = new ProcedureMigration(database, desk);
  const metrics = new Metrics(processors, database);
  const settings = new Settings(config, database, store, logger);
  const serviceAccounts = new ServiceAccounts(database, administration, directory, clock);
  const { issuer, oidcSignIn } = await openIssuer(config.oidc, mapping, { database, administration, directory, clock });
  const webhookHosts = new WebhookHosts(config.webhookHosts);
  const webhooks = new Webhooks(database, store, clock);
  const webhookDeliveries = new WebhookDeliveries(database, store, clock, new Sender({ clock, hosts: webhookHosts }));
  const callers = new Callers(signIn, serviceAccounts, issuer);
  return {
    ...{ store, directory, administration, signIn, serviceAccounts, issuer, oidcSignIn, callers },
    ...{ processors, desk, definitions, migration, inquiries, claims, worklist, inbox, mailPreferences, files, comments },
    ...{ views, pasts, reading, onTime, lifecycles, calendars, metrics, settings },
    ...{ webhooks, webhookHosts, webhookDeliveries },
  };
}

/** What believes the issuer's tokens, and what sends a browser there; both are null where none is configured. */
async function openIssuer(
  oidc: OidcConfig | undefined,
  mapping: OidcMapping | undefined,
  on: Pick<Services, 'administration' | 'directory'> & { readonly database: Database; readonly clock: Clock },
): Promise<Pick<Services, 'issuer' | 'oidcSignIn'>> {
  if (!oidc || !mapping) return { issuer: null, oidcSignIn: null };
  const { database, administration, directory, clock } = on;
  const people = new OidcPeople(database, administration, directory, mapping);
  const keys = new IssuerKeys(oidc.issuer);
  const issuer = new Issuer(oidc, keys, people, clock);
  return { issuer, oidcSignIn: oidc.client ? await OidcSignIn.open(database, oidc.client, issuer, keys) : null };
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

function howToSignIn(): string {
  const usernames = demoPeople.map(({ username }) => username).join(', ');
  return `Sample people (demo): sign in with the password ${demoPassword} as ${usernames}.`;
}
