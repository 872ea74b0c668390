import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { openAsBlob } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isAsChosen } from './chosen-file';

describe('A file that was chosen', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chosen-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('can be sent until it is changed or deleted', async () => {
    const path = join(folder, 'sheet.csv');
    await writeFile(path, 'title\n');
    const file = await openAsBlob(path);
    expect(await isAsChosen(file)).toBe(true);
    await writeFile(path, 'title;kind\nThủ tục;internal\n');
    expect(await isAsChosen(file)).toBe(false);
    const again = await openAsBlob(path);
    expect(await isAsChosen(again)).toBe(true);
    await rm(path);
    expect(await isAsChosen(again)).toBe(false);
  });
});
