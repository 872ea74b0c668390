import { spawn } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const startMs = 60_000;

/** The real server at `url`, which the shell command starts. It may run already, started by whomever. */
export class EventStoreServer {
  constructor(
    private readonly url: string,
    private readonly command: string,
  ) {}

  /** Answers whether it was started by this call. @throws Error when it does not answer within a minute */
  async ensure(): Promise<boolean> {
    if (await this.answers()) return false;
    // It outlives who started it, as any server does.
    spawn('sh', ['-c', `exec ${this.command}`], { stdio: 'ignore', detached: true }).unref();
    for (const deadline = Date.now() + startMs; !(await this.answers());) {
      if (Date.now() > deadline) throw new Error(`TEST_EVENTSTORE_CMD started no server on port ${String(this.port)}.`);
      await delay(100);
    }
    return true;
  }

  /** Ends it and waits until it is gone. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const pid = await listenerOn(this.port);
    if (pid === undefined) throw new Error(`No process of this machine listens on port ${String(this.port)}.`);
    process.kill(pid, signal);
    // A killed process whose parent does not ask for it stays as a zombie; its port is free all the same.
    for (const deadline = Date.now() + startMs; (await listenerOn(this.port)) !== undefined;) {
      if (Date.now() > deadline) throw new Error(`The server did not end on ${signal}.`);
      await delay(20);
    }
  }

  private get port(): number {
    return Number(new URL(this.url.replace(/^\w+/, 'http')).port);
  }

  private async answers(): Promise<boolean> {
    const { hostname, port, searchParams } = new URL(this.url.replace(/^\w+/, 'http'));
    const scheme = searchParams.get('tls') === 'false' ? 'http' : 'https';
    return fetch(`${scheme}://${hostname}:${port}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

/** Linux only: the process that holds the socket which listens on the port. */
async function listenerOn(port: number): Promise<number | undefined> {
  const listening = '0A';
  const tables = await Promise.all(['tcp', 'tcp6'].map((table) => readFile(`/proc/net/${table}`, 'utf8')));
  const sockets = tables
    .flatMap((table) => table.split('\n').map((line) => line.trim().split(/\s+/)))
    .filter(([, local = '', , state]) => state === listening && parseInt(local.split(':')[1] ?? '', 16) === port)
    .map((columns) => `socket:[${columns[9] ?? ''}]`);
  if (sockets.length === 0) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    for (const descriptor of await readdir(`/proc/${pid}/fd`).catch(() => []))
      if (sockets.includes(await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => ''))) return Number(pid);
  }
  return undefined;
}
