import type { Database, Transaction } from '#platform';
import { hashLength } from './verifier/merkle.js';
import type { TileReader } from './verifier/tiles.js';

/** How far a log is sealed. */
export interface TreeState {
  /** Number of leaves. */
  readonly size: number;
  /** How many of them were held against the log of this installation: fewer than `size` only after a move. */
  readonly matched: number;
  /** Of the last event that was sealed or held against its leaf; null before the first. */
  readonly position: bigint | null;
}

/** What was signed of a tree. */
export interface SignedTree {
  readonly size: number;
  readonly root: Buffer;
  /** The checkpoint as it is served, with the lines of its cosigners. */
  readonly note: string;
  /** ISO 8601 UTC. */
  readonly signedAt: string;
}

interface CheckpointRow {
  readonly size: string;
  readonly root: Buffer;
  readonly note: string;
  readonly signed_at: Date;
  readonly lines: string;
}

/** A hash that must be there is not: the tables of the tree were tampered with. */
export class TreeDamaged extends Error {
  override readonly name = 'TreeDamaged';
}

export async function readTreeState(database: Transaction): Promise<TreeState> {
  const { rows } = await database.query<{ size: string; matched: string; position: string | null }>({
    name: 'audit-tree',
    text: 'SELECT size, matched, position FROM audit.tree',
  });
  const [row] = rows;
  if (!row) throw new TreeDamaged('The tree has no row that says how large it is.');
  return { size: Number(row.size), matched: Number(row.matched), position: row.position === null ? null : BigInt(row.position) };
}

/** Reads hashes of tiles. @throws TreeDamaged where the tile is not there, or not as wide */
export const tilesOf =
  (database: Transaction): TileReader =>
  async (level, index, width) => {
    const tile = await findTile(database, level, index);
    if (!tile || tile.length < width * hashLength) throw new TreeDamaged(`Tile ${String(index)} of level ${String(level)} is cut.`);
    return tile.subarray(0, width * hashLength);
  };

/** All hashes that the tile has by now; null where there is none. */
export async function findTile(database: Transaction, level: number, index: number): Promise<Buffer | null> {
  const { rows } = await database.query<{ hashes: Buffer }>({
    name: 'audit-tile',
    text: 'SELECT hashes FROM audit.tiles WHERE level = $1 AND number = $2',
    values: [level, index],
  });
  return rows[0]?.hashes ?? null;
}

const which = {
  newest: 'ORDER BY c.size DESC LIMIT 1',
  'of-size': 'WHERE c.size = $1',
  'at-least': 'WHERE c.size >= $1 ORDER BY c.size LIMIT 1',
} as const;

/** What was signed of the tree of this size; null where that was not kept. (Default: the newest) */
export const findSignedTree = (database: Database, size?: number): Promise<SignedTree | null> =>
  findCheckpoint(database, size === undefined ? 'newest' : 'of-size', size);

/** The smallest tree of so many leaves or more of which it was kept what was signed; null where there is none. */
export const findSignedTreeHolding = (database: Database, leaves: number): Promise<SignedTree | null> =>
  findCheckpoint(database, 'at-least', leaves);

async function findCheckpoint(database: Database, asked: keyof typeof which, size?: number): Promise<SignedTree | null> {
  const { rows } = await database.pool.query<CheckpointRow>({
    name: `audit-checkpoint-${asked}`,
    text: `SELECT c.size, c.root, c.note, c.signed_at,
             coalesce((SELECT string_agg(o.line, E'\\n' ORDER BY o.witness) || E'\\n' FROM audit.cosignatures o WHERE o.size = c.size), '') AS lines
           FROM audit.checkpoints c ${which[asked]}`,
    values: size === undefined ? [] : [size],
  });
  const [row] = rows;
  return row ? { size: Number(row.size), root: row.root, note: row.note + row.lines, signedAt: row.signed_at.toISOString() } : null;
}
