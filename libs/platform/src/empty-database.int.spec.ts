import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeEmptyDatabase, packEmptyDatabase } from './empty-database.js';
import { openDatabase } from './open-database.js';

const everythingIn = (folder: string): readonly string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

describe('A new embedded database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tinhgon-pack-'));
  const pack = join(folder, 'empty.pack');
  beforeAll(() => packEmptyDatabase(pack));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("comes out of the pack of the build each time the same, and its user's alone", async () => {
    const [one, other] = [join(folder, 'one', 'postgres'), join(folder, 'other', 'postgres')];
    await makeEmptyDatabase(one, pack);
    await makeEmptyDatabase(other, pack);
    expect(everythingIn(one)).toEqual(expect.arrayContaining(['PG_VERSION', 'base', 'global/pg_control']));
    expect(everythingIn(other)).toEqual(everythingIn(one));
    for (const name of everythingIn(one)) {
      const found = statSync(join(one, name));
      expect([name, found.mode & 0o777]).toEqual([name, found.isDirectory() ? 0o700 : 0o600]);
      if (found.isFile()) expect(readFileSync(join(other, name)).equals(readFileSync(join(one, name)))).toBe(true);
    }
    const database = await openDatabase({ dataDir: join(folder, 'one') });
    const { rows } = await database.pool.query(
      `SELECT current_setting('server_encoding') AS encoding, (SELECT count(*)::int FROM pg_class WHERE relnamespace = 'public'::regnamespace) AS tables`,
    );
    expect(rows).toEqual([{ encoding: 'UTF8', tables: 0 }]);
    await database.close();
  });

  it('is made from the beginning where the pack is damaged', async () => {
    const bytes = readFileSync(pack);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 2_000) ^ 1, bytes.length - 2_000);
    const damaged = join(folder, 'damaged.pack');
    writeFileSync(damaged, bytes);
    const made = join(folder, 'made');
    await makeEmptyDatabase(made, damaged);
    expect(everythingIn(made)).toEqual(expect.arrayContaining(['PG_VERSION', 'global/pg_control']));
  });
});
