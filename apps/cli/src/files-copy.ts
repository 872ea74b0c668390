import { OtherFilesThere, copyFiles } from '#files';
import type { Database } from '#platform';
import { Interrupted, interruptible } from './interruption.js';
import { betweenDatabases, sentence } from './places.js';
import { say } from './terminal.js';

/** Copies attachments from one database into another that has none or some of these. Throws a sentence when it cannot. */
export async function copyFilesBetween(places: { readonly from: string; readonly to: string }): Promise<void> {
  const copy = async (source: Database, target: Database, signal: AbortSignal): Promise<void> => {
    let reached = 'Nothing was copied.';
    const onProgress = (done: number, of: number): void => void (reached = `${done} of ${of} files are there, each with its hash.`);
    const { copied, contents, bytes } = await copyFiles(source, target, { signal, onProgress }).catch((error: unknown) => {
      if (error instanceof Interrupted) throw new Interrupted(`Interrupted. ${reached} Run the same command again to go on from here.`);
      throw error instanceof OtherFilesThere ? sentence('--to', error) : error;
    });
    const all = `all ${contents} files (${bytes} bytes) are there, each with its hash.`;
    say(copied === 0 ? `There is nothing to copy: ${all}` : `${copied} files were copied; ${all}`);
  };
  await interruptible((signal) =>
    betweenDatabases(places, { what: 'files', table: 'files.contents' }, (source, target) => copy(source, target, signal)),
  );
}
