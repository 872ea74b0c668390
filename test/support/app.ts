import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newDataFolder } from './data-folder.js';
import { newStartedFolder } from './started-folder.js';

// The embedded database is compiled once, quickly: a process that lives for seconds does not earn back what optimising it costs.
const node = [process.execPath, '--liftoff-only'] as const;
const launcher = join(process.cwd(), 'apps', 'cli', 'tinhgon.js');

export interface StartedApp {
  readonly url: string;
  readonly pid: number;
  readonly dataDir: string;
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
  stdout(): string;
  stderr(): string;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the command line to its end. */
export async function tinhgon(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const [program, ...flags] = node;
  const child = spawn(program, [...flags, launcher, ...args], { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/**
 * Starts the built product on a free port and, unless told otherwise, in a folder of its own with demo people. Told nothing, it is a folder in
 * which it was started before.
 */
export async function startApp({
  env = {},
  command = 'serve',
  within = [],
  folder,
}: {
  readonly env?: Readonly<Record<string, string>>;
  readonly command?: 'serve' | 'work';
  /** A command line that runs it, such as `unshare …`, whose process id and end are shown then. (Default: none) */
  readonly within?: readonly string[];
  /** Its own, which goes with it. (Default: `DATA_DIR`, which stays, or a new one) */
  readonly folder?: string;
} = {}): Promise<StartedApp> {
  const dataDir = folder ?? env['DATA_DIR'] ?? (await folderFor(env));
  const [program, ...args] = [...within, ...node, launcher, command];
  const child = spawn(program, args, {
    env: environment({ PORT: '0', DEMO: '1', ...env, DATA_DIR: dataDir }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const url = new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const found = /https?:\/\/[\w.[\]:]+:\d+/.exec(stdout);
      if (found) resolve(found[0]);
    });
    void exited.then((code) => {
      reject(new Error(`The app ended with ${code} before it was ready: ${stdout}${stderr}`));
    });
  });
  const cleanUp = async (): Promise<void> => {
    if (dataDir !== env['DATA_DIR']) await rm(dataDir, { recursive: true, force: true });
  };
  return {
    url: await url,
    pid: child.pid ?? 0,
    dataDir,
    async stop() {
      child.kill('SIGTERM');
      const code = await exited;
      await cleanUp();
      return code;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
      await cleanUp();
    },
    stdout: () => stdout,
    stderr: () => stderr,
  };
}

function folderFor(env: Readonly<Record<string, string>>): Promise<string> {
  if (env['DATABASE_URL'] !== undefined) return mkdtemp(join(tmpdir(), 'tinhgon-'));
  if (Object.keys(env).length > 0) return newDataFolder();
  return newDemoFolder();
}

/** A folder in which it was started before, with the demo people. */
export const newDemoFolder = (): Promise<string> =>
  newStartedFolder('demo', async (dataDir) => {
    await (await startApp({ env: { DATA_DIR: dataDir } })).stop();
  });

/**
 * Where the product keeps the log of that database or folder: in it, or on the real server of `test:eventstore` under a prefix of its own,
 * as that is shared with others.
 */
export function logOf(place: string | undefined): { readonly eventStore?: string; readonly streamPrefix: string } {
  const eventStore = process.env['TEST_EVENTSTORE_URL'];
  if (eventStore === undefined || place === undefined) return { streamPrefix: '' };
  return { eventStore, streamPrefix: `t-${createHash('sha256').update(place).digest('hex').slice(0, 16)}-` };
}

/** Variables of the machine that would lead the app elsewhere are left out. */
function environment(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const elsewhere = [
    'DATABASE_URL',
    'MIGRATION_DATABASE_URL',
    'EVENT_STORE',
    'STREAM_PREFIX',
    'DEMO',
    'NODE_OPTIONS',
    'TINHGON_TOKEN',
    'TINHGON_PASSWORD',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'SMTP_URL',
    'MAIL_FROM',
    'PUBLIC_URL',
    'WEBHOOK_HOSTS',
    'TRUSTED_PROXIES',
    'OIDC_ISSUER',
    'OIDC_AUDIENCE',
    'OIDC_MAPPING',
    'OIDC_CLIENT_ID',
    'OIDC_CLIENT_SECRET',
    'OIDC_REDIRECT_URI',
  ];
  const { eventStore, streamPrefix } = logOf(env['DATABASE_URL'] ?? env['DATA_DIR']);
  const log = eventStore === undefined ? {} : { EVENT_STORE: eventStore, STREAM_PREFIX: streamPrefix };
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !elsewhere.includes(name))), ...log, ...env };
}
