import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { gunzipSync, gzipSync } from 'node:zlib';

/** A folder with all below it, by names relative to it; a folder comes before what is in it. */
type Packed = readonly { readonly name: string; readonly bytes: Uint8Array | null }[];

/** Makes the files of a new database, in a process of its own: this one would keep the 400 MB that it takes for ever. */
const initialise = `
  process.umask(0o077);
  const [folder, from] = process.argv.slice(1);
  const near = require('node:module').createRequire(from);
  const { PGlite } = near('@electric-sql/pglite');
  const { NodeFS } = near('@electric-sql/pglite/nodefs');
  PGlite.create({ fs: new NodeFS(folder) }).then((pglite) => pglite.close());
`;
const run = promisify(execFile);

/**
 * Puts the files of a new database into a folder that is not there yet, without fsync: out of the pack that the build has made, or, without
 * one, from the beginning, which takes seconds.
 */
export async function makeEmptyDatabase(folder: string, pack = packOfTheBuild()): Promise<void> {
  if (unpack(pack, folder)) return;
  rmSync(folder, { recursive: true, force: true });
  await run(process.execPath, ['-e', initialise, folder, import.meta.url]);
}

/** Makes the pack, unless it is there already. Nothing of an installation is in it: no people, no keys, no events. */
export async function packEmptyDatabase(pack = packOfTheBuild()): Promise<void> {
  if (existsSync(pack)) return;
  const beginning = await mkdtemp(join(tmpdir(), 'tinhgon-packing-'));
  try {
    const folder = join(beginning, 'postgres');
    await makeEmptyDatabase(folder, pack);
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    const packed: Packed = await Promise.all(
      found
        .map((entry) => ({ path: join(entry.parentPath, entry.name), isFolder: entry.isDirectory() }))
        .sort((one, other) => (one.path < other.path ? -1 : 1))
        .map(async ({ path, isFolder }) => ({ name: path.slice(folder.length + 1), bytes: isFolder ? null : await readFile(path) })),
    );
    writeFileSync(`${pack}.${String(process.pid)}`, gzipSync(serialize(packed)));
    renameSync(`${pack}.${String(process.pid)}`, pack);
  } finally {
    await rm(beginning, { recursive: true, force: true });
  }
}

/** Whether it did; a pack that is not whole, which its checksum tells, is left alone. */
function unpack(pack: string, folder: string): boolean {
  if (!existsSync(pack)) return false;
  let packed: Packed;
  try {
    packed = deserialize(gunzipSync(readFileSync(pack))) as Packed;
  } catch {
    return false;
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const { name, bytes } of packed) {
    const path = join(folder, name);
    if (bytes === null) mkdirSync(path, { mode: 0o700 });
    else writeFileSync(path, bytes, { mode: 0o600 });
  }
  return true;
}

/** Beside the built program, and of one version of PGlite: another one makes its own. */
function packOfTheBuild(): string {
  const manifest = join(dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')), '..', 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
  return fileURLToPath(new URL(`./empty-database-${version}.pack`, import.meta.url));
}
