import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { DatabaseUnavailable, codeOf } from './database-unavailable.js';

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Tells a process from a later one with the same pid; empty where the system does not say. */
  readonly born: string;
}

const beatMs = 2_000;
const deadAfterMs = 10_000;
const heldHere = new Set<string>();

/**
 * Makes this process the only one that uses the folder. A lock left behind by a process that is gone is taken over; of
 * a process on another host (or container) we only see whether it still touches the file.
 * @throws DatabaseUnavailable when another process has it
 */
export function lockFolder(folder: string): { release(): void } {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'tinhgon.lock');
  const me = JSON.stringify({ pid: process.pid, host: hostname(), born: birthOf(process.pid) } satisfies Owner);
  const own = `${path}.${randomUUID()}`;
  writeFileSync(own, me);
  try {
    // A link appears at once and with its content, and fails when the name is taken.
    for (let attempt = 0; !tryLink(own, path); attempt++) takeOverIfStale(folder, path, attempt);
  } finally {
    rmSync(own, { force: true });
  }
  heldHere.add(path);
  const beat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // A full disk does not take the lock away.
    }
  }, beatMs);
  beat.unref();
  return {
    release: () => {
      clearInterval(beat);
      heldHere.delete(path);
      rmSync(path, { force: true });
    },
  };
}

function takeOverIfStale(folder: string, path: string, attempt: number): void {
  let found: string;
  let touchedMs: number;
  try {
    found = readFileSync(path, 'utf8');
    touchedMs = statSync(path).mtimeMs;
  } catch {
    return;
  }
  const owner = parseOwner(found);
  if (attempt > 5 || (owner && isAlive(owner, path, touchedMs))) {
    throw new DatabaseUnavailable(
      `The data folder ${folder} is in use by process ${owner?.pid ?? 'unknown'}; stop it or choose another DATA_DIR.`,
    );
  }
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    // Someone may have taken it over in between: give that one its lock back.
    if (readFileSync(aside, 'utf8') !== found) tryLink(aside, path);
    rmSync(aside, { force: true });
  } catch {
    // Gone already.
  }
}

function isAlive({ pid, host, born }: Owner, path: string, touchedMs: number): boolean {
  if (host !== hostname()) return Date.now() - touchedMs < deadAfterMs;
  if (pid === process.pid) return heldHere.has(path);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  const bornNow = birthOf(pid);
  return born === '' || bornNow === '' || born === bornNow;
}

/** When the process was started, in ticks since the machine's start, from Linux' /proc. */
function birthOf(pid: number): string {
  try {
    const afterName =
      readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
        .split(') ')
        .at(-1) ?? '';
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${afterName.split(' ')[19] ?? ''}`;
  } catch {
    return '';
  }
}

function parseOwner(text: string): Owner | null {
  try {
    const value = JSON.parse(text) as Partial<Owner>;
    return typeof value.pid === 'number' ? { pid: value.pid, host: value.host ?? '', born: value.born ?? '' } : null;
  } catch {
    return null;
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}
