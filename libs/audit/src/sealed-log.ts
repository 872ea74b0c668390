import type { Database } from '#platform';
import type { CheckpointSigner } from './checkpoint-signer.js';
import { present } from './log-identity.js';
import type { LogIdentity } from './log-identity.js';
import type { LogKeys } from './log-keys.js';
import { nodeSha256 } from './node-sha256.js';
import { indexOf, leavesFrom } from './stored-leaf.js';
import { TreeDamaged, findSignedTree, findSignedTreeHolding, findTile, readTreeState, tilesOf } from './tree.js';
import type { SignedTree, TreeState } from './tree.js';
import { encodeEntries } from './verifier/entry-bundles.js';
import { leafHash } from './verifier/merkle.js';
import { encodeNote, parseNote } from './verifier/note.js';
import { textOf, utf8 } from './verifier/octets.js';
import { isConsistent, isIncluded } from './verifier/proof-checks.js';
import { consistencyProof, inclusionProof, rootAt } from './verifier/proofs.js';
import { tileWidth, widthInTree } from './verifier/tiles.js';
import type { TileName } from './verifier/tiles.js';

/** What proves that an event stands in the log. */
export interface Inclusion {
  readonly index: number;
  /** The leaf, octet for octet. */
  readonly leaf: Uint8Array;
  /** From the leaf's sibling up. */
  readonly hashes: readonly Uint8Array[];
  readonly tree: SignedTree;
}

/** How far history is beyond doubt, by position; null where nothing is yet. */
export interface ProvenUpTo {
  readonly sealed: bigint | null;
  /** Under a checkpoint that as many witnesses cosigned as the policy asks for. */
  readonly witnessed: bigint | null;
}

/** How far an event is beyond doubt: in the log, in its signed tree, under a checkpoint that enough witnesses cosigned. */
export const proofStates = ['recorded', 'sealed', 'witnessed'] as const;
export type ProofState = (typeof proofStates)[number];

/** @param position decimal */
export function proofOf(position: string, { sealed, witnessed }: ProvenUpTo): ProofState {
  const at = BigInt(position);
  if (witnessed !== null && at <= witnessed) return 'witnessed';
  return sealed !== null && at <= sealed ? 'sealed' : 'recorded';
}

/** There is no tree of this size, or it holds no such event yet. */
export class NotSealed extends Error {
  override readonly name = 'NotSealed';
}

/** The log as it was sealed: checkpoints, tiles, leaves and proofs, for whoever does not want to believe us. */
export class SealedLog {
  readonly identity: LogIdentity | null;
  private readonly signer: CheckpointSigner | null;

  constructor(
    private readonly database: Database,
    { identity, signer }: LogKeys,
  ) {
    this.identity = identity;
    this.signer = signer;
  }

  /** By which key the log signs now, `name+hash+base64`; null where nothing was ever sealed. */
  get verifierKey(): string | null {
    return this.identity && present(this.identity);
  }

  /** The name of the tree. @throws NotSealed */
  get origin(): string {
    if (!this.identity) throw new NotSealed('Nothing is sealed yet.');
    return this.identity.origin;
  }

  /** A text signed as a note with the key of the log, as checkpoints are. @throws NotSealed where this process does not have it */
  signText(text: string): string {
    if (!this.signer) throw new NotSealed('This process does not have the key of the tree.');
    return this.signer.signText(text);
  }

  /** The smallest tree that holds everything up to the position, with what was signed of it; null where that is not sealed yet. */
  async at(position: bigint): Promise<SignedTree | null> {
    const size = await this.sizeAt(position);
    return size === null ? null : this.signedAt(size);
  }

  /** The first that was signed and kept and holds everything up to the position; null where that is not sealed yet. */
  async holding(position: bigint): Promise<SignedTree | null> {
    const size = await this.sizeAt(position);
    return size === null ? null : findSignedTreeHolding(this.database, size);
  }

  /** What was signed last; null before the first. */
  newest(): Promise<SignedTree | null> {
    return findSignedTree(this.database);
  }

  state(): Promise<TreeState> {
    return readTreeState(this.database.pool);
  }

  /** The octets of a tile or bundle of entries in the newest signed tree; null where that has none of this width. */
  async tile({ level, index, width }: TileName): Promise<Uint8Array | null> {
    const newest = await this.newest();
    if (!newest || widthInTree({ level, index }, newest.size) < width) return null;
    if (level === 'entries') return this.entries(index, width);
    const hashes = await findTile(this.database.pool, level, index);
    return hashes && hashes.length >= width * 32 ? hashes.subarray(0, width * 32) : null;
  }

  /** Proves the event under the newest signed tree, or under an earlier size. @throws NotSealed, TreeDamaged */
  async prove(event: { readonly position: bigint } | { readonly id: string }, size?: number): Promise<Inclusion> {
    const tree = await this.signedAt(size);
    const index = await indexOf(this.database.pool, event);
    if (index === null || index >= tree.size) throw new NotSealed('The tree holds no such event yet.');
    const [leaf] = await leavesFrom(this.database.pool, index, 1);
    if (!leaf) throw new TreeDamaged(`Leaf ${String(index)} is gone.`);
    const octets = utf8(leaf.entry);
    const hashes = await inclusionProof(index, tree.size, tilesOf(this.database.pool), nodeSha256);
    const asked = { index, size: tree.size, leaf: leafHash(octets, nodeSha256), proof: hashes };
    if (!isIncluded(asked, tree.root, nodeSha256)) throw new TreeDamaged(`Leaf ${String(index)} is not the one that was sealed.`);
    return { index, leaf: octets, hashes, tree };
  }

  /** Proves that the tree of size `to` begins with that of size `from`. @throws NotSealed, RangeError */
  async consistency(from: number, to: number): Promise<readonly Uint8Array[]> {
    const newest = await this.newest();
    if (!newest || to > newest.size) throw new NotSealed(`The newest tree has ${String(newest?.size ?? 0)} leaves.`);
    return consistencyProof(from, to, tilesOf(this.database.pool), nodeSha256);
  }

  /** How far history is sealed and witnessed. */
  async provenUpTo(): Promise<ProvenUpTo> {
    const { rows } = await this.database.pool.query<{ sealed: string | null; witnessed: string | null }>({
      name: 'audit-proven-up-to',
      text: `SELECT (SELECT CASE WHEN t.matched > 0 THEN t.position END FROM audit.tree t) AS sealed,
               (SELECT l.position FROM audit.leaves l WHERE l.index = (SELECT max(c.size) - 1 FROM audit.checkpoints c WHERE c.is_witnessed)) AS witnessed`,
    });
    const at = (text: string | null | undefined): bigint | null => (text === null || text === undefined ? null : BigInt(text));
    return { sealed: at(rows[0]?.sealed), witnessed: at(rows[0]?.witnessed) };
  }

  /** Leaves of the largest tree that as many witnesses cosigned as the policy asks for; null where there is none. */
  async witnessedSize(): Promise<number | null> {
    const { rows } = await this.database.pool.query<{ size: string | null }>(
      'SELECT max(c.size) AS size FROM audit.checkpoints c WHERE c.is_witnessed',
    );
    const size = rows[0]?.size ?? null;
    return size === null ? null : Number(size);
  }

  /** Leaves of the smallest tree that holds everything up to the position; null where that is not sealed yet. */
  private async sizeAt(position: bigint): Promise<number | null> {
    const { position: reached, matched } = await this.state();
    if (matched === 0 || reached === null || reached < position) return null;
    const { rows } = await this.database.pool.query<{ size: string | null }>(
      'SELECT max(l.index) + 1 AS size FROM audit.leaves l WHERE l.position = (SELECT max(m.position) FROM audit.leaves m WHERE m.position <= $1)',
      [String(position)],
    );
    const size = rows[0]?.size ?? null;
    return size === null ? null : Number(size);
  }

  /** The tree of this size with what was signed of it, signed anew where that was not kept, or was signed by a key before. (Default: the newest) */
  private async signedAt(size: number | undefined): Promise<SignedTree> {
    const newest = await this.newest();
    if (!newest || (size !== undefined && size > newest.size))
      throw new NotSealed(newest ? `The newest tree has ${String(newest.size)} leaves.` : 'Nothing is sealed yet.');
    if (size === undefined || size === newest.size) return newest;
    const kept = await findSignedTree(this.database, size);
    if (kept && (!this.signer || isSignedBy(this.signer, kept.note))) return kept;
    const tiles = tilesOf(this.database.pool);
    const root = kept?.root ?? Buffer.from(await rootAt(size, tiles, nodeSha256));
    // What the tables hold is signed only where it is what was signed before, or tampering with them would be vouched for.
    if (!isConsistent({ size, root }, newest, await consistencyProof(size, newest.size, tiles, nodeSha256), nodeSha256))
      throw new TreeDamaged(`The tiles do not lead to what was signed of ${String(newest.size)} leaves.`);
    if (!this.signer)
      throw new NotSealed(`What was signed of ${String(size)} leaves was not kept, and this process does not have the key.`);
    const note = this.signer.sign({ size, root });
    return kept ? { ...kept, note: signedByBoth(kept.note, note) } : { size, root, note, signedAt: newest.signedAt };
  }

  private async entries(index: number, width: number): Promise<Uint8Array | null> {
    const leaves = await leavesFrom(this.database.pool, index * tileWidth, width);
    return leaves.length < width ? null : encodeEntries(leaves.map(({ entry }) => utf8(entry)));
  }
}

/** Whether the present key of the log signed the note. */
const isSignedBy = ({ keysOfLog: [{ name, id }] }: CheckpointSigner, note: string): boolean =>
  parseNote(utf8(note)).signatures.some((one) => one.name === name && one.id === id);

/** What is handed out now is to be believed by the key of now, and goes on to be by those of then. @throws TreeDamaged */
function signedByBoth(then: string, now: string): string {
  const [before, after] = [parseNote(utf8(then)), parseNote(utf8(now))];
  if (before.text !== after.text) throw new TreeDamaged('What was signed is of another tree than its row says.');
  const added = after.signatures.filter(({ name, id }) => !before.signatures.some((one) => one.name === name && one.id === id));
  return textOf(encodeNote({ text: before.text, signatures: [...before.signatures, ...added] }));
}
