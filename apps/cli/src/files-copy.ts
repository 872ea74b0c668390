import { OtherFilesThere, copyFiles } from '#files';
import { betweenDatabases, sentence } from './places.js';

/** Copies attachments from one database into another that has none or some of these. Throws a sentence when it cannot. */
export async function copyFilesBetween(places: { readonly from: string; readonly to: string }): Promise<void> {
  await betweenDatabases(places, { what: 'files', table: 'files.contents' }, async (source, target) => {
    const { copied, contents, bytes } = await copyFiles(source, target).catch((error: unknown) => {
      throw error instanceof OtherFilesThere ? sentence('--to', error) : error;
    });
    const all = `all ${contents} files (${bytes} bytes) are there, each with its hash.`;
    console.log(copied === 0 ? `There is nothing to copy: ${all}` : `${copied} files were copied; ${all}`);
  });
}
