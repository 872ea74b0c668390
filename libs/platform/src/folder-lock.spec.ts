import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockFolder } from './folder-lock.js';

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
  const leftBy = (owner: object | string): Promise<void> =>
    writeFile(path, typeof owner === 'string' ? owner : JSON.stringify({ host: hostname(), born: '', ...owner }));
  const expectTaken = async (): Promise<void> => {
    const lock = lockFolder(folder);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() });
    lock.release();
    expect(await readdir(folder)).toEqual([]);
  };
  const expectRefused = (pid: number): void => {
    expect(() => lockFolder(folder)).toThrow(`The data folder ${folder} is in use by process ${String(pid)}; stop it or choose another`);
  };

  it('is held by one, and free again after the release', async () => {
    const lock = lockFolder(folder);
    expectRefused(process.pid);
    lock.release();
    await expectTaken();
  });

  it('of a process that runs is respected', async () => {
    const pid = lives();
    await leftBy({ pid });
    expectRefused(pid);
    expect(await readdir(folder)).toEqual(['tinhgon.lock']);
  });

  it('of a process that is gone is taken over', async () => {
    await leftBy({ pid: spawnSync(process.execPath, ['-e', '']).pid });
    await expectTaken();
  });

  it('of a process that is gone is taken over when its pid was given to another since', async () => {
    await leftBy({ pid: lives(), born: 'another-boot/1' });
    if (process.platform === 'linux') await expectTaken();
  });

  it('with the pid that this process has, from before it was started, is taken over', async () => {
    await leftBy({ pid: process.pid, born: 'another-boot/1' });
    await expectTaken();
  });

  it('of another host is respected while it is touched, and taken over when it is not any more', async () => {
    await leftBy({ pid: 1, host: 'elsewhere' });
    expectRefused(1);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(path, longAgo, longAgo);
    await expectTaken();
  });

  it('that cannot be read is taken over', async () => {
    await leftBy('{"pid":');
    await expectTaken();
  });
});
