import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { migrate } from '#platform';
import type { Database, Transaction } from '#platform';

/** Most bytes of a file: 20 MB. */
export const mostFileBytes = 20 * 1024 * 1024;
const chunkBytes = 1024 * 1024;
/** Most bytes of a piece in which the content of a file is given out: 128 KB, so that a reader who pauses holds little. */
export const mostPieceBytes = 128 * 1024;

/** A file of a procedure, as events name it. */
export interface AttachedFile {
  /** SHA-256 of the content, hexadecimal. */
  readonly hash: string;
  readonly name: string;
  /** Media type. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
}

/** A file of a procedure, with who brought it. */
export interface Attachment extends AttachedFile {
  /** Person id. */
  readonly uploadedBy: string;
  /** ISO 8601 UTC. */
  readonly uploadedAt: string;
}

/** What is stored under a hash is not what had that hash. */
export class FileDamaged extends Error {
  override readonly name = 'FileDamaged';
  constructor(
    readonly hash: string,
    place = 'this database',
  ) {
    super(`The content of file ${hash} in ${place} is damaged: it has another SHA-256. Restore it from a backup.`);
  }
}

/** How many bytes there may be: files count with their whole size for each procedure that they belong to. */
export interface FileQuotas {
  /** Brought by one person. */
  readonly ofPerson: number;
  /** Brought to procedures that one unit owned then. */
  readonly ofUnit: number;
}

/** There is no room for the file. */
export class FileQuotaExceeded extends Error {
  override readonly name = 'FileQuotaExceeded';
  constructor(whose: keyof FileQuotas, { used, most, size }: { readonly used: number; readonly most: number; readonly size: number }) {
    const who = whose === 'ofPerson' ? 'The files that you have brought' : 'The files of the unit that owns the procedure';
    super(
      `${who} come to ${inMb(used)} of ${inMb(most)}, and this one has ${inMb(size)}. Whoever operates the installation can give more.`,
    );
  }
}

const inMb = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** Brings the schema `files` up to date. */
export async function migrateFiles(database: Database): Promise<void> {
  const names = ['001-files.sql', '002-quotas.sql'];
  await migrate(
    database,
    'files',
    names.map((name) => ({ name, url: new URL(name, import.meta.url) })),
  );
}

/** Files by the hash of their content, and which of them belong to a procedure. */
export class Files {
  /** One is stored at a time: on the embedded database, which has one connection, everybody else waits meanwhile. */
  private storing: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly database: Database,
    private readonly quotas: FileQuotas,
  ) {}

  /** (Default: without bounds) */
  static async open(database: Database, quotas: FileQuotas = { ofPerson: Infinity, ofUnit: Infinity }): Promise<Files> {
    await migrateFiles(database);
    return new Files(database, quotas);
  }

  /**
   * Stores the content and makes it a file of the procedure, all or nothing. What the procedure has already keeps the name
   * that it came with; the answer says which. (Default of `unit`: counted for no unit) @throws FileQuotaExceeded
   */
  async attach(
    procedure: string,
    content: Buffer,
    file: Pick<Attachment, 'name' | 'type' | 'uploadedBy'> & { readonly unit?: string },
  ): Promise<AttachedFile> {
    const hash = await hashOf(content);
    const { name, type, uploadedBy, unit = null } = file;
    const store = async (transaction: Transaction): Promise<AttachedFile> => {
      const [there] = await select(transaction, procedure, [hash]);
      if (there) return fileOf(there);
      await mustHaveRoom(transaction, { unit, uploadedBy, size: content.length }, this.quotas);
      if (await addContent(transaction, hash, content.length))
        for (let no = 0; no * chunkBytes < content.length; no++)
          await addChunk(transaction, hash, no, content.subarray(no * chunkBytes, (no + 1) * chunkBytes));
      await transaction.query(
        `INSERT INTO files.attachments (procedure, hash, name, type, uploaded_by, unit) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING`,
        [procedure, hash, name, type, uploadedBy, unit],
      );
      const [attached] = await select(transaction, procedure, [hash]);
      return attached ? fileOf(attached) : { hash, name, type, size: content.length };
    };
    const stored = this.storing.then(() => this.database.transaction(store, { bytes: content.length }));
    this.storing = stored.catch(() => undefined);
    return stored;
  }

  /** The procedure's files, oldest first. */
  async of(procedure: string): Promise<readonly Attachment[]> {
    return (await select(this.database.pool, procedure)).map((row) => ({
      ...fileOf(row),
      uploadedBy: row.uploadedBy,
      uploadedAt: row.uploaded_at.toISOString(),
    }));
  }

  /** Those of the hashes that are files of the procedure. */
  async named(procedure: string, hashes: readonly string[]): Promise<readonly AttachedFile[]> {
    return hashes.length === 0 ? [] : (await select(this.database.pool, procedure, hashes)).map(fileOf);
  }

  /** The content, in pieces, after all of it was held against its hash. @throws FileDamaged */
  async content(hash: string): Promise<AsyncIterable<Buffer>> {
    await mustBeWhole(this.database.pool, hash);
    return piecesOf(this.database.pool, hash);
  }
}

/**
 * Counted while nobody else can bring a file for the same unit or person, so that two at once do not both have the last room.
 * @throws FileQuotaExceeded
 */
async function mustHaveRoom(
  transaction: Transaction,
  { unit, uploadedBy, size }: { readonly unit: string | null; readonly uploadedBy: string; readonly size: number },
  quotas: FileQuotas,
): Promise<void> {
  // Always in this order, so that nobody waits in a circle.
  const counted = [
    ['ofUnit', 'unit', unit],
    ['ofPerson', 'uploaded_by', uploadedBy],
  ] as const;
  for (const [whose, column, id] of counted) {
    const most = quotas[whose];
    if (id === null || most === Infinity) continue;
    await transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`files ${whose} ${id}`]);
    const { rows } = await transaction.query<{ used: string }>(
      `SELECT coalesce(sum(c.size), 0)::text AS used FROM files.attachments a JOIN files.contents c ON c.hash = a.hash WHERE a.${column} = $1`,
      [id],
    );
    const used = Number(rows[0]?.used ?? 0);
    if (used + size > most) throw new FileQuotaExceeded(whose, { used, most, size });
  }
}

/** In pieces, so that everybody else gets their turn. */
async function hashOf(content: Buffer): Promise<string> {
  const sha256 = createHash('sha256');
  for (let from = 0; from < content.length; from += chunkBytes) {
    sha256.update(content.subarray(from, from + chunkBytes));
    await turn();
  }
  return sha256.digest('hex');
}

/** Whether the content is not there yet; whoever adds the same at this moment waits for whoever came first. */
export async function addContent(transaction: Transaction, hash: string, size: number): Promise<boolean> {
  const { rowCount } = await transaction.query('INSERT INTO files.contents (hash, size) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    hash,
    size,
  ]);
  return rowCount === 1;
}

export async function addChunk(transaction: Transaction, hash: string, no: number, bytes: Buffer): Promise<void> {
  await transaction.query('INSERT INTO files.chunks (hash, no, bytes) VALUES ($1, $2, $3)', [hash, no, bytes]);
}

/**
 * What is stored under the hash, in order; one chunk is held in memory at a time. The embedded database answers without a turn of the event loop,
 * and whoever reads fast takes each at once: between two, others get their turn, or nobody else's request would be read.
 */
export async function* chunksOf(database: Pick<Transaction, 'query'>, hash: string): AsyncGenerator<Buffer> {
  for (let no = 0; ; no++) {
    await turn();
    const { rows } = await database.query<{ bytes: Buffer }>('SELECT bytes FROM files.chunks WHERE hash = $1 AND no = $2', [hash, no]);
    const [row] = rows;
    if (!row) return;
    yield row.bytes;
  }
}

/** The same in smaller pieces, for what is known to be whole; what is stored is not packed, so the database reads no more of it than it gives. */
async function* piecesOf(database: Pick<Transaction, 'query'>, hash: string): AsyncGenerator<Buffer> {
  for (let at = 0; ; at += mostPieceBytes) {
    await turn();
    const { rows } = await database.query<{ bytes: Buffer }>(
      'SELECT substring(bytes FROM $3 FOR $4) AS bytes FROM files.chunks WHERE hash = $1 AND no = $2',
      [hash, Math.floor(at / chunkBytes), (at % chunkBytes) + 1, mostPieceBytes],
    );
    const bytes = rows[0]?.bytes;
    if (!bytes || bytes.length === 0) return;
    yield bytes;
    if (bytes.length < mostPieceBytes) return;
  }
}

/** @throws FileDamaged */
export async function mustBeWhole(database: Pick<Transaction, 'query'>, hash: string, place?: string): Promise<void> {
  const sha256 = createHash('sha256');
  for await (const bytes of chunksOf(database, hash)) sha256.update(bytes);
  if (sha256.digest('hex') !== hash) throw new FileDamaged(hash, place);
}

interface Row extends AttachedFile {
  readonly uploadedBy: string;
  readonly uploaded_at: Date;
}

/** (Default: all of the procedure's) */
async function select(database: Pick<Transaction, 'query'>, procedure: string, hashes?: readonly string[]): Promise<readonly Row[]> {
  const { rows } = await database.query<Row>(
    `SELECT a.hash, a.name, a.type, c.size, a.uploaded_by AS "uploadedBy", a.uploaded_at
     FROM files.attachments a JOIN files.contents c ON c.hash = a.hash
     WHERE a.procedure = $1 AND ($2::text[] IS NULL OR a.hash = ANY ($2)) ORDER BY a.uploaded_at, a.hash`,
    [procedure, hashes ?? null],
  );
  return rows;
}

const fileOf = ({ hash, name, type, size }: AttachedFile): AttachedFile => ({ hash, name, type, size });
