import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** The product as an operator starts it, in a process of its own. */
export interface Product {
  readonly url: string;
  readonly pid: number;
  /** From the launch to the ready line. */
  readonly readyMs: number;
  stop(): Promise<void>;
}

/** From dist/test/bench/ up to the project. */
const root = join(import.meta.dirname, '..', '..', '..');
const patienceMs = 30_000;
/** All views catch up with what was seeded at once, which takes the longer the more views there are. */
const catchUpMs = 600_000;

/** Starts `tinhgon serve`, or another command, on a free port with these variables and waits for its ready line. */
export async function startProduct(variables: Readonly<Record<string, string>>, command: 'serve' | 'work' = 'serve'): Promise<Product> {
  const started = performance.now();
  const child = spawn(process.execPath, [...flagsFor(variables), join(root, 'apps', 'cli', 'tinhgon.js'), command], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], HOST: '127.0.0.1', PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const url = await readyUrl(child);
  const readyMs = performance.now() - started;
  return {
    url,
    pid: child.pid ?? 0,
    readyMs,
    stop: async () => {
      process.off('exit', kill);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(kill, 12_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Those of `npm run start:prod` and the image, for a database on a server; the embedded one is started without. */
const flagsFor = (variables: Readonly<Record<string, string>>): readonly string[] =>
  variables['DATABASE_URL'] === undefined ? [] : ['--max-semi-space-size=32'];

async function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (reason: string): void => {
      child.kill('SIGKILL');
      reject(new Error(`The product ${reason}. It said:\n${said.slice(-2000)}`));
    };
    const timer = setTimeout(() => fail('was not ready within 30 s'), patienceMs);
    const listen = (chunk: Buffer): void => {
      said += chunk.toString('utf8');
      const url = /https?:\/\/[\w.:[\]-]+:\d+/.exec(said)?.[0];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    child.once('exit', (code) => fail(`ended with ${String(code)}`));
  });
}

/** What the process holds in memory right now; NaN where the system does not tell. */
export async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? NaN) / 1024;
}

/** A signed-in person and the unit they act for. */
export interface SignedIn {
  readonly token: string;
  /** Unit id. */
  readonly unit: string;
}

/** All demo people who hold the role, signed in; several share a load, because each of them is throttled. */
export async function signInAll(url: string, role: string): Promise<readonly [SignedIn, ...SignedIn[]]> {
  const people = (await (await fetch(`${url}/api/v1/auth/demo`)).json()) as readonly {
    readonly username: string;
    readonly password: string;
    readonly role: string;
    readonly unit: { readonly id: string; readonly level: string };
  }[];
  const signedIn: SignedIn[] = [];
  for (const { username, password, unit } of people.filter((person) => person.role === role)) {
    const { token } = await send<{ readonly token: string }>(`${url}/api/v1/auth/login`, undefined, { username, password });
    signedIn.push({ token, unit: unit.id });
  }
  const [first, ...others] = signedIn;
  if (!first) throw new Error(`There is no demo ${role}.`);
  return [first, ...others];
}

/** GET, or POST when there is a body; throws on any answer but a good one. */
export async function send<Answer>(url: string, token?: string, body?: object): Promise<Answer> {
  const answer = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: { ...(body && { 'content-type': 'application/json' }), ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${String(answer.status)}: ${text.slice(0, 300)}`);
  return (text === '' ? null : JSON.parse(text)) as Answer;
}

export interface Processor {
  readonly name: string;
  readonly kind: 'view' | 'reaction';
  readonly version: number;
  readonly state: string;
  readonly position: string | null;
  readonly owner: string | null;
}

/** A view, unless named the register, once it is live, at least of that version, and all views are up to that position. */
export async function viewLive(
  url: string,
  token: string,
  { name = 'register', version = 0, position = 0n, waitMs = catchUpMs } = {},
): Promise<Processor> {
  for (const until = performance.now() + waitMs; ;) {
    const all = await processors(url, token);
    const view = all.find((one) => one.name === name);
    const caughtUp = all.every((one) => BigInt(one.position ?? 0) >= position);
    if (view?.state === 'live' && view.version >= version && caughtUp) return view;
    if (performance.now() > until)
      throw new Error(`The view ${name} is not live after ${String(waitMs / 1_000)} s: ${JSON.stringify(view)}`);
    await sleep(40);
  }
}

/** Everything that follows the log. */
export function processors(url: string, token: string): Promise<readonly Processor[]> {
  return send<readonly Processor[]>(`${url}/api/v1/processors`, token);
}
