import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import type { Caller } from './client.js';

/** Asks for a bundle, and waits until it is there. @throws Error where it is refused */
export async function fetchBundle(url: string, auditor: Caller, scope: object): Promise<Buffer> {
  const { status, body } = await auditor.post<{ id: string; state: string }>('/api/v1/audit/bundles', scope);
  if (status !== 202) throw new Error(`A bundle is answered ${String(status)}: ${JSON.stringify(body)}`);
  for (;;) {
    const answer = await fetch(`${url}/api/v1/audit/bundles/${body.id}`, { headers: { authorization: `Bearer ${auditor.token}` } });
    const octets = Buffer.from(await answer.arrayBuffer());
    if (answer.status === 202) continue;
    if (answer.headers.get('content-type') !== 'application/zip') throw new Error(`A bundle is answered ${octets.toString()}`);
    return octets;
  }
}

/** Writes a zip of texts. */
export async function zipped(path: string, texts: Readonly<Record<string, string>>): Promise<void> {
  const zip = new yazl.ZipFile();
  for (const [name, text] of Object.entries(texts)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}
