import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';
import { Bundles, CheckpointSigner, SealedLog, migrateAudit, nodeSha256, sealer, sealerName, verifyDatabase } from '#audit';
import { TreeAppender, ed25519Type, leafHash, leafOf, signerKey, verifierKeyText } from '#audit/verifier';
import type { WrittenTile } from '#audit/verifier';
import { logInSteps, openEventStore } from '#event-store';
import type { EventStore } from '#event-store';
import { SystemClock, openDatabase } from '#platform';
import type { Database } from '#platform';
import { Processors } from '#processors';
import { latencies, quantile, row, sized, withFolder } from '../measure.js';
import type { Row } from '../measure.js';
import { residentMegabytes } from '../product.js';
import { seedLives } from '../seed.js';
import type { Server } from '../server.js';

const procedures = sized(250_000, 500);
const eventsEach = 4;
const leaves = sized(10_000_000, 20_000);
const tilesAtOnce = 500;

const key = signerKey('log.example/bench', ed25519Type, randomBytes(32));
const signer = new CheckpointSigner([key]);
const keys = { identity: { origin: key.name, keys: [verifierKeyText(key)] as [string] }, signer };

/**
 * A million events sealed in catch-up, and held against their tree again, both ways; beside what it takes to make the same leaves and hash them
 * in memory, where the events are read from the same log.
 */
export async function seal(server: Server): Promise<Row> {
  const url = await server.database();
  const unit = '00000000-0000-4000-8000-000000000001';
  await seedLives(url, { procedures, eventsEach, owningUnit: unit });
  const database = await openDatabase({ url, dataDir: '' });
  const store = await openEventStore(database);
  try {
    await migrateAudit(database);
    const head = (await store.head()) ?? 0n;
    const hashing = await secondsOf(() => hashAlone(store));
    const processors = new Processors({ database, store, views: [sealer(signer, { clock: new SystemClock(), classifies: () => null })] });
    const sealing = await secondsOf(async () => {
      await processors.start();
      if (!(await processors.waitFor(head, 3_600_000, [sealerName]))) throw new Error('Nothing is sealed.');
    });
    await processors.stop();
    const verifying = await secondsOf(() => verifyDatabase({ store, database }, { key: verifierKeyText(key) }));
    const events = procedures * eventsEach;
    const bundle = await withFolder((folder) => bundled({ database, store }, `${folder}.zip`));
    return row('seal', 'events/s', events / sealing, { 'hashing alone': events / hashing }, { events, 's verified': verifying, ...bundle });
  } finally {
    await store.close();
    await database.close();
  }
}

/** A proof of inclusion in a tree of ten million leaves, which are hashes alone, by number at random. */
export async function prove(server: Server): Promise<Row> {
  const database = await openDatabase({ url: await server.database(), dataDir: '' });
  try {
    await migrateAudit(database);
    const making = await secondsOf(() => makeTree(database));
    const log = new SealedLog(database, keys);
    const taken = await latencies(sized(500, 5), async (call) => {
      const position = BigInt(((call * 7_919_993) % leaves) + 1);
      await log.prove({ position });
    });
    return row('prove-10m', 'ms p99', quantile(taken, 0.99), {}, { leaves, 's made': making, 'ms p50': quantile(taken, 0.5) });
  } finally {
    await database.close();
  }
}

/** All of the log as one bundle, and that verified by the command line, on its own. */
async function bundled(on: { readonly database: Database; readonly store: EventStore }, path: string): Promise<Record<string, number>> {
  const log = new SealedLog(on.database, keys);
  const bundles = new Bundles(on, log, () => Promise.resolve(null));
  const request = {
    id: randomUUID(),
    scope: { all: true },
    procedures: null,
    person: 'bench',
    position: (await on.store.head()) ?? 0n,
    askedAt: new Date(),
  } as const;
  const reader = { maySee: () => true, stillMay: () => Promise.resolve(), signal: new AbortController().signal };
  const making = await secondsOf(async () => {
    const zip = await bundles.open(request, { streams: null, contextPrefixes: [], state: null }, reader);
    if (!zip) throw new Error('Nothing is sealed.');
    await pipeline(zip, createWriteStream(path));
  });
  let most = 0;
  const verifying = await secondsOf(async () => {
    const child = spawn(process.execPath, ['apps/cli/tinhgon.js', 'verify', path, '--key', verifierKeyText(key)], { stdio: 'ignore' });
    const watch = setInterval(() => void residentMegabytes(child.pid ?? 0).then((now) => (most = Math.max(most, now))), 100);
    const [code] = (await once(child, 'exit')) as [number | null];
    clearInterval(watch);
    if (code !== 0) throw new Error('The bundle does not verify.');
  });
  const { size } = await stat(path);
  return { 's bundle made': making, 'MB of it': size / 2 ** 20, 's bundle verified': verifying, 'MB verifying': most };
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}

async function hashAlone(store: EventStore): Promise<void> {
  const tree = new TreeAppender(nodeSha256);
  for await (const events of logInSteps(store, { limit: 5_000 })) {
    for (const event of events)
      tree.append(leafHash(leafOf(event, tree.size, randomBytes(32), { classified: false, hash: nodeSha256 }), nodeSha256));
    tree.takeChanged();
  }
}

/** Each leaf stands for an event that is not there. */
async function makeTree(database: Database): Promise<void> {
  const tree = new TreeAppender(nodeSha256);
  const entryOf = (index: number): string => `{"index":${String(index)}}`;
  let tiles: WrittenTile[] = [];
  const edge = new Map<number, WrittenTile>();
  const take = (): void => {
    for (const tile of tree.takeChanged())
      if (tile.width === 256) {
        tiles.push(tile);
        edge.delete(tile.level);
      } else edge.set(tile.level, tile);
  };
  const write = async (): Promise<void> => {
    await database.pool.query(
      'INSERT INTO audit.tiles (level, number, hashes) SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[]) ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes',
      [tiles.map(({ level }) => level), tiles.map(({ index }) => index), tiles.map(({ hashes }) => Buffer.from(hashes))],
    );
    tiles = [];
  };
  for (let index = 0; index < leaves; index++) {
    tree.append(leafHash(Buffer.from(entryOf(index)), nodeSha256));
    if (index % 256 === 255) take();
    if (tiles.length >= tilesAtOnce) await write();
  }
  take();
  tiles.push(...edge.values());
  await write();
  await database.pool.query(
    `INSERT INTO audit.leaves (index, position, event_id, entry) SELECT i, i + 1, gen_random_uuid(), '{"index":' || i || '}' FROM generate_series(0::bigint, $1::bigint - 1) AS i`,
    [leaves],
  );
  const [size, root] = [tree.size, tree.root()];
  await database.pool.query('UPDATE audit.tree SET size = $1, matched = $1, position = $1', [size]);
  await database.pool.query('INSERT INTO audit.checkpoints (size, root, note, signed_at) VALUES ($1, $2, $3, now())', [
    ...[size, Buffer.from(root), signer.sign({ size, root })],
  ]);
  await database.pool.query('ANALYZE audit.leaves');
}
