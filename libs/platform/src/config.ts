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
  // Several hosts, as of a cluster, make no URL.
  const eventStore = text('EVENT_STORE');
  if (eventStore !== undefined && !/^(esdb|kurrentdb)(\+discover)?:\/\/[^/?]/.test(eventStore))
    wrong.push('EVENT_STORE must start with esdb:// or esdb+discover:// (or kurrentdb://) and name a host.');
  const receivers = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'].filter((name) => url(name, ['http:', 'https:']));
  if (wrong.length > 0 || logLevel === undefined) throw new InvalidConfig(`The configuration is wrong. ${wrong.join(' ')}`);

  return Object.freeze({
    host: text('HOST') ?? '127.0.0.1',
    port,
    dataDir: text('DATA_DIR') ?? './data',
    databaseUrl,
    eventStore,
    streamPrefix,
    demo: demo === '1' || demo === 'true',
    processors: processors === '1' || processors === 'true',
    logLevel,
    traces: receivers.length > 0 && text('OTEL_SDK_DISABLED')?.toLowerCase() !== 'true',
  });
}
