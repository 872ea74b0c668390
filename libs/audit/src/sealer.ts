import { randomBytes } from 'node:crypto';
import type { RecordedEvent } from '#event-store';
import { idsIn } from '#platform';
import type { Clock, Transaction } from '#platform';
import type { View, ViewWriter } from '#processors';
import type { CheckpointSigner } from './checkpoint-signer.js';
import { whyNot } from './held-against-log.js';
import { nodeSha256 } from './node-sha256.js';
import { leavesFrom, leavesOfEvent } from './stored-leaf.js';
import type { StoredLeaf } from './stored-leaf.js';
import { readTreeState, tilesOf } from './tree.js';
import { saltLength } from './verifier/commitments.js';
import { leafOf } from './verifier/leaf.js';
import { leafHash } from './verifier/merkle.js';
import { utf8 } from './verifier/octets.js';
import { openLeaf } from './verifier/open-leaf.js';
import { TreeAppender } from './verifier/tree-appender.js';
import type { WrittenTile } from './verifier/tree-appender.js';

/** The log is not what was sealed of it. Nothing is sealed any more until that is cleared up. */
export class HistoryChanged extends Error {
  override readonly name = 'HistoryChanged';
  constructor(
    /** The first leaf that the log contradicts. */
    readonly index: number,
    why: string,
  ) {
    super(`Leaf ${String(index)}: ${why}`);
  }
}

export const sealerName = 'sealer';

/**
 * Of what leaves show nothing from this event on, itself included: the id in the names of its streams; null where of nothing new.
 * @param isClassified whether an id was answered before
 */
export type Classifies = (event: RecordedEvent, isClassified: (id: string) => boolean) => string | null;

/**
 * Lays every event of the log as a leaf at the end of the tree, and signs what came of it, in the transaction of its checkpoint: of two
 * processes, one does. What was sealed before is held against the events, when it is read again by a rebuild or after a move.
 * @param signer null where this process does not have the key
 */
export function sealer(
  signer: CheckpointSigner | null,
  { clock, classifies }: { readonly clock: Clock; readonly classifies: Classifies },
): View {
  return {
    name: sealerName,
    codeVersion: '1',
    prefixes: [''],
    readsMetadata: true,
    isGapless: true,
    isKeptHere: signer !== null,
    tables: [],
    create: () => Promise.resolve(),
    index: () => Promise.resolve(),
    writer: () => (signer ? new Sealing(signer, clock, classifies) : withoutKey),
  };
}

/** The view is not kept where there is no key. */
const withoutKey: ViewWriter = {
  apply: () => Promise.reject(new Error('This process does not have the key of the tree.')),
  forget: () => undefined,
};

/** What is known of the tree, and what was laid at its end that may not be written yet. */
interface Memory {
  size: number;
  /** Index of the event that comes next: smaller than `size` where a log is read again. */
  next: number;
  readonly tree: TreeAppender;
  readonly classified: Set<string>;
}

/** What one batch adds to the tree. */
interface Batch {
  readonly fromSize: number;
  readonly events: readonly RecordedEvent[];
  readonly entries: readonly string[];
  readonly salts: Buffer;
  readonly newlyClassified: readonly string[];
  readonly tiles: readonly WrittenTile[];
  readonly root: Uint8Array;
  /** What was signed of the tree after it. */
  readonly note: string;
  readonly signedAt: Date;
}

const decoder = new TextDecoder();

class Sealing implements ViewWriter {
  private memory: Memory | undefined;
  /** Settles when the batch that came last is laid down in memory. A build hands over the next one while that is still written. */
  private laidDown: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly signer: CheckpointSigner,
    private readonly clock: Clock,
    private readonly classifies: Classifies,
  ) {}

  async apply(transaction: Transaction, events: readonly RecordedEvent[]): Promise<void> {
    const laidDown = this.laidDown.then(() => this.layDown(transaction, events));
    this.laidDown = laidDown.catch(() => undefined);
    const batch = await laidDown;
    if (batch) await write(transaction, batch);
  }

  forget(): void {
    this.memory = undefined;
  }

  /** Holds what was sealed before against its leaves, and lays the rest at the end of the tree in memory; null where nothing is left to write. */
  private async layDown(transaction: Transaction, events: readonly RecordedEvent[]): Promise<Batch | null> {
    const [first] = events;
    if (!first) return null;
    const memory = (this.memory ??= await load(transaction, first));
    const fresh = memory.next < memory.size ? await holdAgainst(transaction, memory, events) : events;
    return fresh.length > 0 ? this.batchOf(memory, fresh) : null;
  }

  private batchOf(memory: Memory, events: readonly RecordedEvent[]): Batch {
    const { tree, classified } = memory;
    const fromSize = tree.size;
    const salts = randomBytes(events.length * saltLength);
    const newlyClassified: string[] = [];
    const entries = events.map((event, place) => {
      const hidden = this.classifies(event, (id) => classified.has(id));
      if (hidden !== null && !classified.has(hidden)) {
        classified.add(hidden);
        newlyClassified.push(hidden);
      }
      const salt = salts.subarray(place * saltLength, (place + 1) * saltLength);
      const leaf = leafOf(event, fromSize + place, salt, {
        classified: hidden !== null || isAbout(classified, event.stream),
        hash: nodeSha256,
      });
      tree.append(leafHash(leaf, nodeSha256));
      return decoder.decode(leaf);
    });
    const [size, root] = [tree.size, tree.root()];
    memory.size = memory.next = size;
    const note = this.signer.sign({ size, root });
    return { fromSize, events, entries, salts, newlyClassified, tiles: tree.takeChanged(), root, note, signedAt: this.clock.now() };
  }
}

/** @throws Error where the tree is not where the batch begins */
async function write(transaction: Transaction, batch: Batch): Promise<void> {
  const { fromSize, events, entries, salts, newlyClassified, tiles, root, note, signedAt } = batch;
  const { rows } = await transaction.query<{ sealed: boolean }>({
    name: 'audit-seal',
    text: 'SELECT audit.seal($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS sealed',
    values: [
      fromSize,
      events.map(({ position }) => String(position)),
      events.map(({ id }) => id),
      entries.join('\n'),
      salts,
      tiles.map(({ level }) => level),
      tiles.map(({ index }) => index),
      tiles.map(({ hashes }) => Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength)),
      newlyClassified,
      Buffer.from(root),
      note,
      signedAt.toISOString(),
    ],
  });
  if (rows[0]?.sealed !== true) throw new Error('Another process has gone on with the tree; it is read again.');
}

/** Whether the stream is of a classified procedure, or of what stands beside it and is called by it. */
function isAbout(classified: ReadonlySet<string>, stream: string): boolean {
  return classified.size > 0 && idsIn(stream).some((id) => classified.has(id));
}

/** @throws HistoryChanged where the first event should have been sealed, and was not */
async function load(transaction: Transaction, first: RecordedEvent): Promise<Memory> {
  const { size, position } = await readTreeState(transaction);
  const tree = await TreeAppender.at(size, tilesOf(transaction), nodeSha256);
  const { rows } = await transaction.query<{ id: string }>('SELECT procedure_id AS id FROM audit.classified');
  const next = await indexOf(transaction, first);
  if (next === null && position !== null && first.position <= position)
    throw new HistoryChanged(0, `an event stands in the log that was never sealed, at position ${String(first.position)}.`);
  return { size, next: next ?? size, tree, classified: new Set(rows.map(({ id }) => id)) };
}

/** Of the leaf of this event; null where it was not sealed. */
async function indexOf(transaction: Transaction, { id, revision }: RecordedEvent): Promise<number | null> {
  for (const { index, entry } of await leavesOfEvent(transaction, id)) {
    // EventStoreDB may hold an id twice in a stream.
    const leaf = openLeaf(utf8(entry));
    if ('head' in leaf || leaf.revision === revision) return index;
  }
  return null;
}

/**
 * Holds events that are read again against their leaves, in order and without a gap, and notes where they stand in this log. Answers those
 * that have no leaf yet. @throws HistoryChanged
 */
async function holdAgainst(transaction: Transaction, memory: Memory, events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> {
  const leaves = await leavesFrom(transaction, memory.next, Math.min(events.length, memory.size - memory.next));
  const held = events.slice(0, leaves.length);
  for (const [place, leaf] of leaves.entries()) {
    const event = held[place];
    if (event?.id !== leaf.eventId) throw new HistoryChanged(leaf.index, 'its event is not in the log any more.');
    const why = whyNot(event, leaf);
    if (why !== null) throw new HistoryChanged(leaf.index, why);
  }
  if (leaves.some(({ position }, place) => position !== held[place]?.position)) await notePositions(transaction, memory.next, leaves, held);
  memory.next += leaves.length;
  return events.slice(leaves.length);
}

/** The log was moved: every event has another place now. */
async function notePositions(
  transaction: Transaction,
  from: number,
  leaves: readonly StoredLeaf[],
  events: readonly RecordedEvent[],
): Promise<void> {
  if (leaves.some(({ position }, place) => position !== null && position !== events[place]?.position)) {
    await transaction.query('UPDATE audit.leaves SET position = NULL WHERE position IS NOT NULL');
    await transaction.query('UPDATE audit.tree SET matched = 0, position = NULL');
  }
  const positions = events.map(({ position }) => String(position));
  await transaction.query(
    'UPDATE audit.leaves l SET position = m.position FROM unnest($2::bigint[]) WITH ORDINALITY AS m (position, place) WHERE l.index = $1 + m.place - 1',
    [from, positions],
  );
  const { rowCount } = await transaction.query(
    'UPDATE audit.tree SET matched = $1 + $2, position = $3 WHERE matched BETWEEN $1 AND $1 + $2 AND size >= $1 + $2',
    [...[from, positions.length, positions.at(-1)]],
  );
  if (rowCount !== 1) throw new Error('Another process has gone on with the tree; it is read again.');
}
