import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '#platform';
import type { Database } from '#platform';
import { newDataFolder } from '../../../test/support/data-folder.js';
import { Imports, TooManyImports } from './imports.js';
import type { Import } from './imports.js';

const cell = { row: 2, column: 'name', code: 'invalid-body', message: 'is wrong', vi: 'sai' };

describe('The records of imports', () => {
  let folder: string;
  let database: Database;
  let imports: Imports;
  const receive = (...parties: readonly string[]): Promise<Import> => {
    const id = randomUUID();
    const wanted = { id, person: randomUUID(), entrance: 'issuer', parties, kind: 'units', format: 'csv', file: 'a.csv' } as const;
    return imports.receive({ ...wanted, dryRun: true, partial: false, correlationId: id }, [
      Buffer.from('name\n'),
    ] as unknown as AsyncIterable<Buffer>);
  };

  beforeAll(async () => {
    folder = await newDataFolder('imports');
    database = await openDatabase({ url: undefined, dataDir: folder });
    imports = await Imports.open(database);
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  it('count all programs of one person together, and work on one of them at a time', async () => {
    const owner = randomUUID();
    const first = await receive('programs of a');
    await receive('programs of b', 'programs of a');
    await expect(receive('programs of a')).rejects.toBeInstanceOf(TooManyImports);
    const other = await receive('a');
    expect([(await imports.claim(owner))?.id, (await imports.claim(owner))?.id, await imports.claim(owner)]).toEqual([
      first.id,
      other.id,
      null,
    ]);
  });

  it('keep what is refused as it was where it is not said anew', async () => {
    const owner = randomUUID();
    const { id } = await receive('c');
    await imports.end((await imports.claim(owner))?.id ?? '', 'done', owner);
    const told = { rows: 1, accepted: 0, repeated: 0, refusedRows: 1, moreRefused: 3, doneTo: 2 };
    const { id: next } = await receive('d');
    expect((await imports.claim(owner))?.id).toBe(next);
    expect(await imports.advance(next, owner, { ...told, refused: [cell] })).toBe(true);
    expect(await imports.advance(next, owner, { ...told, rows: 2, refused: null })).toBe(true);
    expect(await imports.find(next)).toMatchObject({ rows: 2, refused: [cell], moreRefused: 3 });
    expect(await imports.progress(next)).toEqual({ state: 'checking', rows: 2, accepted: 0, repeated: 0, refusedRows: 1, ended: false });
    expect((await imports.find(id))?.state).toBe('done');
  });
});
