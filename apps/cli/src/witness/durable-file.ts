import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes the whole file, or leaves the one before; on disk, with its name, when it returns. The folder takes no other rights than 0600. */
export async function writeDurably(path: string, octets: Uint8Array | string): Promise<void> {
  const beginning = `${path}.${randomUUID()}`;
  try {
    const file = await open(beginning, 'wx', 0o600);
    try {
      await file.writeFile(octets);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beginning, path);
  } catch (error) {
    await rm(beginning, { force: true });
    throw error;
  }
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
