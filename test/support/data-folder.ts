import { mkdtemp, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openDatabase } from '#platform';
import { copyOfMade } from './made-folder.js';

/**
 * A folder in the system's temporary one, with the files of an empty embedded database in it; how those are made is what the
 * specification of the embedded database plays.
 */
export async function newDataFolder(name = 'data'): Promise<string> {
  const manifest = join(dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')), '..', 'package.json');
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { readonly version: string };
  return copyOfMade(`empty-database-${version}`, name, async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'tinhgon-beginning-'));
    await (await openDatabase({ url: undefined, dataDir })).close();
    return dataDir;
  });
}
