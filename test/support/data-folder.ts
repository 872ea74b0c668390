import { cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openDatabase } from '#platform';

/**
 * A folder in the system's temporary one, with the files of an empty embedded database in it. To make those takes seconds, so they are made
 * once on a machine and copied; how they are made is what the specification of the embedded database plays.
 */
export async function newDataFolder(name = 'data'): Promise<string> {
  const manifest = join(dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')), '..', 'package.json');
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { readonly version: string };
  const empty = join(tmpdir(), `tinhgon-empty-database-${version}`);
  if (!existsSync(empty)) await makeEmpty(empty);
  const folder = await mkdtemp(join(tmpdir(), `tinhgon-${name}-`));
  await cp(join(empty, 'postgres'), join(folder, 'postgres'), { recursive: true });
  return folder;
}

async function makeEmpty(folder: string): Promise<void> {
  const beginning = await mkdtemp(`${folder}-`);
  await (await openDatabase({ url: undefined, dataDir: beginning })).close();
  // Another process may have been faster.
  await rename(beginning, folder).catch(() => rm(beginning, { recursive: true }));
}
