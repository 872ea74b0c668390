import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { typeByName } from '#files';
import type { ApiClient } from './client.js';
import { Interrupted } from './interruption.js';
import type { People } from './people.js';
import { segment } from './segment.js';
import { say } from './terminal.js';

/** Brings files to a procedure, and prints the hash of each. Throws a sentence at the first that is not taken. */
export async function attachFiles(api: ApiClient, people: People, id: string, files: readonly string[]): Promise<void> {
  const token = await people.token('officer', 'service');
  for (const [done, file] of files.entries()) {
    const name = basename(file).normalize('NFC');
    const type = typeByName(name);
    if (type === null) throw new Error(`${file}: files that end so are not taken.`);
    const content = await readFile(file).catch((error: unknown) => {
      throw new Error(`${file} cannot be read.`, { cause: error });
    });
    const path = `/api/v1/procedures/${segment(id)}/attachments?name=${encodeURIComponent(name)}`;
    // The same file again changes nothing, so it may be sent again.
    const call = { token, idempotencyKey: randomUUID() };
    const { hash } = await api.upload<{ hash: string }>(path, { type, content: new Uint8Array(content) }, call).catch((error: unknown) => {
      if (error instanceof Interrupted)
        throw new Interrupted(`Interrupted. ${done} of ${files.length} files are there; the same again change nothing.`);
      throw error instanceof Error ? new Error(`${file}: ${error.message}`, { cause: error }) : error;
    });
    say(`${hash}  ${file}`);
  }
}

/** Says something about a procedure. */
export async function comment(
  api: ApiClient,
  people: People,
  id: string,
  body: { readonly text: string; readonly attachments?: readonly string[] | undefined; readonly revision?: number | undefined },
): Promise<void> {
  const token = await people.token('officer', 'service');
  const call = { token, idempotencyKey: randomUUID() };
  await api.post(`/api/v1/procedures/${segment(id)}/comments`, body, call);
  say('The comment was added.');
}
