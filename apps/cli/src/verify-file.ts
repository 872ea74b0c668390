import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { nodeSha256 } from '#audit';
import {
  Findings,
  Malformed,
  checkBundle,
  checkCheckpoint,
  checkTlogProof,
  hex,
  lineOf,
  longestPart,
  longestTlogProof,
  mostParts,
} from '#audit/verifier';
import type { BundleReplay, OpenedBundle, Policy } from '#audit/verifier';
import { Replay, longestStated, parseStated } from '#replay';
import { sharedLines } from './shared-lines.js';
import { asSigned, believing, contentOf, seenBy } from './verifying.js';
import type { Verified } from './verifying.js';

/** A bundle, a proof or a checkpoint, told apart by what it begins with. @throws Error with a sentence where it cannot be read */
export async function verifyFile(path: string, policy: Policy | null): Promise<Verified> {
  const file = await open(path).catch((error: unknown) => {
    throw new Error(`${path} cannot be read.`, { cause: error });
  });
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (buffer.toString('latin1').startsWith('PK')) return await verifyBundle(path, policy);
    const { size } = await file.stat();
    if (size > longestTlogProof) throw new Error(`${path} is neither a bundle, a proof nor a checkpoint.`);
  } finally {
    await file.close();
  }
  const octets = await contentOf(path);
  return Buffer.from(octets).toString('latin1').startsWith('c2sp.org/tlog-proof@')
    ? verifyProof(octets, policy)
    : verifyKept(octets, policy);
}

/** A checkpoint that somebody kept, or read off a page. */
function verifyKept(octets: Uint8Array, policy: Policy | null): Verified {
  const findings = new Findings();
  if (!policy) throw new Error('A checkpoint is worth what its key is worth: name it with --key, or --policy.');
  const checkpoint = checkCheckpoint(asSigned(octets), policy, findings);
  if (!checkpoint) return { verdict: findings.verdict(), about: 'A checkpoint.' };
  const { origin, size, root } = checkpoint;
  return {
    verdict: findings.verdict(),
    about: `A checkpoint of ${origin}: ${String(size)} leaves, root ${hex(root)}${seenBy(checkpoint)}.`,
  };
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
    const bundle = await opened(zip);
    const believed = believing(policy, policy ? '' : safeLine(await bundle.part('key.txt')), findings);
    const hash = createHash('sha256');
    const checking = {
      ...{ running: hash, hash: nodeSha256, replaying: (state: Uint8Array) => replayOf(state, findings) },
      ...(bundle.octets > worthThreads && { sharing: sharedLines }),
    };
    const { lines, manifest, isReplayed } = await checkBundle(bundle, believed, findings, checking);
    const scope = manifest ? Object.entries(manifest.scope).map(([what, which]) => (which === true ? what : `${what} ${String(which)}`)).join(', ') : 'nothing'; // prettier-ignore
    const state = isReplayed ? ', and the state that its events come to is the claimed one' : '';
    return {
      verdict: findings.verdict(),
      about: `A bundle of ${scope}: ${String(lines)} leaves of ${String(manifest?.size ?? '?')}${state}.`,
    };
  } finally {
    zip.close();
  }
}

/** Null where no state is claimed, because events of it were withheld from whoever asked. */
function replayOf(state: Uint8Array, findings: Findings): BundleReplay | null {
  try {
    const stated = parseStated(state);
    if (stated) return new Replay(stated, findings);
    findings.unproven(1);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    findings.data('state', null, error.message);
  }
  return null;
}

const safeLine = (octets: Uint8Array | null): string => {
  try {
    return octets ? lineOf(octets) : '';
  } catch {
    return '';
  }
};

/** Octets of events below which one thread is done before another has started. */
const worthThreads = 4_000_000;

/** @returns with it how many octets its events are said to have */
async function opened(zip: ZipFile): Promise<OpenedBundle & { readonly octets: number }> {
  const entries = await entriesOf(zip);
  return {
    octets: entries.get('events.jsonl')?.uncompressedSize ?? 0,
    part: async (name) => {
      const entry = entries.get(name);
      return entry ? wholeOf(zip, entry, name === 'state.json' ? longestStated : longestPart) : null;
    },
    events: async () => {
      const entry = entries.get('events.jsonl');
      return entry ? wholeStream(await streamOf(zip, entry)) : null;
    },
  };
}

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
      if (entries.size >= mostParts || entries.has(entry.fileName)) {
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

async function wholeOf(zip: ZipFile, entry: Entry, longest: number): Promise<Uint8Array> {
  if (entry.uncompressedSize > longest) throw new Error(`${entry.fileName} is larger than what a bundle has.`);
  const chunks: Buffer[] = [];
  for await (const chunk of await streamOf(zip, entry)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** @throws Error with a sentence where it ends before its end */
async function* wholeStream(stream: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw new Error('events.jsonl is not whole.', { cause: error });
  }
}
