import { logInSteps } from '#event-store';
import type { EventStore, RecordedEvent } from '#event-store';
import type { Database } from '#platform';
import { nodeSha256 } from '../node-sha256.js';
import { leavesAt, leavesFrom } from '../stored-leaf.js';
import type { StoredLeaf } from '../stored-leaf.js';
import type { ErasuresUnderTree } from './erasures-under-tree.js';
import { TreeDamaged, tilesOf } from '../tree.js';
import { committedParts, partSalt } from '../verifier/commitments.js';
import { base64, hex } from '../verifier/octets.js';
import { inclusionProof } from '../verifier/proofs.js';
import type { TileReader } from '../verifier/tiles.js';

/** What a bundle holds of one leaf, a line of `events.jsonl`. */
export interface BundleLine {
  readonly index: number;
  /** The leaf, letter for letter. */
  readonly leaf: string;
  /** What the bundle is about, streams or a stretch of the log, or what that rests on: definitions, authority, calendars, units. */
  readonly of: 'subject' | 'range' | 'context';
  /** Base64, from the leaf's sibling up; left out where the bundle holds every leaf. */
  readonly proof?: readonly string[];
  /** The event; left out where whoever asked may not see it. */
  readonly event?: Omit<RecordedEvent, 'position'>;
  /** Of the parts that the leaf commits to, hexadecimal; left out with the event, and where they were erased. */
  readonly salts?: Readonly<Record<string, string>>;
}

/** What is read, and what of it whoever asked may see. */
export interface LineSource {
  readonly database: Database;
  readonly store: EventStore;
  /** Number of leaves of the tree under which it is proven. */
  readonly size: number;
  /** Whether the event may be shown with its data. */
  readonly maySee: (event: RecordedEvent) => boolean;
  readonly erasures: ErasuresUnderTree;
  readonly signal?: AbortSignal;
}

const atOnce = 500;
/** Tiles of a tree of ten million leaves near one another, with those above them. */
const tilesKept = 64;

/** Every leaf from one index to another, exclusive, without proofs where they are all of the tree. */
export async function* linesOfRange(
  source: LineSource,
  { from, to }: { readonly from: number; readonly to: number },
): AsyncGenerator<BundleLine> {
  const isWhole = from === 0 && to === source.size;
  const prove = isWhole ? undefined : prover(source);
  let before = from === 0 ? null : ((await leavesFrom(source.database.pool, from - 1, 1))[0]?.position ?? null);
  for (let at = from; at < to; at += atOnce) {
    source.signal?.throwIfAborted();
    const leaves = await leavesFrom(source.database.pool, at, Math.min(atOnce, to - at));
    const last = leaves.at(-1)?.position ?? null;
    if (leaves.length < Math.min(atOnce, to - at) || last === null) throw new TreeDamaged(`A leaf after ${String(at)} is gone.`);
    const events = new Map((await eventsAfter(source.store, before, last)).map((event) => [event.position, event]));
    before = last;
    const of = isWhole ? 'subject' : 'range';
    for (const leaf of leaves) yield await lineOf(source, leaf, events.get(leaf.position ?? -1n), of, prove);
  }
}

/** The leaves of these events, in the order given; events that are not under the tree are left out. */
export async function* linesOfEvents(
  source: LineSource,
  events: AsyncIterable<readonly RecordedEvent[]>,
  of: BundleLine['of'],
): AsyncGenerator<BundleLine> {
  const prove = prover(source);
  for await (const batch of events) {
    source.signal?.throwIfAborted();
    const leaves = await leavesAt(
      source.database.pool,
      batch.map(({ position }) => position),
    );
    const byPosition = new Map(batch.map((event) => [event.position, event]));
    for (const leaf of leaves)
      if (leaf.index < source.size) yield await lineOf(source, leaf, byPosition.get(leaf.position ?? -1n), of, prove);
  }
}

async function lineOf(
  { maySee, erasures }: LineSource,
  { index, entry, salt }: StoredLeaf,
  event: RecordedEvent | undefined,
  of: BundleLine['of'],
  prove: ((index: number) => Promise<readonly string[]>) | undefined,
): Promise<BundleLine> {
  // Whose erasure is later than the tree could not be told from what was taken away: then the leaf stands alone.
  const isShown = event !== undefined && maySee(event) && (salt !== null || (await erasures.of(event)) !== 'later');
  const parts = entry.includes('"head":"') ? committedParts : committedParts.filter((part) => part !== 'head');
  return {
    ...{ index, leaf: entry, of },
    ...(prove && { proof: await prove(index) }),
    ...(isShown && { event: withoutPosition(event) }),
    ...(isShown && salt && { salts: Object.fromEntries(parts.map((part) => [part, hex(partSalt(salt, part, nodeSha256))])) }),
  };
}

const withoutPosition = ({
  id,
  stream,
  revision,
  type,
  schemaVersion,
  recordedAt,
  data,
  metadata,
}: RecordedEvent): Omit<RecordedEvent, 'position'> => ({
  ...{ id, stream, revision, type, schemaVersion, recordedAt, data, metadata },
});

function prover({ database, size }: LineSource): (index: number) => Promise<readonly string[]> {
  const tiles = keeping(tilesOf(database.pool), tilesKept);
  return async (index) => (await inclusionProof(index, size, tiles, nodeSha256)).map(base64);
}

/** Neighbours are proven by the same tiles. */
function keeping(read: TileReader, most: number): TileReader {
  const kept = new Map<string, Promise<Uint8Array>>();
  return (level, index, width) => {
    const name = `${String(level)}/${String(index)}/${String(width)}`;
    const found = kept.get(name) ?? read(level, index, width);
    kept.delete(name);
    kept.set(name, found);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return found;
  };
}

async function eventsAfter(store: EventStore, before: bigint | null, last: bigint): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of logInSteps(store, { after: before, limit: atOnce })) {
    events.push(...batch.filter(({ position }) => position <= last));
    if ((batch.at(-1)?.position ?? 0n) >= last) break;
  }
  return events;
}
