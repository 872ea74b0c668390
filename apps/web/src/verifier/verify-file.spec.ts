import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { scopeText } from './verifier-words';
import { trusted, verifyFile } from './verify-file';

/** The key of the examples of signed-note. */
const key = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const watching = { progress: () => undefined, signal: new AbortController().signal };

describe('A file that is verified', () => {
  it('is not called broken because it was saved again after it was chosen', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'verified-'));
    const path = join(folder, 'bundle.zip');
    await writeFile(path, 'PK\u0003\u0004 cut');
    const file = await openAsBlob(path);
    await expect(verifyFile(file, trusted(key), watching)).rejects.toMatchObject({ reason: 'notWhole' });
    await writeFile(path, 'PK\u0003\u0004 and more of it');
    await expect(verifyFile(file, trusted(key), watching)).rejects.toMatchObject({ reason: 'changed' });
    await rm(folder, { recursive: true });
  });

  it('says of what it is in the words and dates of the reader', () => {
    expect(scopeText({ all: true }, 'vi')).toBe('tất cả');
    expect(scopeText({ unit: '1ca69d9c', from: '2026-12-01' }, 'vi')).toBe('đơn vị 1ca69d9c, từ ngày 01/12/2026');
    expect(scopeText({ period: '2026-Q4', constructor: 1 }, 'en')).toBe('period 2026-Q4, constructor 1');
  });
});
