import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { ApiClient } from './client.js';
import type { People } from './people.js';
import { say } from './terminal.js';

/** A register of 100,000 procedures takes minutes. */
const longestMs = 86_400_000;

/** Writes the register into a file, and has it there only once it is whole. Throws a sentence where it is not. */
export async function exportRegister(api: ApiClient, people: People, file: string): Promise<void> {
  const token = await people.token('auditor', 'ministry');
  const begun = `${file}.part`;
  const target = await open(begun, 'w', 0o600).catch((error: unknown) => {
    throw new Error(`${file} cannot be written.`, { cause: error });
  });
  try {
    try {
      for await (const chunk of await api.stream('/api/v1/exports/register', { token, timeoutMs: longestMs })) await target.write(chunk);
      await target.sync();
    } finally {
      await target.close();
    }
    await verifyExport(begun);
    await rename(begun, file);
  } catch (error) {
    await rm(begun, { force: true });
    throw error;
  }
}

/** Says what an export holds. Throws a sentence that names its first wrong line. */
export async function verifyExport(file: string): Promise<void> {
  const { verifyLines } = await import('../../api/src/exports/sealed-lines.js');
  const bytes: AsyncIterable<Buffer> = createReadStream(file);
  const verdict = await verifyLines(bytes).catch((error: unknown) => {
    throw new Error(`${file} cannot be read.`, { cause: error });
  });
  if (!verdict.ok) throw new Error(`Line ${String(verdict.line)} of ${file} ${verdict.reason}.`);
  const { procedures, position, sha256 } = verdict;
  say(`${String(procedures)} procedures as they stood at position ${position}, SHA-256 ${sha256}: whole.`);
}
