import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const sources = join('apps', 'api', 'src');

describe('What the API is described by', () => {
  it('has a name of its own each, since the description knows them by their names alone', async () => {
    const names = new Map<string, string[]>();
    for (const file of (await readdir(sources, { recursive: true })).filter((one) => one.endsWith('.ts')))
      for (const [, name = ''] of (await readFile(join(sources, file), 'utf8')).matchAll(/^(?:export )?(?:abstract )?class (\w+)/gm))
        names.set(name, [...(names.get(name) ?? []), file]);
    expect([...names].filter(([, files]) => files.length > 1)).toEqual([]);
    expect(names.size).toBeGreaterThan(100);
  });
});
