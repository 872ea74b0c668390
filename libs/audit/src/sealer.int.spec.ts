import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ANY } from '#event-store';
import { anEvent } from '#event-store/testing';
import type { RecordedEvent } from '#event-store';
import { SystemClock } from '#platform';
import type { Transaction } from '#platform';
import { Processors } from '#processors';
import type { ViewWriter } from '#processors';
import { openLog } from '../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../test/support/log-installation.js';
import { Bundles } from './bundle/bundles.js';
import type { BundleReader } from './bundle/bundles.js';
import { ErasuresUnderTree } from './bundle/erasures-under-tree.js';
import { linesOfRange } from './bundle/lines.js';
import type { BundleLine } from './bundle/lines.js';
import { CheckpointSigner } from './checkpoint-signer.js';
import { migrateAudit } from './migrate-audit.js';
import { SealedLog } from './sealed-log.js';
import { sealer, sealerName } from './sealer.js';
import type { Classifies } from './sealer.js';
import { parseCheckpoint } from './verifier/checkpoint.js';
import { decodeEntries } from './verifier/entry-bundles.js';
import { leafHash, rootOf } from './verifier/merkle.js';
import { ed25519Type, signerKey, verifierKeyText } from './verifier/note-keys.js';
import { noteVerifier, openNote } from './verifier/note.js';
import { utf8 } from './verifier/octets.js';
import { openLeaf } from './verifier/open-leaf.js';
import { isConsistent, isIncluded } from './verifier/proof-checks.js';
import { verifyDatabase } from './verify-database.js';

const key = signerKey('log.example/one', ed25519Type, randomBytes(32));
const signer = new CheckpointSigner([key]);
const opened: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function newLog(where = 'embedded'): Promise<LogInstallation> {
  const log = await openLog(where);
  opened.push(log.close);
  await migrateAudit(log.database);
  return log;
}

const aTyped = (type: string) => ({ ...anEvent(), type });
const classifies: Classifies = ({ type, stream, data }, isClassified) => {
  const { of = '' } = data as { readonly of?: string };
  if (type === 'Hidden') return stream.slice('thing-'.length);
  if (type === 'Ahead') return of;
  return type === 'Asked' && isClassified(of) ? stream.slice('question-'.length) : null;
};

async function startSealer(log: LogInstallation): Promise<Processors> {
  const processors = new Processors({ ...log, views: [sealer(signer, { clock: new SystemClock(), classifies })] });
  opened.push(() => processors.stop());
  await processors.start();
  return processors;
}

async function sealedUpToHead(log: LogInstallation, processors: Processors): Promise<void> {
  const head = await log.store.head();
  expect(head === null || (await processors.waitFor(head, 30_000, [sealerName]))).toBe(true);
}

const sealedLog = ({ database }: LogInstallation): SealedLog =>
  new SealedLog(database, { identity: { origin: key.name, keys: [verifierKeyText(key)] }, signer });

/** All leaves, as they are served. */
async function leavesOf(sealed: SealedLog): Promise<readonly Uint8Array[]> {
  const size = (await sealed.newest())?.size ?? 0;
  const leaves: Uint8Array[] = [];
  for (let index = 0; index * 256 < size; index++) {
    const bundle = await sealed.tile({ level: 'entries', index, width: Math.min(256, size - index * 256) });
    leaves.push(...decodeEntries(bundle ?? new Uint8Array()));
  }
  return leaves;
}

describe.each(['embedded', 'on a server'])('the sealer, %s', (where) => {
  it('gives each event the next index in the order of the log, and signs what comes of it', async () => {
    const log = await newLog(where);
    for (let batch = 0; batch < 3; batch++)
      await log.store.append(
        `before-${batch}`,
        Array.from({ length: 100 }, () => anEvent()),
        { expected: ANY },
      );
    const processors = await startSealer(log);
    await sealedUpToHead(log, processors);
    await log.store.append('after', [anEvent(), anEvent()], { expected: ANY });
    await sealedUpToHead(log, processors);

    const sealed = sealedLog(log);
    const newest = await sealed.newest();
    const { text } = openNote(utf8(newest?.note ?? ''), [noteVerifier(key)]);
    const { events } = await log.store.readAll({ from: null, limit: 1_000 });
    const leaves = await leavesOf(sealed);
    expect(leaves.map((leaf) => openLeaf(leaf)).map(({ index, id }) => [index, id])).toEqual(events.map(({ id }, index) => [index, id]));
    expect(parseCheckpoint(text)).toEqual({ origin: key.name, size: 302, root: rootOf(leaves.map((leaf) => leafHash(leaf))) });
  });
});

describe('the sealer', () => {
  it('proves each event under each size, and each size under each later one', async () => {
    const log = await newLog();
    const processors = await startSealer(log);
    for (let count = 1; count <= 5; count++) {
      await log.store.append(
        'some',
        Array.from({ length: count }, () => anEvent()),
        { expected: ANY },
      );
      await sealedUpToHead(log, processors);
    }
    const sealed = sealedLog(log);
    const { events } = await log.store.readAll({ from: null, limit: 100 });
    for (const size of [3, 10, 15])
      for (const { position, id } of events.slice(0, size)) {
        const proof = await sealed.prove({ position }, size);
        expect(openLeaf(proof.leaf)).toMatchObject({ id, index: proof.index });
        expect(isIncluded({ index: proof.index, size, leaf: leafHash(proof.leaf), proof: proof.hashes }, proof.tree.root)).toBe(true);
        expect(openNote(utf8(proof.tree.note), [noteVerifier(key)]).text).toContain(`\n${size}\n`);
        expect((await sealed.prove({ id }, size)).index).toBe(proof.index);
      }
    const [from, to] = [(await sealed.prove({ id: events[0]?.id ?? '' }, 3)).tree, await sealed.newest()];
    expect(to && isConsistent(from, to, await sealed.consistency(3, 15))).toBe(true);
    await expect(sealed.prove({ position: 3n }, 2)).rejects.toThrow('The tree holds no such event yet.');
    await expect(sealed.prove({ position: 3n }, 16)).rejects.toThrow('The newest tree has 15 leaves.');
  });

  it('hands out a tree that a key before has signed under the present one, too', async () => {
    const log = await newLog();
    const { position } = await log.store.append('early', [anEvent(), anEvent()], { expected: ANY });
    const processors = await startSealer(log);
    await sealedUpToHead(log, processors);
    // Of another minute, so it is kept.
    await log.database.pool.query("UPDATE audit.checkpoints SET signed_at = signed_at - interval '2 minutes'");
    await log.store.append('late', [anEvent()], { expected: ANY });
    await sealedUpToHead(log, processors);
    const kept = await sealedLog(log).at(position);

    const next = signerKey(key.name, ed25519Type, randomBytes(32));
    const identity = { origin: key.name, keys: [verifierKeyText(key), verifierKeyText(next)] } as const;
    const tree = await new SealedLog(log.database, { identity, signer: new CheckpointSigner([next]) }).at(position);
    expect([kept?.size, tree?.size, tree?.root]).toEqual([2, 2, kept?.root]);
    for (const one of [key, next]) {
      const { text, verified } = openNote(utf8(tree?.note ?? ''), [noteVerifier(one)]);
      expect([text, verified.length]).toEqual([openNote(utf8(kept?.note ?? ''), [noteVerifier(key)]).text, 1]);
    }
  });

  it('shows nothing of what is classified but that something was recorded', async () => {
    const log = await newLog();
    const processors = await startSealer(log);
    const [secret, open] = [randomUUID(), randomUUID()];
    await log.store.append(`thing-${open}`, [aTyped('Shown')], { expected: ANY });
    await log.store.append(`thing-${secret}`, [aTyped('Hidden')], { expected: ANY });
    await log.store.append(`beside-${secret}`, [aTyped('Beside')], { expected: ANY });
    // What is asked about it has streams of its own, and what only leads to it has none.
    const [question, other] = [randomUUID(), randomUUID()];
    await log.store.append(`ahead`, [{ ...aTyped('Ahead'), data: { of: other } }], { expected: ANY });
    await log.store.append(`question-${question}`, [{ ...aTyped('Asked'), data: { of: secret } }], { expected: ANY });
    await log.store.append(`question-${question}`, [aTyped('Answered')], { expected: ANY });
    await log.store.append(`thing-${other}`, [aTyped('Later')], { expected: ANY });
    await sealedUpToHead(log, processors);
    const leaves = (await leavesOf(sealedLog(log))).map((leaf) => openLeaf(leaf));
    expect(leaves.map((leaf) => Object.keys(leaf).length)).toEqual([14, 8, 8, 8, 8, 8, 8]);
    expect(JSON.stringify(leaves.slice(1))).not.toMatch(new RegExp(`${secret}|${question}|${other}|Hidden|Beside|Ahead|actor`));
  });

  it('hands out what somebody may not see as a leaf alone, which is proven all the same', async () => {
    const log = await newLog();
    const processors = await startSealer(log);
    const secret = randomUUID();
    await log.store.append('open', [aTyped('Shown')], { expected: ANY });
    await log.store.append(`thing-${secret}`, [aTyped('Hidden')], { expected: ANY });
    await sealedUpToHead(log, processors);
    const maySee = ({ stream }: RecordedEvent): boolean => !stream.includes(secret);
    const { database, store } = log;
    const source = { database, store, size: 2, maySee, erasures: new ErasuresUnderTree(log, 2) };
    const lines: BundleLine[] = [];
    for await (const line of linesOfRange(source, { from: 0, to: 2 })) lines.push(line);
    expect(lines.map((line) => Object.keys(line))).toEqual([
      ['index', 'leaf', 'of', 'event', 'salts'],
      ['index', 'leaf', 'of'],
    ]);
    expect(JSON.stringify(lines[1])).not.toMatch(new RegExp(`${secret}|Hidden`));
    expect(rootOf(lines.map(({ leaf }) => leafHash(utf8(leaf))))).toEqual(new Uint8Array((await sealedLog(log).newest())?.root ?? []));
  });

  it('ends a bundle early where its reader goes away, or may not have the rest, and the process goes on', async () => {
    const log = await newLog();
    const processors = await startSealer(log);
    await log.store.append(
      'some',
      Array.from({ length: 1_200 }, () => anEvent()),
      { expected: ANY },
    );
    await sealedUpToHead(log, processors);
    const position = (await log.store.head()) ?? 0n;
    const request = { id: randomUUID(), scope: { all: true }, procedures: null, person: 'hoa', position, askedAt: new Date() } as const;
    const bundles = new Bundles(log, sealedLog(log), () => Promise.resolve(null));
    const fetched = async (reader: Partial<BundleReader>): Promise<number> => {
      const whoever = { maySee: () => true, stillMay: () => Promise.resolve(), signal: new AbortController().signal };
      const zip = await bundles.open(request, { streams: null, contextPrefixes: [], state: null }, { ...whoever, ...reader });
      let octets = 0;
      for await (const chunk of zip ?? []) octets += (chunk as Buffer).length;
      return octets;
    };
    expect(await fetched({})).toBeGreaterThan(10_000);
    await expect(fetched({ signal: AbortSignal.abort() })).rejects.toThrow('aborted');
    let asked = 0;
    const signedOut = (): Promise<void> => (++asked === 2 ? Promise.reject(new Error('Signed out.')) : Promise.resolve());
    await expect(fetched({ stillMay: signedOut })).rejects.toThrow('Signed out.');
    expect(asked).toBe(2);
  });

  it('keeps nobody waiting where there is no key to sign with', async () => {
    const log = await newLog();
    const processors = new Processors({ ...log, views: [sealer(null, { clock: new SystemClock(), classifies })] });
    opened.push(() => processors.stop());
    await processors.start();
    const { position } = await log.store.append('some', [anEvent()], { expected: ANY });
    expect(await processors.waitFor(position, 1_000)).toBe(true);
    expect(await processors.waitFor(position, 100, [sealerName])).toBe(false);
  });

  it('holds the log against the tree when it is built anew, and names the first event that is another', async () => {
    const log = await newLog();
    const processors = await startSealer(log);
    await log.store.append(
      'some',
      Array.from({ length: 10 }, () => anEvent()),
      { expected: ANY },
    );
    await sealedUpToHead(log, processors);
    await processors.rebuild(sealerName);
    const before = (await sealedLog(log).newest())?.note;
    await log.store.append('some', [anEvent()], { expected: ANY });
    await sealedUpToHead(log, processors);
    expect((await sealedLog(log).newest())?.size).toBe(11);
    expect(before).toContain('\n10\n');

    await log.database.pool.query(`UPDATE event_log.events SET data = '{"changed":true}' WHERE position = 5`);
    await expect(processors.rebuild(sealerName)).rejects.toThrow(
      'Leaf 4: The event in the log is not the one that was sealed: another data.',
    );
    await log.database.pool.query('DELETE FROM event_log.events WHERE position = 3');
    await expect(processors.rebuild(sealerName)).rejects.toThrow('Leaf 2: its event is not in the log any more.');
  });

  it('seals a log of many batches, and holds it against the tree in as many, although each is computed while the one before is written', async () => {
    const log = await newLog();
    for (let batch = 0; batch < 6; batch++)
      await log.store.append(
        `many-${batch}`,
        Array.from({ length: 50 }, () => anEvent()),
        { expected: ANY },
      );
    const failures: unknown[] = [];
    const view = sealer(signer, { clock: new SystemClock(), classifies });
    const processors = new Processors({ ...log, views: [view], rebuildBatchSize: 20, onError: (_, error) => failures.push(error) });
    opened.push(() => processors.stop());
    await processors.start();
    await sealedUpToHead(log, processors);
    await processors.rebuild(sealerName);
    expect(failures).toEqual([]);
    expect(await verifyDatabase(log, { key: verifierKeyText(key) })).toMatchObject({ size: 300, unsealed: 0, verdict: { findings: [] } });
  });

  it('lays down each leaf once, wherever the process dies and whoever else seals', async () => {
    const log = await newLog();
    const view = sealer(signer, { clock: new SystemClock(), classifies });
    const writer = (): ViewWriter => view.writer((table) => table);
    const dying = (transaction: Transaction, at: number): Transaction => {
      let queries = 0;
      const query = (...question: Parameters<Transaction['query']>): unknown =>
        queries++ === at ? Promise.reject(new Error('The process died.')) : transaction.query(...question);
      return { query: query as unknown as Transaction['query'] };
    };
    let sealed = 0;
    for (let at = 0; at < 12; at++) {
      await log.store.append('some', [anEvent(), anEvent(), anEvent()], { expected: ANY });
      const { events } = await log.store.readAll({ from: BigInt(sealed), limit: 100 });
      const died = await log.database
        .transaction((transaction) => writer().apply(dying(transaction, at), events))
        .then(
          () => false,
          () => true,
        );
      // Past its last query there is nothing to die at.
      if (died) await log.database.transaction((transaction) => writer().apply(transaction, events));
      sealed += events.length;
    }
    const [one, other] = [writer(), writer()];
    const more = async (): Promise<readonly RecordedEvent[]> => {
      const { position } = await log.store.append('some', [anEvent()], { expected: ANY });
      return (await log.store.readAll({ from: position - 1n, limit: 100 })).events;
    };
    const events = await more();
    await log.database.transaction((transaction) => one.apply(transaction, events));
    // It holds what is sealed already against the log, and then does not know what came after.
    await log.database.transaction((transaction) => other.apply(transaction, events));
    const later = await more();
    await log.database.transaction((transaction) => one.apply(transaction, later));
    const late = log.database.transaction((transaction) => other.apply(transaction, later));
    await expect(late).rejects.toThrow('Another process has gone on with the tree');
    expect(await verifyDatabase(log, { key: verifierKeyText(key) })).toMatchObject({
      size: sealed + 2,
      unsealed: 0,
      verdict: { findings: [] },
    });
  });
});
