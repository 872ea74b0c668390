import { StreamCut, StreamDeleted } from '#event-store';
import type { EventStore, RecordedEvent } from '#event-store';
import { readAhead } from '#platform';
import type { Database, Transaction } from '#platform';
import { CutStreams } from './cut-streams.js';
import { whyNot } from './held-against-log.js';
import { readIdentity } from './log-identity.js';
import { LogReader } from './log-reader.js';
import { nodeSha256 } from './node-sha256.js';
import { leavesFrom } from './stored-leaf.js';
import type { StoredLeaf } from './stored-leaf.js';
import { findSignedTree, findTile, readTreeState } from './tree.js';
import { saltLength } from './verifier/commitments.js';
import { Gaps, erasureType, gapNoteOf } from './verifier/gaps.js';
import { hashLength, leafHash } from './verifier/merkle.js';
import { Malformed } from './verifier/malformed.js';
import { parseVerifierKey } from './verifier/note-keys.js';
import { Unverified, noteVerifier, openNote } from './verifier/note.js';
import { openLeaf } from './verifier/open-leaf.js';
import { equal, utf8 } from './verifier/octets.js';
import { TreeAppender } from './verifier/tree-appender.js';
import type { WrittenTile } from './verifier/tree-appender.js';
import { parseCheckpoint } from './verifier/checkpoint.js';
import { tileWidth } from './verifier/tiles.js';
import { Findings } from './verifier/verdict.js';
import type { Verdict } from './verifier/verdict.js';

/** What came of holding a log and its tree against each other. */
export interface DatabaseVerdict {
  /** Leaves of the tree. */
  readonly size: number;
  /** Events of the log. */
  readonly events: number;
  /** Of them those after the last leaf, which are not sealed yet. */
  readonly unsealed: number;
  readonly verdict: Verdict;
}

const atOnce = 1_000;
const mostFindings = 100;
/** Of what was signed and kept, so many are computed again, spread over the whole. */
const mostRoots = 1_000;

/**
 * Reads the log and its tree whole, side by side: whether the leaves make the trees that were signed, and whether each event is the one of its
 * leaf, and each leaf has its event. Writes nothing.
 * @param options.key The verifier key to believe. (Default: the one in the log, which whoever changes the log can change) @throws Malformed, Unavailable
 */
export async function verifyDatabase(
  { store, database }: { readonly store: EventStore; readonly database: Database },
  {
    key,
    onProgress = () => undefined,
    signal,
  }: { readonly key?: string; readonly onProgress?: (leaves: number, of: number) => void; readonly signal?: AbortSignal } = {},
): Promise<DatabaseVerdict> {
  const findings = new Findings(mostFindings);
  const { size, position } = await readTreeState(database.pool);
  const history = await History.open(database, findings);
  const cuts = new CutStreams(await store.cutStreams(), findings);
  const log = new LogReader(store, signal);
  const gaps = new Gaps(findings);
  for await (const { from, to, leaves } of readAhead(leavesInSteps(database, size, signal))) {
    const byIndex = new Map(leaves.map((leaf) => [leaf.index, leaf]));
    for (let index = from; index < to; index++) {
      const leaf = byIndex.get(index);
      await history.add(index, leaf);
      if (leaf) await holdAgainstLog(leaf, log, { findings, cuts, gaps });
    }
    onProgress(to, size);
  }
  cuts.end();
  gaps.finish();
  await history.end(size, key ?? (await keysIn(store)));
  const unsealed = await log.rest((event) => {
    if (position !== null && event.position <= position) findings.data('foreign', size, `${nameOf(event)} was never sealed.`);
  });
  return { size, events: log.count, unsealed, verdict: findings.verdict() };
}

/** @throws The signal's reason */
async function* leavesInSteps(
  database: Database,
  size: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ readonly from: number; readonly to: number; readonly leaves: readonly StoredLeaf[] }, void, undefined> {
  for (let from = 0; from < size; from += atOnce) {
    signal?.throwIfAborted();
    const to = Math.min(size, from + atOnce);
    yield { from, to, leaves: await leavesFrom(database.pool, from, to - from) };
  }
}

const nameOf = ({ stream, revision, position }: RecordedEvent): string =>
  `Revision ${String(revision)} of ${stream}, at position ${String(position)},`;

/** The keys that stand in the log; null where they do not any more, or not all. */
async function keysIn(store: EventStore): Promise<readonly string[] | null> {
  try {
    return (await readIdentity(store))?.keys ?? null;
  } catch (error) {
    if (error instanceof StreamDeleted || error instanceof StreamCut) return null;
    throw error;
  }
}

async function holdAgainstLog(
  leaf: StoredLeaf,
  log: LogReader,
  { findings, cuts, gaps }: { readonly findings: Findings; readonly cuts: CutStreams; readonly gaps: Gaps },
): Promise<void> {
  const { index, position } = leaf;
  let event = await log.next();
  for (; event && position !== null && event.position < position; event = await log.next())
    findings.data('foreign', index, `${nameOf(event)} was never sealed.`);
  if (!event || (position !== null && event.position > position)) {
    if (event) log.putBack(event);
    const place = placeIn(leaf);
    findings.data(
      'missing',
      index,
      `Its event is not in the log any more${place ? `: revision ${String(place.revision)} of ${place.stream}` : ''}.`,
    );
    if (place) cuts.meet(place.stream, place.revision, { index, isGone: true });
    return;
  }
  cuts.meet(event.stream, event.revision, { index, isGone: false });
  const why = whyNot(event, leaf);
  if (why !== null) findings.data('event', index, why);
  else noteGap(leaf, event, gaps);
}

/** Of a leaf that says what it is sealed as: few are of people, so most are not opened again. */
function noteGap({ entry, salt }: StoredLeaf, event: RecordedEvent, gaps: Gaps): void {
  if (salt && event.type !== erasureType) return;
  const octets = new Uint8Array(saltLength);
  const note = gapNoteOf(openLeaf(utf8(entry)), event, salt ? { data: octets, metadata: octets, head: octets } : {});
  if (note) gaps.note(note);
}

/** Where the event of a leaf stood; null where the leaf does not show it. */
function placeIn({ entry }: StoredLeaf): { readonly stream: string; readonly revision: number } | null {
  try {
    const leaf = openLeaf(utf8(entry));
    return 'head' in leaf ? null : leaf;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

/** The tree as its leaves make it, beside what is stored and was signed of it. */
class History {
  private readonly tree = new TreeAppender(nodeSha256);
  /** Hashes of the tile of level 0 at which it is. */
  private tile: Buffer | null = null;
  /** The leaves before this index make what was signed of them. */
  private good = 0;
  private isBroken = false;
  /** The partial tiles of the right edge, by level. */
  private readonly edge = new Map<number, WrittenTile>();

  private constructor(
    private readonly database: Database,
    private readonly signed: ReadonlyMap<number, Buffer>,
    private readonly findings: Findings,
  ) {}

  static async open(database: Database, findings: Findings): Promise<History> {
    return new History(database, await signedRoots(database.pool), findings);
  }

  async add(index: number, leaf: StoredLeaf | undefined): Promise<void> {
    if (index % tileWidth === 0) this.tile = await findTile(this.database.pool, 0, index / tileWidth);
    const at = (index % tileWidth) * hashLength;
    const inTile = this.tile?.subarray(at, at + hashLength);
    const hash = leaf && leafHash(utf8(leaf.entry), nodeSha256);
    if (!hash) this.findings.history('entry', index, 'The leaf is gone.');
    else if (!inTile || inTile.length < hashLength) this.findings.history('root', index, 'The hash of the leaf is gone.');
    else if (!equal(hash, inTile)) this.findings.history('entry', index, 'The leaf is not the one whose hash stands in the tree.');
    this.tree.append(hash ?? inTile ?? new Uint8Array(hashLength));
    await this.holdTiles();
    const root = this.signed.get(this.tree.size);
    if (root) this.holdRoot(root);
  }

  /** @param keys verifier keys to believe, or one; null where there is none */
  async end(size: number, keys: string | readonly string[] | null): Promise<void> {
    await this.holdTiles(true);
    const newest = await findSignedTree(this.database);
    if (!newest) {
      if (size > 0) this.findings.history('signature', null, 'Nothing that was signed of the tree is there.');
      return;
    }
    if (newest.size !== size)
      this.findings.history(
        'size',
        Math.min(size, newest.size),
        `The tree has ${String(size)} leaves, and ${String(newest.size)} were signed.`,
      );
    try {
      const known = [keys ?? []].flat().map((text) => noteVerifier(parseVerifierKey(text)));
      const checkpoint = parseCheckpoint(openNote(utf8(newest.note), known).text);
      if (checkpoint.size !== newest.size || !equal(checkpoint.root, newest.root))
        throw new Unverified('The checkpoint says another tree than its row.');
    } catch (error) {
      if (!(error instanceof Unverified || error instanceof Malformed)) throw error;
      this.findings.history('signature', null, `What was signed of ${String(newest.size)} leaves: ${error.message}`);
    }
  }

  private holdRoot(root: Buffer): void {
    if (equal(this.tree.root(), root)) this.good = this.isBroken ? this.good : this.tree.size;
    else if (!this.isBroken) {
      this.isBroken = true;
      this.findings.history(
        'root',
        this.good,
        `From here to ${String(this.tree.size - 1)} something is not what was signed of ${String(this.tree.size)} leaves.`,
      );
    }
  }

  /** What is above the leaves follows from them. A partial tile is looked at once nothing follows it. */
  private async holdTiles(isEnd = false): Promise<void> {
    if (this.tree.size % tileWidth !== 0 && !isEnd) return;
    for (const tile of this.tree.takeChanged())
      if (tile.width === tileWidth) await this.holdTile(tile);
      else this.edge.set(tile.level, tile);
    if (isEnd) for (const tile of this.edge.values()) await this.holdTile(tile);
  }

  private async holdTile({ level, index, hashes }: WrittenTile): Promise<void> {
    this.edge.delete(level);
    if (level === 0) return;
    const stored = await findTile(this.database.pool, level, index);
    if (!stored || !equal(stored, hashes))
      this.findings.history(
        'root',
        index * tileWidth ** (level + 1),
        `Tile ${String(index)} of level ${String(level)} does not follow from the leaves below it.`,
      );
  }
}

/** Sizes with their roots, as they were signed: the newest, and others spread over the whole. */
async function signedRoots(database: Transaction): Promise<ReadonlyMap<number, Buffer>> {
  const { rows } = await database.query<{ size: string; root: Buffer }>(
    `SELECT size, root FROM (SELECT c.size, c.root, row_number() OVER (ORDER BY c.size DESC) - 1 AS place, count(*) OVER () AS total FROM audit.checkpoints c) c
     WHERE place % greatest(1, ceil(total::numeric / $1)) = 0`,
    [mostRoots],
  );
  return new Map(rows.map(({ size, root }) => [Number(size), root]));
}
