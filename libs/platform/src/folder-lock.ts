import {
  closeSync,
  fstatSync,
  fsync,
  futimesSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailable, codeOf } from './database-unavailable.js';

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Boot of the machine and start of the process, which tell it from a later one with the same pid; empty where the system does not say. */
  readonly born: string;
  /** In which the pid counts: containers have their own. Undefined where the system does not say. */
  readonly pids?: string | undefined;
  /** Tells the lock from others of the same process. */
  readonly id: string;
}

/** The folder is this process's until it releases it, or does not touch the lock for ten seconds and somebody elsewhere takes it. */
export interface FolderLock {
  /**
   * Whether it is still held, by a look at the disk; true also when that was so within so many milliseconds. It costs some 20 µs.
   * (Default: 0, always looks)
   */
  isHeld(withinMs?: number): boolean;
  release(): void;
}

const beatMs = 2_000;
const deadAfterMs = 10_000;
const heldHere = new Set<string>();

/**
 * Makes this process the only one that uses the folder, which must be there. A lock left behind by a process that is gone is taken over;
 * of a process that cannot be seen from here, on another host or in another container, only whether it still touches the file. A lock that is held is waited
 * for: its owner may be about to end.
 * @throws DatabaseUnavailable when another process has it and keeps it
 */
export async function lockFolder(
  folder: string,
  options: {
    /** Told when the lock was lost, of which the file is looked at every two seconds. */
    readonly onLost: () => void;
    /** How long one is waited for that is held. (Default: 5,000) */
    readonly patienceMs?: number;
  },
): Promise<FolderLock> {
  const path = join(folder, 'tinhgon.lock');
  const me = JSON.stringify({ ...thisProcess(), id: randomUUID() } satisfies Owner);
  const own = `${path}.${randomUUID()}`;
  const file = openSync(own, 'wx', 0o600);
  let touchedAt = 0;
  // Written, not set to a time: a file server then says when it was by its own clock, as of every other file in the folder.
  const touch = (): void => {
    touchedAt = performance.now();
    try {
      writeSync(file, me, 0);
    } catch {
      // A full disk does not take the lock away.
      futimesSync(file, new Date(), new Date());
    }
  };
  try {
    touch();
    const giveUpAt = performance.now() + (options.patienceMs ?? 5_000);
    const watched = new Watched();
    // A link appears at once and with its content, and fails when the name is taken.
    while (!tryLink(own, path)) {
      touch();
      const holder = holderOf(path, fstatSync(file).mtimeMs, watched);
      if (holder === 'gone') {
        // Also of a link that leads nowhere, which stays.
        if (performance.now() >= giveUpAt && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true)
          throw new DatabaseUnavailable(`The lock ${path} is a link that leads nowhere; remove it when nothing uses the folder.`);
        await sleep(10);
        continue;
      }
      if (holder.isDead) putAside(path, holder.text);
      else if (performance.now() < giveUpAt || holder.mayDie) await sleep(100);
      else
        throw new DatabaseUnavailable(
          `The data folder ${folder} is in use by process ${holder.name}; stop it or choose another DATA_DIR. ` +
            `When that process does not use it and no other does, delete the lock ${path}.`,
        );
    }
  } catch (error) {
    closeSync(file);
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
  heldHere.add(path);
  let sureAt = -Infinity;
  const isHeld = (withinMs = 0): boolean => {
    const now = performance.now();
    if (now - sureAt < withinMs) return true;
    if (!isStill(path, me)) return false;
    sureAt = now;
    // Work that leaves the timer no turn keeps the lock alive as well.
    if (now - touchedAt > beatMs) touch();
    return true;
  };
  const beat = setInterval(() => {
    if (!isHeld()) {
      options.onLost();
      return;
    }
    touch();
    // Without it, a file server hears of it late.
    fsync(file, () => undefined);
  }, beatMs);
  beat.unref();
  return {
    isHeld,
    release: () => {
      clearInterval(beat);
      heldHere.delete(path);
      if (isHeld()) rmSync(path, { force: true });
      closeSync(file);
    },
  };
}

/** Whoever takes over from a third puts the file aside for a moment and finds that it was not meant: it comes back. */
function isStill(path: string, text: string): boolean {
  for (let attempt = 0; ; attempt++) {
    try {
      return readFileSync(path, 'utf8') === text;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || attempt >= 5) return false;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

type Holder = 'gone' | { readonly text: string; readonly name: string; readonly isDead: boolean; readonly mayDie: boolean };

/** How long a time did not change while it was looked at, which is known whatever clocks say. */
class Watched {
  private first: { readonly touchedMs: number; readonly since: number } | undefined;
  private hasChanged = false;

  /** How long it stood still; null when it moved. */
  stillForMs(touchedMs: number): number | null {
    const now = performance.now();
    this.first ??= { touchedMs, since: now };
    this.hasChanged ||= this.first.touchedMs !== touchedMs;
    return this.hasChanged ? null : now - this.first.since;
  }
}

/** Who holds the lock, held against a time of this moment by the clock of the disk. @throws DatabaseUnavailable when it is no file */
function holderOf(path: string, nowMs: number, watched: Watched): Holder {
  let text: string;
  let touchedMs: number;
  try {
    // Looked at before it is opened: to open a pipe waits for whoever writes to it.
    if (!statSync(path).isFile())
      throw new DatabaseUnavailable(
        `The lock ${path} is a folder or another thing that is no file; remove it when nothing uses the data folder.`,
      );
    // Opened before it is looked at: a file server tells nothing old then.
    const file = openSync(path, 'r');
    try {
      text = readFileSync(file, 'utf8');
      touchedMs = fstatSync(file).mtimeMs;
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'gone';
    throw error;
  }
  const owner = parseOwner(text);
  if (!owner) return { text, name: 'unknown', isDead: true, mayDie: false };
  const name = owner.host === hostname() ? String(owner.pid) : `${String(owner.pid)} on ${owner.host}`;
  if (isSeenFromHere(owner)) return { text, name, isDead: !isAlive(owner, path), mayDie: false };
  const untouchedMs = nowMs - touchedMs;
  // Dated ahead, by a clock that was wrong or by hand, it says nothing of itself. Whoever has it touches it, also with a wrong clock.
  if (untouchedMs < -beatMs) {
    const stillMs = watched.stillForMs(touchedMs);
    return { text, name, isDead: stillMs !== null && stillMs >= deadAfterMs, mayDie: stillMs !== null };
  }
  // One that stopped to touch it is waited for until that is sure.
  return { text, name, isDead: untouchedMs >= deadAfterMs, mayDie: untouchedMs > 2 * beatMs };
}

function putAside(path: string, text: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    // Someone may have taken it over in between: give that one its lock back.
    if (readFileSync(aside, 'utf8') !== text) tryLink(aside, path);
    rmSync(aside, { force: true });
  } catch {
    // Gone already.
  }
}

/** Whether the pid means that process here: hosts may have one name, and containers of a host count for themselves. */
function isSeenFromHere({ host, born, pids }: Owner): boolean {
  const here = thisProcess();
  if (born === '' || here.born === '') return host === here.host;
  return bootOf(born) === bootOf(here.born) && (pids === undefined ? host === here.host : pids === here.pids);
}

function isAlive({ pid, born }: Owner, path: string): boolean {
  if (pid === process.pid) return heldHere.has(path) && isSame(born, birthOf(pid));
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  return !isWaitingToBeReaped(pid) && isSame(born, birthOf(pid));
}

const isSame = (born: string, bornNow: string): boolean => born === '' || bornNow === '' || born === bornNow;
const bootOf = (born: string): string => born.split('/', 1)[0] ?? '';

/** Killed, but whoever started it has not asked for its end; nothing of it runs any more. */
function isWaitingToBeReaped(pid: number): boolean {
  const [state = '', ...fields] = statOf(pid);
  // Its first thread may be gone while another one still writes.
  return /[ZX]/.test(state) && Number(fields[16]) <= 1;
}

/** When the process was started, in ticks since the machine's start, from Linux' /proc. */
function birthOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const ticks = statOf(pid)[19];
    return ticks === undefined ? '' : `${boot}/${ticks}`;
  } catch {
    return '';
  }
}

/** The fields of /proc/<pid>/stat from the third on, the state; none where there is no such process, or no /proc. */
function statOf(pid: number): readonly string[] {
  try {
    return (
      readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
        .split(') ')
        .at(-1)
        ?.trim()
        .split(' ') ?? []
    );
  } catch {
    return [];
  }
}

function thisProcess(): Omit<Owner, 'id'> {
  let pids: string | undefined;
  try {
    pids = readlinkSync('/proc/self/ns/pid');
  } catch {
    // Not Linux.
  }
  return { pid: process.pid, host: hostname(), born: birthOf(process.pid), ...(pids !== undefined && { pids }) };
}

/** Beyond, no system counts its processes. */
const greatestPid = 2 ** 31 - 1;

/** Null when nobody that runs the product has written it so. */
function parseOwner(text: string): Owner | null {
  try {
    const { pid, host, born = '', pids, id = '' } = JSON.parse(text) as Partial<Record<keyof Owner, unknown>>;
    if (typeof pid !== 'number' || !Number.isInteger(pid) || pid <= 0 || pid > greatestPid) return null;
    if (typeof host !== 'string' || host === '' || typeof born !== 'string' || typeof id !== 'string') return null;
    if (pids !== undefined && typeof pids !== 'string') return null;
    return { pid, host, born, pids, id };
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
