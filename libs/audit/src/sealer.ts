import { randomBytes } from 'node:crypto';
import type { RecordedEvent } from '#event-store';
import type { Clock, Transaction } from '#platform';
import type { View, ViewWriter } from '#processors';
import type { CheckpointSigner } from './checkpoint-signer.js';
import { whyNot } from './held-against-log.js';
import { nodeSha256 } from './node-sha256.js';
import { leavesBetween, leavesFrom } from './stored-leaf.js';
import { readTreeState, tilesOf } from './tree.js';
import type { TreeState } from './tree.js';
import { saltLength } from './verifier/commitments.js';
import { leafOf } from './verifier/leaf.js';
import { leafHash } from './verifier/merkle.js';
import { TreeAppender } from './verifier/tree-appender.js';

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
 * Lays every event of the log as a leaf at the end of the tree, and signs what came of it, in the transaction of its checkpoint: of two
 * processes, one does. What was sealed before is held against the events, when it is read again by a rebuild or after a move.
 * @param signer null where this process does not have the key
 * @param classifies the procedure of which leaves show nothing from this event on, and of what stands beside it; else null
 */
export function sealer(
  signer: CheckpointSigner | null,
  { clock, classifies }: { readonly clock: Clock; readonly classifies: (event: RecordedEvent) => string | null },
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
  matched: number;
  position: bigint | null;
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
}

const decoder = new TextDecoder();

class Sealing implements ViewWriter {
  private memory: Memory | undefined;

  constructor(
    private readonly signer: CheckpointSigner,
    private readonly clock: Clock,
    private readonly classifies: (event: RecordedEvent) => string | null,
  ) {}

  async apply(transaction: Transaction, events: readonly RecordedEvent[]): Promise<void> {
    const memory = (this.memory ??= await load(transaction));
    const { position } = memory;
    const isKnown = (event: RecordedEvent): boolean => position !== null && event.position <= position;
    const known = events.filter(isKnown);
    if (known.length > 0) await holdAgainst(transaction, known);
    let fresh = known.length > 0 ? events.slice(known.length) : events;
    if (memory.matched < memory.size && fresh.length > 0) fresh = await matchAfterMove(transaction, memory, fresh);
    if (fresh.length > 0) await this.seal(transaction, memory, fresh);
  }

  forget(): void {
    this.memory = undefined;
  }

  private async seal(transaction: Transaction, memory: Memory, events: readonly RecordedEvent[]): Promise<void> {
    const batch = this.laidDown(memory, events);
    const { tree } = memory;
    const [size, root, tiles] = [tree.size, tree.root(), tree.takeChanged()];
    const note = this.signer.sign({ size, root });
    memory.size = memory.matched = size;
    memory.position = events.at(-1)?.position ?? memory.position;
    const { rows } = await transaction.query<{ sealed: boolean }>({
      name: 'audit-seal',
      text: 'SELECT audit.seal($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS sealed',
      values: [
        batch.fromSize,
        events.map(({ position }) => String(position)),
        events.map(({ id }) => id),
        batch.entries.join('\n'),
        batch.salts,
        tiles.map(({ level }) => level),
        tiles.map(({ index }) => index),
        tiles.map(({ hashes }) => Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength)),
        batch.newlyClassified,
        Buffer.from(root),
        note,
        this.clock.now().toISOString(),
      ],
    });
    if (rows[0]?.sealed !== true) throw new Error('Another process has gone on with the tree; it is read again.');
  }

  private laidDown({ tree, classified }: Memory, events: readonly RecordedEvent[]): Batch {
    const fromSize = tree.size;
    const salts = randomBytes(events.length * saltLength);
    const newlyClassified: string[] = [];
    const entries = events.map((event, place) => {
      const hidden = this.classifies(event);
      if (hidden !== null && !classified.has(hidden)) {
        classified.add(hidden);
        newlyClassified.push(hidden);
      }
      const salt = salts.subarray(place * saltLength, (place + 1) * saltLength);
      const leaf = leafOf(event, fromSize + place, salt, { classified: isAbout(classified, event.stream), hash: nodeSha256 });
      tree.append(leafHash(leaf, nodeSha256));
      return decoder.decode(leaf);
    });
    return { fromSize, events, entries, salts, newlyClassified };
  }
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Whether the stream is of a classified procedure, or of what stands beside it and is called by it. */
function isAbout(classified: ReadonlySet<string>, stream: string): boolean {
  return classified.size > 0 && (stream.match(uuid) ?? []).some((id) => classified.has(id));
}

async function load(transaction: Transaction): Promise<Memory> {
  const state: TreeState = await readTreeState(transaction);
  const tree = await TreeAppender.at(state.size, tilesOf(transaction), nodeSha256);
  const { rows } = await transaction.query<{ id: string }>('SELECT procedure_id AS id FROM audit.classified');
  return { ...state, tree, classified: new Set(rows.map(({ id }) => id)) };
}

/** Events that were sealed before, in order and without a gap. @throws HistoryChanged */
async function holdAgainst(transaction: Transaction, events: readonly RecordedEvent[]): Promise<void> {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) return;
  const leaves = await leavesBetween(transaction, first.position, last.position);
  for (const [place, leaf] of leaves.entries()) {
    const event = events[place];
    if (!event || event.position !== leaf.position) throw new HistoryChanged(leaf.index, 'its event is not in the log any more.');
    const why = whyNot(event, leaf);
    if (why !== null) throw new HistoryChanged(leaf.index, why);
  }
  if (leaves.length < events.length)
    throw new HistoryChanged(
      (leaves.at(-1)?.index ?? -1) + 1,
      `an event stands in the log that was never sealed, at position ${String(events[leaves.length]?.position)}.`,
    );
}

/** Holds events of a log that was moved against the leaves that came along, and notes where they stand now. Answers those that have no leaf yet. */
async function matchAfterMove(
  transaction: Transaction,
  memory: Memory,
  events: readonly RecordedEvent[],
): Promise<readonly RecordedEvent[]> {
  const leaves = await leavesFrom(transaction, memory.matched, Math.min(events.length, memory.size - memory.matched));
  for (const [place, leaf] of leaves.entries()) {
    const event = events[place];
    const why = event ? whyNot(event, leaf) : 'it has no event.';
    if (why !== null) throw new HistoryChanged(leaf.index, why);
  }
  const matched = events.slice(0, leaves.length);
  const positions = matched.map(({ position }) => String(position));
  await transaction.query(
    'UPDATE audit.leaves l SET position = m.position FROM unnest($2::bigint[]) WITH ORDINALITY AS m (position, place) WHERE l.index = $1 + m.place - 1',
    [memory.matched, positions],
  );
  const { rowCount } = await transaction.query(
    'UPDATE audit.tree SET matched = matched + $2, position = $3 WHERE matched = $1 AND size >= $1 + $2',
    [memory.matched, positions.length, positions.at(-1)],
  );
  if (rowCount !== 1) throw new Error('Another process has gone on with the tree; it is read again.');
  memory.matched += positions.length;
  memory.position = matched.at(-1)?.position ?? memory.position;
  return events.slice(leaves.length);
}
