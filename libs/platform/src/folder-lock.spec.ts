import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockFolder } from './folder-lock.js';
import type { FolderLock } from './folder-lock.js';

/** Elsewhere the system tells less of processes. */
const onLinux = process.platform === 'linux' ? it : it.skip;

describe('The lock on a folder', () => {
  let folder: string;
  let path: string;
  let other: ChildProcess | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tinhgon-lock-'));
    path = join(folder, 'tinhgon.lock');
  });
  afterEach(async () => {
    other?.kill('SIGKILL');
    other = undefined;
    await rm(folder, { recursive: true });
  });
  const lives = (): number => {
    other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
    return other.pid ?? 0;
  };
  /** A process that was killed and whose end nobody asks for. */
  const zombie = async (): Promise<number> => {
    other = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [said] = (await once(other.stdout ?? other, 'data')) as [Buffer];
    const pid = Number(said.toString());
    // The shell asks for the ends of its children until it has become something else.
    while (readFileSync(`/proc/${String(other.pid)}/comm`, 'utf8').trim() !== 'sleep') await sleep(10);
    process.kill(pid, 'SIGKILL');
    while (!/\) Z /.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'))) await sleep(10);
    return pid;
  };
  const lost: string[] = [];
  const take = (patienceMs = 300): Promise<FolderLock> => lockFolder(folder, { patienceMs, onLost: () => void lost.push(folder) });
  const boot = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const leftBy = (owner: object | string): Promise<void> =>
    writeFile(path, typeof owner === 'string' ? owner : JSON.stringify({ host: hostname(), born: '', ...owner }));
  const untouchedFor = async (ms: number): Promise<void> => {
    const then = new Date(Date.now() - ms);
    await utimes(path, then, then);
  };
  const expectTaken = async (): Promise<void> => {
    const lock = await take();
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() });
    lock.release();
    expect(await readdir(folder)).toEqual([]);
  };
  const expectRefused = (owner: string): Promise<void> =>
    expect(take()).rejects.toThrow(`The data folder ${folder} is in use by process ${owner}; stop it or choose another`);

  it('is refused with a sentence where its name is a link that leads nowhere', async () => {
    await symlink(join(folder, 'nowhere'), path);
    await expect(take()).rejects.toThrow('a link that leads nowhere');
  });

  it('is refused with a sentence where its name is a folder', async () => {
    await mkdir(path);
    await expect(take()).rejects.toThrow(`The lock ${path} is a folder or another thing that is no file; remove it when nothing uses`);
  });

  onLinux('is refused with a sentence where its name is a pipe, which nobody writes to', async () => {
    spawnSync('sh', ['-c', 'mkfifo "$0"', path]);
    await expect(take()).rejects.toThrow('that is no file');
  });

  it('of another host that is dated ahead is taken over when nobody touches it, and respected when somebody does', async () => {
    await leftBy({ pid: 1, host: 'elsewhere' });
    await untouchedFor(-86_400_000);
    await expectTaken();
    await leftBy({ pid: 1, host: 'elsewhere' });
    await untouchedFor(-86_400_000);
    const taking = take(1_000);
    let ahead = 86_400_000;
    const touching = setInterval(() => void untouchedFor(-(ahead += 1_000)).catch(() => undefined), 50);
    await expect(taking).rejects.toThrow(`delete the lock ${path}.`);
    clearInterval(touching);
  });

  it('is held by one, and free again after the release', async () => {
    const lock = await take();
    await expectRefused(String(process.pid));
    lock.release();
    await expectTaken();
  });

  it('is waited for a while, because whoever has it may be ending', async () => {
    const lock = await take();
    const next = take(30_000);
    await sleep(150);
    lock.release();
    (await next).release();
  });

  it('of a process that runs is respected', async () => {
    const pid = lives();
    await leftBy({ pid });
    await expectRefused(String(pid));
    expect(await readdir(folder)).toEqual(['tinhgon.lock']);
  });

  it('of a process that is gone is taken over', async () => {
    await leftBy({ pid: spawnSync(process.execPath, ['-e', '']).pid });
    await expectTaken();
  });

  onLinux('of a process that was killed is taken over, also while nobody has asked for its end', async () => {
    await leftBy({ pid: await zombie() });
    await expectTaken();
  });

  onLinux('of a process that is gone is taken over when its pid was given to another since', async () => {
    await leftBy({ pid: lives(), born: `${boot()}/1` });
    await expectTaken();
  });

  onLinux('with the pid that this process has, from before it was started, is taken over', async () => {
    await leftBy({ pid: process.pid, born: `${boot()}/1` });
    await expectTaken();
  });

  it('of another host is respected while it is touched, and taken over when it is not any more', async () => {
    await leftBy({ pid: 1, host: 'elsewhere' });
    await expectRefused('1 on elsewhere');
    await untouchedFor(9_000);
    await expectTaken();
  });

  onLinux('of a host or container with the same name is not judged by pids, which mean others there', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    for (const owner of [{ born: 'another-boot/1' }, { born: `${boot()}/1`, pids: 'pid:[1]' }]) {
      await leftBy({ pid, ...owner });
      await expectRefused(String(pid));
      await untouchedFor(60_000);
      await expectTaken();
    }
  });

  it('that cannot be read is taken over', async () => {
    const host = hostname();
    const forged = [{ pid: 1e300 }, { pid: 2 ** 31 }, { pid: -1 }, { pid: 1.5 }, { pid: '1' }, { host: '' }, { host: {} }, { born: 1 }, { pids: 1 }, { id: [] }]; // prettier-ignore
    for (const text of [
      '{"pid":',
      '{"pid":0}',
      '{"pid":1}',
      'null',
      '[]',
      ...forged.map((one) => JSON.stringify({ pid: 1, host, ...one })),
    ]) {
      await leftBy(text);
      await expectTaken();
    }
  });

  it('is known to be lost once another has it or it is gone, and then the other keeps it', async () => {
    const lock = await take();
    expect(lock.isHeld()).toBe(true);
    await rm(path);
    expect(lock.isHeld()).toBe(false);
    await leftBy({ pid: 1, host: 'elsewhere' });
    expect(lock.isHeld()).toBe(false);
    while (lost.length === 0) await sleep(100);
    lock.release();
    expect(await readdir(folder)).toEqual(['tinhgon.lock']);
  });
});
