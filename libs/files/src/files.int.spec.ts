import { randomBytes, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '#platform';
import type { Database } from '#platform';
import { startPostgres } from '../../../test/support/postgres-server.js';
import type { PostgresServer } from '../../../test/support/postgres-server.js';
import { OtherFilesThere, copyFiles } from './copy-files.js';
import { FileDamaged, FileQuotaExceeded, Files, mostFileBytes, mostPieceBytes } from './files.js';
import { newDataFolder } from '../../../test/support/data-folder.js';

const bytesOf = async (content: AsyncIterable<Buffer>): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
};
const file = { name: 'Quyết định.pdf', type: 'application/pdf', uploadedBy: randomUUID() };

describe.each(['embedded', 'on a server'])('Files in a database that is %s', (where) => {
  let folder: string;
  let server: PostgresServer | undefined;
  let database: Database;
  let files: Files;
  const count = async (table: string): Promise<number> =>
    (await database.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM files.${table}`)).rows[0]?.count ?? -1;

  beforeAll(async () => {
    folder = await newDataFolder('files');
    server = where === 'embedded' ? undefined : await startPostgres();
    database = await openDatabase({ dataDir: folder, url: server?.url });
    files = await Files.open(database);
  });
  afterAll(async () => {
    await database.close();
    await server?.stop();
    await rm(folder, { recursive: true });
  });

  it('come back as they were, up to the largest', async () => {
    const procedure = randomUUID();
    for (const size of [1, 1024 * 1024, 1024 * 1024 + 1, mostFileBytes]) {
      const content = randomBytes(size);
      const { hash } = await files.attach(procedure, content, file);
      expect((await bytesOf(await files.content(hash))).equals(content)).toBe(true);
      for await (const piece of await files.content(hash)) expect(piece.length).toBeLessThanOrEqual(mostPieceBytes);
    }
    expect((await files.of(procedure)).map(({ size, name, uploadedBy }) => [size, name, uploadedBy])).toEqual(
      [1, 1024 * 1024, 1024 * 1024 + 1, mostFileBytes].map((size) => [size, file.name, file.uploadedBy]),
    );
  });

  it('are given out with turns for others in between, however fast they are read', async () => {
    const { hash } = await files.attach(randomUUID(), randomBytes(4 * 1024 * 1024), file);
    let [turns, pieces, isRead] = [0, 0, false];
    const count = (): void => {
      turns++;
      if (!isRead) setImmediate(count);
    };
    setImmediate(count);
    for await (const piece of await files.content(hash)) pieces += Number(piece.length > 0);
    isRead = true;
    expect(pieces).toBe(32);
    expect(turns).toBeGreaterThanOrEqual(pieces);
  });

  it('are as many as their person and their unit may have, counted once, also when they come at once and to several processes', async () => {
    const most = 2_500_000;
    const quotas = { ofPerson: most, ofUnit: 2 * most };
    const processes = [await Files.open(database, quotas), await Files.open(database, quotas)] as const;
    const [unit, people] = [randomUUID(), [randomUUID(), randomUUID(), randomUUID()]];
    const bring = (uploadedBy: string, index: number): Promise<string> =>
      processes[index % 2 === 0 ? 0 : 1].attach(randomUUID(), randomBytes(1_000_000), { ...file, uploadedBy, unit }).then(
        () => 'taken',
        (error: unknown) => (error instanceof FileQuotaExceeded ? error.message : String(error)),
      );
    const [one = '', other = '', third = ''] = people;
    const outcomes = await Promise.all([0, 1, 2, 3, 4].map((index) => bring(one, index)));
    expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(2);
    expect(outcomes.find((outcome) => outcome !== 'taken')).toBe(
      'The files that you have brought come to 1.9 MB of 2.4 MB, and this one has 1.0 MB. Whoever operates the installation can give more.',
    );
    const ofUnit = await Promise.all([other, other, third, third].map(bring));
    expect(ofUnit.filter((outcome) => outcome === 'taken')).toHaveLength(3);
    expect(ofUnit.find((outcome) => outcome !== 'taken')).toMatch(/^The files of the unit that owns the procedure come to 4\.8 MB of 4\.8 MB/);
    const [procedure, content] = [randomUUID(), randomBytes(400_000)];
    const mine = { ...file, uploadedBy: one, unit: randomUUID() };
    await processes[0].attach(procedure, content, mine);
    // What is there already takes no more room, and what was refused left nothing.
    await processes[0].attach(procedure, content, mine);
    await expect(processes[1].attach(procedure, randomBytes(200_000), mine)).rejects.toThrow(FileQuotaExceeded);
    expect(await files.of(procedure)).toHaveLength(1);
    const { rows } = await database.pool.query('SELECT 1 FROM files.contents c WHERE NOT EXISTS (SELECT FROM files.attachments a WHERE a.hash = c.hash)');
    expect(rows).toEqual([]);
  }); // prettier-ignore

  it('are stored once, however often and for however many procedures they come, also at once', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const content = randomBytes(3_000_000);
    const [before, chunks] = [await count('contents'), await count('chunks')];
    const attached = await Promise.all([one, one, other].map((procedure) => files.attach(procedure, content, file)));
    const again = await files.attach(one, content, { ...file, name: 'Tên khác.pdf' });
    expect(new Set([...attached, again].map(({ hash, name }) => `${hash} ${name}`)).size).toBe(1);
    expect([(await count('contents')) - before, (await count('chunks')) - chunks]).toEqual([1, 3]);
    expect([(await files.of(one)).length, (await files.of(other)).length]).toEqual([1, 1]);
  });

  it('belong to their procedure alone', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const { hash } = await files.attach(one, randomBytes(10), file);
    expect((await files.named(one, [hash, 'f'.repeat(64)])).map((found) => found.hash)).toEqual([hash]);
    expect(await files.named(other, [hash])).toEqual([]);
  });

  it('are not served when they are damaged, and the error names them', async () => {
    for (const damage of ['UPDATE files.chunks SET bytes = bytes || $2 WHERE hash = $1 AND no = 1', 'DELETE FROM files.chunks WHERE hash = $1 AND $2 <> $1::bytea']) {
      const { hash } = await files.attach(randomUUID(), randomBytes(2_000_000), file);
      await database.pool.query(damage, [hash, Buffer.from('x')]);
      const reading = files.content(hash);
      await expect(reading).rejects.toThrow(FileDamaged);
      await expect(reading).rejects.toThrow(hash);
      await database.pool.query('DELETE FROM files.attachments WHERE hash = $1', [hash]);
      await database.pool.query('DELETE FROM files.chunks WHERE hash = $1', [hash]);
      await database.pool.query('DELETE FROM files.contents WHERE hash = $1', [hash]);
    }
  }); // prettier-ignore

  it('leave nothing when storing them fails half-way', async () => {
    const [contents, chunks] = [await count('contents'), await count('chunks')];
    await expect(files.attach(randomUUID(), randomBytes(2_000_000), { ...file, uploadedBy: 'nobody' })).rejects.toThrow();
    expect([await count('contents'), await count('chunks')]).toEqual([contents, chunks]);
  });

  it('are copied into another database, whole or not at all, and again without harm', async () => {
    const procedure = randomUUID();
    const content = randomBytes(1_500_000);
    const { hash } = await files.attach(procedure, content, file);
    const targetFolder = await newDataFolder('files-target');
    const target = await openDatabase({ dataDir: targetFolder });
    const copied = await Files.open(target);
    const all = await count('contents');
    expect(await copyFiles(database, target)).toMatchObject({ copied: all, contents: all });
    expect(await copyFiles(database, target)).toMatchObject({ copied: 0, contents: all });
    expect(await copied.of(procedure)).toEqual(await files.of(procedure));
    expect((await bytesOf(await copied.content(hash))).equals(content)).toBe(true);
    await target.pool.query('UPDATE files.chunks SET bytes = bytes || $2 WHERE hash = $1 AND no = 0', [hash, Buffer.from('x')]);
    await expect(copyFiles(database, target)).rejects.toThrow(new FileDamaged(hash, 'the target'));
    await copied.attach(randomUUID(), content, file);
    await expect(copyFiles(database, target)).rejects.toThrow(OtherFilesThere);
    await target.close();
    await rm(targetFolder, { recursive: true });
  });
});
