import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { nodeSha256 } from '#audit';
import { BundleCheck, Findings, checkTlogProof, lineOf, longestLine, longestTlogProof, textOf } from '#audit/verifier';
import type { Policy } from '#audit/verifier';
import { believing, contentOf } from './verifying.js';
import type { Verified } from './verifying.js';

/** Files of a bundle besides its events are small. */
const longestPart = 4_000_000;
const mostEntries = 50;

/** A bundle or a proof, told apart by what it begins with. @throws Error with a sentence where it cannot be read */
export async function verifyFile(path: string, policy: Policy | null): Promise<Verified> {
  const file = await open(path).catch((error: unknown) => {
    throw new Error(`${path} cannot be read.`, { cause: error });
  });
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (buffer.toString('latin1').startsWith('PK')) return await verifyBundle(path, policy);
    const { size } = await file.stat();
    if (size > longestTlogProof) throw new Error(`${path} is neither a bundle nor a proof.`);
  } finally {
    await file.close();
  }
  return verifyProof(await contentOf(path), policy);
}

function verifyProof(octets: Uint8Array, policy: Policy | null): Verified {
  const findings = new Findings();
  if (!policy) throw new Error('A proof is worth what its key is worth: name it with --key, or --policy.');
  const proven = checkTlogProof(octets, policy, findings, nodeSha256);
  const about = proven
    ? `Leaf ${String(proven.index)} of ${String(proven.checkpoint.size)}: ${'head' in proven.leaf ? 'classified' : `${proven.leaf.type}, revision ${String(proven.leaf.revision)} of ${proven.leaf.stream}`}.`
    : 'A proof.';
  return { verdict: findings.verdict(), about };
}

async function verifyBundle(path: string, policy: Policy | null): Promise<Verified> {
  const findings = new Findings();
  const zip = await openZip(path);
  try {
    const entries = await entriesOf(zip);
    const part = async (name: string): Promise<Uint8Array> => {
      const entry = entries.get(name);
      if (!entry) findings.history('form', null, `The bundle has no ${name}.`);
      return entry ? wholeOf(zip, entry) : new Uint8Array();
    };
    const believed = believing(policy, policy ? '' : safeLine(await part('key.txt')), findings);
    const check = new BundleCheck(await part('checkpoint.txt'), believed, findings, nodeSha256);
    const hash = createHash('sha256');
    const events = entries.get('events.jsonl');
    if (!events) findings.history('form', null, 'The bundle has no events.jsonl.');
    else for await (const line of linesOf(await streamOf(zip, events), hash)) check.take(line);
    const manifest = check.finish(await part('manifest.txt'), hash.digest('hex'));
    const [scope = 'nothing'] = manifest
      ? Object.entries(manifest.scope).map(([what, which]) => (which === true ? what : `${what} ${String(which)}`))
      : [];
    return {
      verdict: findings.verdict(),
      about: `A bundle of ${scope}: ${String(check.lines)} leaves of ${String(manifest?.size ?? '?')}.`,
    };
  } finally {
    zip.close();
  }
}

const safeLine = (octets: Uint8Array): string => {
  try {
    return lineOf(octets);
  } catch {
    return '';
  }
};

const openZip = (path: string): Promise<ZipFile> =>
  new Promise((resolve, reject) =>
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error) reject(new Error(`${path} is not a whole zip.`, { cause: error }));
      else resolve(zip);
    }),
  );

function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('entry', (entry: Entry) => {
      if (entries.size >= mostEntries || entries.has(entry.fileName)) {
        reject(new Error('This zip holds more than a bundle does, or a name twice.'));
        return;
      }
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', (error: unknown) => reject(new Error('This is not a whole zip.', { cause: error })));
    zip.readEntry();
  });
}

const streamOf = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(new Error(`${entry.fileName} of the bundle cannot be read.`, { cause: error }));
      else resolve(stream);
    }),
  );

async function wholeOf(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  if (entry.uncompressedSize > longestPart) throw new Error(`${entry.fileName} is larger than what a bundle has.`);
  const chunks: Buffer[] = [];
  for await (const chunk of await streamOf(zip, entry)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Lines without their ends, hashed as they come. @throws Error where one is longer than any may be */
async function* linesOf(stream: Readable, hash: { update(octets: Buffer): unknown }): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      const octets = chunk as Buffer;
      hash.update(octets);
      let from = 0;
      for (let end = octets.indexOf(10); end !== -1; end = octets.indexOf(10, from)) {
        yield decoded(Buffer.concat([...rest, octets.subarray(from, end)]));
        [rest, length, from] = [[], 0, end + 1];
      }
      rest.push(octets.subarray(from));
      length += octets.length - from;
      if (length > 4 * longestLine) throw new Error('A line of events.jsonl is longer than any may be.');
    }
  } catch (error) {
    throw error instanceof Error && error.message.startsWith('A line') ? error : new Error('events.jsonl is not whole.', { cause: error });
  }
  const last = Buffer.concat(rest);
  if (last.length > 0) yield decoded(last);
}

function decoded(octets: Buffer): string {
  try {
    return textOf(octets);
  } catch {
    // No line is empty, so this is found as one that is wrong.
    return '';
  }
}
