import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** Who may append without `handle()`, and why. Leaves are laid at the end of a `tree`, which is no log. */
const writers: Readonly<Record<string, string>> = {
  'libs/event-store/src/handle.ts': 'it is handle()',
  'libs/event-store/src/command-key.ts': 'reserves on the revision that it read, so that handle() may write',
  'libs/event-store/src/prefixed-event-store.ts': 'names streams for the store behind it',
  'libs/event-store/src/postgres/postgres-event-store.ts': 'is the log: the name of its SQL function',
  'libs/event-store/src/refusals.ts': 'takes down what was refused, which nothing is decided on',
  'libs/identity/src/accesses.ts': 'takes down what was read, which nothing is decided on',
  'libs/identity/src/security-log.ts': 'takes down what happened around sign-in, which nothing is decided on',
  'libs/procedures/src/commands/official-codes.ts': 'reserves on the revision that it read',
  'libs/deadlines/src/deadline-firing.ts': 'fires on the revision that stands in the row which says what is due',
};

describe('The log', () => {
  it('is written by handle(), and by few others, each for its reason', async () => {
    const sources = (await Promise.all(['apps', 'libs'].map((folder) => readdir(folder, { recursive: true })))).flatMap((names, index) =>
      names.map((name) => join(index === 0 ? 'apps' : 'libs', name)),
    );
    const code = sources.filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !name.includes('/testing/'));
    const appending = await Promise.all(
      code.map(async (name) => (/(?<!\btree)\.append\(/.test(await readFile(name, 'utf8')) ? [name] : [])),
    );
    expect(code.length).toBeGreaterThan(100);
    expect(appending.flat().sort()).toEqual(Object.keys(writers).sort());
  });
});
