import { createHash } from 'node:crypto';
import type { Database, Transaction } from '#platform';
import { FileDamaged, addChunk, addContent, chunksOf, migrateFiles, mustBeWhole } from './files.js';

/** The database has files of another installation. */
export class OtherFilesThere extends Error {
  override readonly name = 'OtherFilesThere';
  constructor() {
    super(
      'There are other files already; copy into a database that has none, or into which these were copied before. Nothing was written.',
    );
  }
}

/** How many contents were copied, and how many there are now. */
export interface CopiedFiles {
  readonly copied: number;
  readonly contents: number;
  /** Bytes of all of them. */
  readonly bytes: number;
}

/**
 * Copies files and which procedures they belong to. Every content is held against its hash, also one that was there already.
 * Interrupted, it goes on where it was. The log must be moved as well: it says what the files are about.
 * @throws OtherFilesThere, FileDamaged, and the signal's reason
 */
export async function copyFiles(
  source: Database,
  target: Database,
  options: {
    readonly signal?: AbortSignal;
    /** Told of each content that is there and whole, and how many there are to be. */
    readonly onProgress?: (done: number, contents: number) => void;
  } = {},
): Promise<CopiedFiles> {
  await migrateFiles(target);
  const [wanted, there] = [await contentsIn(source), await contentsIn(target)];
  const [attachments, attached] = [await attachmentsIn(source.pool), await attachmentsIn(target.pool)];
  const known = new Set(attachments);
  if ([...there.keys()].some((hash) => !wanted.has(hash)) || attached.some((row) => !known.has(row))) throw new OtherFilesThere();
  let done = 0;
  for (const [hash, size] of wanted) {
    options.signal?.throwIfAborted();
    if (there.has(hash)) await mustBeWhole(target.pool, hash, 'the target');
    else await copyContent(source, target, hash, size);
    options.onProgress?.(++done, wanted.size);
  }
  await target.transaction((transaction) => addAttachments(transaction, attachments));
  const bytes = [...wanted.values()].reduce((sum, size) => sum + size, 0);
  return { copied: wanted.size - there.size, contents: wanted.size, bytes };
}

async function contentsIn({ pool }: Database): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ hash: string; size: number }>('SELECT hash, size FROM files.contents ORDER BY hash');
  return new Map(rows.map(({ hash, size }) => [hash, size]));
}

/** Rows as JSON, their times in UTC whatever the server's zone is. A source of an earlier version has no units. */
async function attachmentsIn(database: Pick<Transaction, 'query'>): Promise<readonly string[]> {
  const { rows } = await database.query<{ row: string }>(
    `SELECT json_build_object('procedure', procedure, 'hash', hash, 'name', name, 'type', type, 'uploaded_by', uploaded_by,
       'unit', to_jsonb(attachments) -> 'unit', 'uploaded_at', to_char(uploaded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text AS row
     FROM files.attachments ORDER BY procedure, hash`,
  );
  return rows.map(({ row }) => row);
}

async function copyContent(source: Database, target: Database, hash: string, size: number): Promise<void> {
  const copy = async (transaction: Transaction): Promise<void> => {
    await addContent(transaction, hash, size);
    const sha256 = createHash('sha256');
    let no = 0;
    for await (const bytes of chunksOf(source.pool, hash)) {
      sha256.update(bytes);
      await addChunk(transaction, hash, no++, bytes);
    }
    if (sha256.digest('hex') !== hash) throw new FileDamaged(hash, 'the source');
  };
  await target.transaction(copy, { bytes: size });
}

async function addAttachments(transaction: Transaction, rows: readonly string[]): Promise<void> {
  await transaction.query(
    `INSERT INTO files.attachments SELECT r.* FROM unnest($1::json[]) AS given, json_populate_record(NULL::files.attachments, given) AS r
     ON CONFLICT DO NOTHING`,
    [rows],
  );
}
