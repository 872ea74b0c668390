import type { Database, Transaction } from '#platform';
import { mostLockedMs } from './lock-patience.js';

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
    `SELECT version, code_version, position, fencing_token AS token FROM processors.processors WHERE name = $1
     ${lock ? 'FOR NO KEY UPDATE' : ''}`,
    [name],
  );
  const [row] = rows;
  return row ? { version: row.version, codeVersion: row.code_version, position: toPosition(row.position), token: BigInt(row.token) } : null;
}

/** Makes sure that there is a row; that of a new view stands at version 0, which means not built. */
export async function register(
  database: Database,
  { name, kind }: { readonly name: string; readonly kind: 'view' | 'reaction' },
): Promise<void> {
  const [version, state] = kind === 'view' ? [0, 'catching-up'] : [1, 'live'];
  await database.pool.query(
    `INSERT INTO processors.processors (name, kind, version, code_version, state) VALUES ($1, $2, $3, '', $4) ON CONFLICT (name) DO NOTHING`,
    [name, kind, version, state],
  );
}

/** A checkpoint's move from where the caller left it. */
export interface Step {
  readonly name: string;
  readonly version: number;
  readonly from: bigint | null;
  readonly to: bigint;
  /** Of the lease under which it is made. */
  readonly token: bigint;
}

/**
 * Moves those checkpoints that are where the caller left them, in one statement. Answers the blocked streams of each that was
 * moved, by name; the others have to ask for themselves why not. From here on the transaction waits for no lock for long.
 */
export async function advanceAll(transaction: Transaction, steps: readonly Step[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await transaction.query<{ name: string; blocked: string[] }>({
    name: 'processors-advance-all',
    // Locked in order of name by whoever takes several. The first row comes only once the timeout is set.
    text: `WITH step AS (
             SELECT * FROM unnest($1::text[], $2::integer[], $3::bigint[], $4::bigint[], $5::bigint[]) AS s (name, version, left_at, goes_to, token)
           ), patience AS MATERIALIZED (
             SELECT set_config('lock_timeout', $6, true) AS time
           ), locked AS MATERIALIZED (
             SELECT p.name FROM processors.processors p JOIN patience ON patience.time IS NOT NULL
             WHERE p.name = ANY ($1) ORDER BY p.name FOR NO KEY UPDATE OF p
           )
           UPDATE processors.processors p SET position = step.goes_to, updated_at = now() FROM step JOIN locked USING (name)
           WHERE p.name = step.name AND p.version = step.version AND p.position IS NOT DISTINCT FROM step.left_at AND p.fencing_token = step.token
           RETURNING p.name, ARRAY(
             SELECT DISTINCT d.stream FROM processors.dead_letters d WHERE d.processor = p.name AND d.version = p.version AND d.status <> 'discarded'
           ) AS blocked`,
    values: [
      steps.map(({ name }) => name),
      steps.map(({ version }) => version),
      steps.map(({ from }) => (from === null ? null : String(from))),
      steps.map(({ to }) => String(to)),
      steps.map(({ token }) => String(token)),
      `${String(mostLockedMs)}ms`,
    ],
  });
  return new Map(rows.map(({ name, blocked }) => [name, new Set(blocked)]));
}

/**
 * Moves the checkpoint from where the caller left it, and holds the row until the end of the transaction. Tells which
 * streams are blocked by a dead letter.
 */
export async function advance(
  transaction: Transaction,
  step: Step,
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
