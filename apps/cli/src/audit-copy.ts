import { copyTree } from '#audit';
import type { Database } from '#platform';
import { Interrupted, interruptible } from './interruption.js';
import { betweenDatabases, sentence } from './places.js';
import { say } from './terminal.js';

/** Copies the tree of a log, with its salts, from one database into another that has none. Throws a sentence when it cannot. */
export async function copyTreeBetween(places: { readonly from: string; readonly to: string }): Promise<void> {
  await interruptible((signal) =>
    betweenDatabases(places, { what: 'leaves', table: 'audit.tree' }, (source, target) => copyTreeOf(source, target, signal)),
  );
}

/** @throws Error with a sentence */
export async function copyTreeOf(source: Database, target: Database, signal: AbortSignal): Promise<void> {
  const leaves = await copyTree(source, target, signal).catch((error: unknown) => {
    if (error instanceof Interrupted) throw new Interrupted('Interrupted. Nothing of the tree was written.');
    throw sentence('--to', error);
  });
  say(
    leaves === 0
      ? 'There are no leaves to copy: the tree is there.'
      : `${leaves} leaves were copied with their salts and what was signed of them.`,
  );
}
