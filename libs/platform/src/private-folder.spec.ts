import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { claimFolder, closeToOthers } from './private-folder.js';

describe('A data folder', () => {
  let root: string;
  let folder: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tinhgon-private-'));
    folder = join(root, 'data');
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const mode = (...path: readonly string[]): string => (statSync(join(folder, ...path)).mode & 0o7777).toString(8);
  const openFolder = (): void => {
    mkdirSync(join(folder, 'postgres', 'base'), { recursive: true });
    writeFileSync(join(folder, 'postgres', 'base', '1'), '');
    chmodSync(join(folder, 'postgres', 'base', '1'), 0o666);
    chmodSync(folder, 0o755);
  };

  it('is made for its user alone', () => {
    claimFolder(folder);
    expect(mode()).toBe('700');
  });

  it('that was open is closed, and all that is ours in it', () => {
    openFolder();
    claimFolder(folder);
    closeToOthers(folder);
    expect([mode(), mode('postgres'), mode('postgres', 'base'), mode('postgres', 'base', '1')]).toEqual(['700', '700', '700', '600']);
  });

  it('keeps the rights of what a link leads to, which may be anywhere', () => {
    openFolder();
    const elsewhere = join(root, 'elsewhere');
    writeFileSync(elsewhere, '');
    chmodSync(elsewhere, 0o644);
    symlinkSync(elsewhere, join(folder, 'postgres', 'link'));
    claimFolder(folder);
    closeToOthers(folder);
    expect(statSync(elsewhere).mode & 0o777).toBe(0o644);
  });

  it('that is open and holds other things, or in which everybody makes files, is refused and left as it is', () => {
    openFolder();
    writeFileSync(join(folder, 'letters.txt'), '');
    expect(() => claimFolder(folder)).toThrow(/is open to other users of this machine and holds other things \(letters.txt\); choose/);
    expect(mode()).toBe('755');
    rmSync(join(folder, 'letters.txt'));
    chmodSync(folder, 0o1777);
    expect(() => claimFolder(folder)).toThrow(/is open to other users of this machine; choose/);
    expect(mode()).toBe('1777');
  });

  it('that is closed may hold what it likes', () => {
    openFolder();
    writeFileSync(join(folder, 'letters.txt'), '');
    chmodSync(folder, 0o700);
    claimFolder(folder);
    expect(mode()).toBe('700');
  });
});
