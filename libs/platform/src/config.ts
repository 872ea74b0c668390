import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';

/** An issuer of OpenID Connect whose tokens are believed. */
export interface OidcConfig {
  /** Its identifier, letter for letter. */
  readonly issuer: string;
  /** Whom its access tokens are for: this product. */
  readonly audience: string;
  /** How claims become a person, as it was given: JSON that is not looked at yet. */
  readonly mapping: unknown;
  /** For signing in by a browser; undefined takes bearer tokens only. */
  readonly client: OidcClient | undefined;
}

/** As which the product is known to the issuer. */
export interface OidcClient {
  readonly id: string;
  /** Undefined for a public client, which PKCE alone protects. */
  readonly secret: string | undefined;
  /** Where the issuer sends the browser back to. */
  readonly redirectUri: string;
}

/** By whom mail is delivered, and what it says. */
export interface MailConfig {
  /** `smtp://…` or `smtps://…`; it may hold a password. */
  readonly smtpUrl: string;
  /** The sender: an address, or a name with an address in angle brackets. */
  readonly from: string;
  /** Where people sign in, without a slash at the end. */
  readonly publicUrl: string;
}

/** By whom the tree over the log is signed. Keys and policy are text that is not looked at yet. */
export interface AuditConfig {
  /** The name of the tree. (Default: that in the log, for a new one `tinhgon.local/` and a random id) */
  readonly origin: string | undefined;
  /** The signer key. (Default: `audit.key` in the data folder, which is made where the log has no key yet) */
  readonly key: string | undefined;
  /** The key that it takes over from, which signs beside it. (Default: none) */
  readonly previousKey: string | undefined;
  /** Which witnesses are asked to cosign, and how many are needed (c2sp.org/tlog-policy). (Default: none) */
  readonly policy: string | undefined;
}

/** What the environment says, checked. */
export interface Config {
  /** (Default: 127.0.0.1) */
  readonly host: string;
  /** 0 takes a free one. (Default: 3000) */
  readonly port: number;
  /** The embedded database's folder. (Default: ./data) */
  readonly dataDir: string;
  /** PostgreSQL of log and views; undefined is the embedded one. */
  readonly databaseUrl: string | undefined;
  /** The same database by the role that owns its tables, which are brought up to date by it; undefined does that by `databaseUrl`. */
  readonly migrationDatabaseUrl: string | undefined;
  /** `esdb://…` takes the log to EventStoreDB; undefined keeps it in the database. */
  readonly eventStore: string | undefined;
  /** Put before every stream name. (Default: empty) */
  readonly streamPrefix: string;
  readonly demo: boolean;
  /** Whether an API process runs processors too; a worker always does. (Default: yes) */
  readonly processors: boolean;
  /** (Default: info) */
  readonly logLevel: LogLevel;
  /** Whether spans are sent; where to and how, the standard variables of OpenTelemetry say. (Default: no) */
  readonly traces: boolean;
  /** Undefined believes no issuer: there are local accounts alone. */
  readonly oidc: OidcConfig | undefined;
  /** Undefined sends no mail. */
  readonly mail: MailConfig | undefined;
  /** Where webhooks may go, each `host` (with the usual port) or `host:port`, in lower case. (Default: nowhere) */
  readonly webhookHosts: readonly string[];
  /** Addresses and networks (`10.0.0.0/24`) of proxies that say truly from where a request comes. (Default: none) */
  readonly trustedProxies: readonly string[];
  readonly audit: AuditConfig;
  /** How many bytes of files there may be. */
  readonly fileQuotas: {
    /** Brought by one person. (Default: 2 GB) */
    readonly ofPerson: number;
    /** Brought to procedures of one unit. (Default: 20 GB) */
    readonly ofUnit: number;
  };
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** The environment is wrong; the message names everything that is. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
}

/** Reads the configuration, once per process. @throws InvalidConfig */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const wrong: string[] = [];
  const text = (name: string): string | undefined => {
    const value = env[name]?.trim();
    return value === '' ? undefined : value;
  };
  const url = (name: string, schemes: readonly string[]): string | undefined => {
    const value = text(name);
    if (value === undefined) return undefined;
    if (URL.canParse(value) && schemes.includes(new URL(value).protocol)) return value;
    // The value is not repeated: it may hold a password.
    wrong.push(`${name} must be a URL that starts with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}.`);
    return undefined;
  };

  const port = Number(text('PORT') ?? '3000');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) wrong.push('PORT must be a whole number from 0 to 65535.');
  const streamPrefix = text('STREAM_PREFIX') ?? '';
  if (!/^[\w.-]{0,64}$/.test(streamPrefix))
    wrong.push('STREAM_PREFIX must have at most 64 letters, figures, dots, hyphens and underscores.');
  const demo = text('DEMO')?.toLowerCase() ?? '0';
  if (!['0', '1', 'true', 'false'].includes(demo)) wrong.push('DEMO must be 1 or 0.');
  const processors = text('PROCESSORS')?.toLowerCase() ?? '1';
  if (!['0', '1', 'true', 'false'].includes(processors)) wrong.push('PROCESSORS must be 1 or 0.');
  const wantedLevel = text('LOG_LEVEL')?.toLowerCase() ?? 'info';
  const logLevel = logLevels.find((level) => level === wantedLevel);
  if (logLevel === undefined) wrong.push(`LOG_LEVEL must be one of ${logLevels.join(', ')}.`);
  const databaseUrl = url('DATABASE_URL', ['postgres:', 'postgresql:']);
  const migrationDatabaseUrl = url('MIGRATION_DATABASE_URL', ['postgres:', 'postgresql:']);
  if (migrationDatabaseUrl !== undefined && text('DATABASE_URL') === undefined)
    wrong.push('MIGRATION_DATABASE_URL means nothing without DATABASE_URL.');
  // Several hosts, as of a cluster, make no URL.
  const eventStore = text('EVENT_STORE');
  if (eventStore !== undefined && !/^(esdb|kurrentdb)(\+discover)?:\/\/[^/?]/.test(eventStore))
    wrong.push('EVENT_STORE must start with esdb:// or esdb+discover:// (or kurrentdb://) and name a host.');
  const receivers = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'].filter((name) => url(name, ['http:', 'https:']));
  const oidc = readOidc(text, wrong);
  const mail = readMail(url, text, wrong);
  const webhookHosts = readHosts(text('WEBHOOK_HOSTS'), wrong);
  const trustedProxies = readProxies(text('TRUSTED_PROXIES'), wrong);
  const megabytes = (name: string, usual: number): number => {
    const value = Number(text(name) ?? usual);
    if (!Number.isInteger(value) || value < 1 || value > 1_000_000_000) wrong.push(`${name} must be a whole number of MB, 1 or more.`);
    return value * 1024 * 1024;
  };
  const fileQuotas = { ofPerson: megabytes('FILES_PER_PERSON_MB', 2_048), ofUnit: megabytes('FILES_PER_UNIT_MB', 20_480) };
  const audit = readAudit(text, wrong);
  if (wrong.length > 0 || logLevel === undefined) throw new InvalidConfig(`The configuration is wrong. ${wrong.join(' ')}`);

  return Object.freeze({
    host: text('HOST') ?? '127.0.0.1',
    port,
    dataDir: text('DATA_DIR') ?? './data',
    databaseUrl,
    migrationDatabaseUrl,
    eventStore,
    streamPrefix,
    demo: demo === '1' || demo === 'true',
    processors: processors === '1' || processors === 'true',
    logLevel,
    traces: receivers.length > 0 && text('OTEL_SDK_DISABLED')?.toLowerCase() !== 'true',
    oidc,
    mail,
    webhookHosts,
    trustedProxies,
    audit,
    fileQuotas,
  });
}

function readAudit(text: (name: string) => string | undefined, wrong: string[]): AuditConfig {
  const origin = text('AUDIT_ORIGIN');
  if (origin !== undefined && !/^[^\s\p{C}+]{1,255}$/u.test(origin))
    wrong.push('AUDIT_ORIGIN must have at most 255 characters, and neither spaces nor a plus sign.');
  const contentOf = (name: string): string | undefined => {
    const path = text(name);
    if (path === undefined) return undefined;
    try {
      return readFileSync(path, 'utf8').trim();
    } catch {
      wrong.push(`${name} must be the path of a file that can be read.`);
      return undefined;
    }
  };
  if (text('AUDIT_KEY') !== undefined && text('AUDIT_KEY_FILE') !== undefined)
    wrong.push('AUDIT_KEY and AUDIT_KEY_FILE say the same thing: set one of them.');
  return {
    origin,
    key: text('AUDIT_KEY') ?? contentOf('AUDIT_KEY_FILE'),
    previousKey: contentOf('AUDIT_PREVIOUS_KEY_FILE'),
    policy: contentOf('AUDIT_POLICY_FILE'),
  };
}

/** A name or an IPv4 address, or an IPv6 address in brackets, with a port or without. */
const host = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/;

function readHosts(given: string | undefined, wrong: string[]): readonly string[] {
  const hosts = given === undefined ? [] : given.toLowerCase().split(',').map((one) => one.trim()); // prettier-ignore
  if (!hosts.every((one) => host.test(one))) wrong.push('WEBHOOK_HOSTS must be a list of host or host:port, with commas between.');
  return hosts;
}

function readProxies(given: string | undefined, wrong: string[]): readonly string[] {
  const proxies = given === undefined ? [] : given.split(',').map((one) => one.trim()); // prettier-ignore
  if (!proxies.every(isNetwork))
    wrong.push(
      'TRUSTED_PROXIES must be a list of IP addresses or networks such as 10.0.0.0/24, with commas between, and must not name everybody.',
    );
  return proxies;
}

/** An address, or a network that is not all there is. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const bits = { 4: 32, 6: 128 }[isIP(address)];
  if (bits === undefined || more.length > 0) return false;
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= bits);
}

const sender = /^(?:[^<>@\p{C}]+ <[^\s<>@\p{C}]+@[^\s<>@\p{C}]+>|[^\s<>@\p{C}]+@[^\s<>@\p{C}]+)$/u;

function readMail(
  url: (name: string, schemes: readonly string[]) => string | undefined,
  text: (name: string) => string | undefined,
  wrong: string[],
): MailConfig | undefined {
  const [from, publicUrl] = [text('MAIL_FROM'), url('PUBLIC_URL', ['http:', 'https:'])];
  if (text('SMTP_URL') === undefined) {
    if (from !== undefined) wrong.push('MAIL_FROM means nothing without SMTP_URL.');
    return undefined;
  }
  const smtpUrl = url('SMTP_URL', ['smtp:', 'smtps:']);
  if (from === undefined || !sender.test(from)) wrong.push('MAIL_FROM must be an address, or a name and <address>, when SMTP_URL is set.');
  if (text('PUBLIC_URL') === undefined) wrong.push('PUBLIC_URL must say where people sign in when SMTP_URL is set.');
  return smtpUrl === undefined || from === undefined || publicUrl === undefined
    ? undefined
    : { smtpUrl, from, publicUrl: publicUrl.replace(/\/+$/, '') };
}

const oidcNames = ['OIDC_AUDIENCE', 'OIDC_MAPPING', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_REDIRECT_URI'];

function readOidc(text: (name: string) => string | undefined, wrong: string[]): OidcConfig | undefined {
  const issuer = text('OIDC_ISSUER');
  if (issuer === undefined) {
    for (const name of oidcNames) if (text(name) !== undefined) wrong.push(`${name} means nothing without OIDC_ISSUER.`);
    return undefined;
  }
  const unsafe = 'must be a URL that starts with https:// (http:// on this machine only) and has neither query nor fragment.';
  if (!isSafe(issuer) || /[?#]/.test(issuer)) wrong.push(`OIDC_ISSUER ${unsafe}`);
  const audience = text('OIDC_AUDIENCE');
  if (audience === undefined) wrong.push('OIDC_AUDIENCE must name whom the access tokens of OIDC_ISSUER are for.');
  const client = readClient(text, wrong);
  // Else the token that tells the browser's client who signed in would do as an access token.
  if (client && client.id === audience) wrong.push('OIDC_AUDIENCE must not be the same as OIDC_CLIENT_ID.');
  return { issuer, audience: audience ?? '', mapping: readMapping(text('OIDC_MAPPING'), wrong), client };
}

function readClient(text: (name: string) => string | undefined, wrong: string[]): OidcClient | undefined {
  const [id, redirectUri, secret] = [text('OIDC_CLIENT_ID'), text('OIDC_REDIRECT_URI'), text('OIDC_CLIENT_SECRET')];
  if (redirectUri !== undefined && !isSafe(redirectUri))
    wrong.push('OIDC_REDIRECT_URI must be a URL that starts with https:// (http:// on this machine only).');
  if (id !== undefined && redirectUri !== undefined) return { id, secret, redirectUri };
  if (id !== undefined || redirectUri !== undefined || secret !== undefined)
    wrong.push('OIDC_CLIENT_ID and OIDC_REDIRECT_URI must be given together, with OIDC_CLIENT_SECRET or without.');
  return undefined;
}

/** JSON, or the path of a file with it. */
function readMapping(given: string | undefined, wrong: string[]): unknown {
  if (given === undefined) return {};
  let json = given;
  try {
    if (!given.startsWith('{')) json = readFileSync(given, 'utf8');
  } catch {
    wrong.push('OIDC_MAPPING must be JSON or the path of a file with JSON that can be read.');
    return {};
  }
  try {
    return JSON.parse(json);
  } catch {
    wrong.push('OIDC_MAPPING is not JSON.');
    return {};
  }
}

/** Whether nobody in between could change what comes from there. */
export function isSafe(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
}
