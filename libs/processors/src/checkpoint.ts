import type { Database, Transaction } from '#platform';

/** What moving a checkpoint came to; with anything but `stored` the transaction must be rolled back. */
export type CheckpointOutcome =
  | 'stored'
  /** This very step was stored before, and its answer was lost. */
  | 'already'
  /** Someone else applied this step and more. */
  | 'ahead'
  /** The view was replaced or moved: whoever asks is not in charge. */
  | 'mismatch';

/** A processor's row. */
export interface Checkpoint {
  readonly version: number;
  readonly codeVersion: string;
  readonly position: bigint | null;
  /** Of the lease; whoever has another one is not in charge any more. */
  readonly token: bigint;
}

interface Row {
  readonly version: number;
  readonly code_version: string;
  readonly position: string | null;
  readonly token: string;
}

const toPosition = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

/** Reads the row, inside a transaction that holds it until its end when `lock` is set; null when there is none. */
export async function readCheckpoint(
  client: Transaction,
  name: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<Checkpoint | null> {
  const { rows } = await client.query<Row>(
    `SELECT version, code_version, position, fencing_token AS token FROM processors.processors WHERE name = $1 ${lock ? 'FOR UPDATE' : ''}`,
    [name],
  );
  const [row] = rows;
  return row ? { version: row.version, codeVersion: row.code_version, position: toPosition(row.position), token: BigInt(row.token) } : null;
}

/** Makes sure that there is a row; a new one stands at version 0, which means not built. */
export async function registerView(database: Database, name: string): Promise<void> {
  await database.pool.query(
    `INSERT INTO processors.processors (name, kind, version, code_version, state) VALUES ($1, 'view', 0, '', 'catching-up')
     ON CONFLICT (name) DO NOTHING`,
    [name],
  );
}

/**
 * Moves the checkpoint from where the caller left it, and holds the row until the end of the transaction. Tells which
 * streams are blocked by a dead letter.
 */
export async function advance(
  transaction: Transaction,
  step: { readonly name: string; readonly version: number; readonly from: bigint | null; readonly to: bigint; readonly token: bigint },
): Promise<{ readonly outcome: CheckpointOutcome; readonly blocked: ReadonlySet<string> }> {
  const { name, version, from, to, token } = step;
  const { rows } = await transaction.query<{ blocked: string[] }>(
    `UPDATE processors.processors SET position = $4, updated_at = now()
     WHERE name = $1 AND version = $2 AND position IS NOT DISTINCT FROM $3 AND fencing_token = $5
     RETURNING ARRAY(
       SELECT DISTINCT stream FROM processors.dead_letters WHERE processor = $1 AND version = $2 AND status <> 'discarded'
     ) AS blocked`,
    [name, version, from === null ? null : String(from), String(to), String(token)],
  );
  const [row] = rows;
  if (row) return { outcome: 'stored', blocked: new Set(row.blocked) };
  const now = await readCheckpoint(transaction, name);
  const none: ReadonlySet<string> = new Set();
  if (now?.version !== version || now.token !== token || now.position === null) return { outcome: 'mismatch', blocked: none };
  if (now.position === to) return { outcome: 'already', blocked: none };
  return { outcome: now.position > to ? 'ahead' : 'mismatch', blocked: none };
}
