import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { newDataFolder } from './data-folder.js';
import { copyOfMade } from './made-folder.js';

/**
 * A folder in which `start` was done with the product as it is built now, for a test that is not about a first start. Where the log
 * stands elsewhere, by the name of the folder, each has it done for itself.
 */
export async function newStartedFolder(what: string, start: (folder: string) => Promise<void>): Promise<string> {
  const make = async (): Promise<string> => {
    const folder = await newDataFolder();
    await start(folder);
    return folder;
  };
  if (process.env['TEST_EVENTSTORE_URL'] !== undefined) return make();
  const build = createHash('sha256')
    .update(process.cwd())
    .update(await readFile('dist/.built'))
    .digest('hex');
  return copyOfMade(`${what}-${build.slice(0, 16)}`, what, make);
}
