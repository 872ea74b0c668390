import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder of its own in the system's temporary one, like the one that `make` answers. That is made once on a machine for each key, as it
 * takes seconds.
 */
export async function copyOfMade(key: string, name: string, make: () => Promise<string>): Promise<string> {
  const made = join(tmpdir(), `tinhgon-${key}`);
  if (!existsSync(made)) {
    const beginning = await make();
    // Another process may have been faster.
    await rename(beginning, made).catch(() => rm(beginning, { recursive: true }));
  }
  const folder = await mkdtemp(join(tmpdir(), `tinhgon-${name}-`));
  await cp(made, folder, { recursive: true });
  return folder;
}
