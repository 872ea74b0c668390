import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseUnavailable, codeOf } from './database-unavailable.js';

/** The bits of a mode by which others than the owner may do anything. */
const others = 0o077;
/** Of a folder in which everybody makes files, such as /tmp. */
const sticky = 0o1000;
/** Windows has other rights, which are those of the folder above. */
const hasModes = process.platform !== 'win32';
const isOurs = (name: string): boolean =>
  name === 'postgres' || name === 'postgres.beginning' || name === 'audit.key' || name.startsWith('tinhgon.lock');

/** The mode without the rights of others. */
export const privateMode = (mode: number): number => mode & ~others;

/**
 * Makes the folder, or takes others' rights away from one that is there. One that holds other things than ours is not touched: it may
 * be somebody's home, and is refused where others may look into it.
 * @throws DatabaseUnavailable
 */
export function claimFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { mode } = statSync(folder);
  if (!hasModes || (mode & others) === 0) return;
  const names = readdirSync(folder);
  const foreign = names.filter((name) => !isOurs(name) && name !== 'lost+found');
  if ((mode & sticky) !== 0 || foreign.length > 0) {
    const holds = foreign.length > 0 ? ` and holds other things (${foreign.slice(0, 3).join(', ')})` : '';
    throw new DatabaseUnavailable(
      `The data folder ${folder} is open to other users of this machine${holds}; choose a DATA_DIR of its own, or close this one with chmod 700.`,
    );
  }
  close(folder, folder, mode);
  if (names.includes('postgres'))
    process.stderr.write(`The data folder ${folder} was open to other users of this machine, and is closed to them now.\n`);
}

/** Takes others' rights away from all that is ours in a folder. Links are left alone: they may lead anywhere. @throws DatabaseUnavailable */
export function closeToOthers(folder: string): void {
  if (!hasModes) return;
  for (const name of readdirSync(folder)) if (isOurs(name)) closeAll(folder, join(folder, name));
}

function closeAll(folder: string, path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found || found.isSymbolicLink()) return;
  if ((found.mode & others) !== 0) close(folder, path, found.mode);
  if (found.isDirectory()) for (const name of readdirSync(path)) closeAll(folder, join(path, name));
}

function close(folder: string, path: string, mode: number): void {
  let why = 'its disk keeps no rights';
  try {
    chmodSync(path, privateMode(mode));
    if ((statSync(path).mode & others) === 0) return;
  } catch (error) {
    why = codeOf(error);
  }
  throw new DatabaseUnavailable(
    `The data folder ${folder} is open to other users of this machine, and that cannot be changed at ${path} (${why}); have its owner close it with chmod -R go= or choose another DATA_DIR.`,
  );
}
