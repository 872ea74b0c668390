import { createHash, randomBytes } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { migrate } from '#platform';
import type { Database } from '#platform';
import type { SheetBytes, SheetFormat } from '#sheets';

/** Most bytes of a sheet: 100 MB. */
export const mostSheetBytes = 100 * 1024 * 1024;
/** Most lines of a sheet that are not empty, without its header. */
export const mostSheetRows = 200_000;
const chunkBytes = 1024 * 1024;
/** Of one person, and of all, that have not ended. */
const mostUnended = { ofOne: 2, inAll: 20 } as const;
/** Of one person, that have ended; older ones are forgotten. */
const mostEnded = 50;
/** Until another process takes up what a process has left. */
const leaseSeconds = 10;
const receivingMinutes = 5;

export const importStates = ['checking', 'running', 'done', 'refused', 'cancelled', 'failed'] as const;
export type ImportState = (typeof importStates)[number];

/** A cell that is wrong, or a line, or the file. */
export interface RefusedCell {
  /** The line in the sheet, the header is 1; 0 for the file itself. */
  readonly row: number;
  /** The header as it stands there; empty for the whole line. */
  readonly column: string;
  readonly code: string;
  /** English. */
  readonly message: string;
  readonly vi: string;
}

/** What somebody brings in. */
export interface NewImport {
  readonly id: string;
  /** Person id. */
  readonly person: string;
  /** By what they were let in; looked at again while it is worked on. */
  readonly entrance: string;
  /** Under which names it is counted. */
  readonly parties: readonly string[];
  readonly kind: string;
  readonly format: SheetFormat;
  /** Its name. */
  readonly file: string;
  readonly dryRun: boolean;
  readonly partial: boolean;
  readonly correlationId: string;
}

/** How far it has come. */
export interface ImportProgress {
  /** Lines that are not empty, without the header. */
  readonly rows: number;
  readonly accepted: number;
  readonly repeated: number;
  readonly refusedRows: number;
  /** The first of what is wrong. */
  readonly refused: readonly RefusedCell[];
  /** How many more cells are wrong. */
  readonly moreRefused: number;
}

/** Where it has come to since it was last said. */
interface Advance extends Omit<ImportProgress, 'refused'> {
  /** Null where it is what it was. */
  readonly refused: readonly RefusedCell[] | null;
  readonly doneTo: number;
}

export interface Import extends NewImport, ImportProgress {
  readonly state: ImportState;
  readonly size: number;
  readonly hash: string;
  readonly passedOver: readonly number[];
  readonly doneTo: number;
  readonly beganAt: bigint | null;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  readonly endedAt: string | null;
}

/** There are as many imports under way as there may be. */
export class TooManyImports extends Error {
  override readonly name = 'TooManyImports';
}

/** The id belongs to another import. */
export class OtherImport extends Error {
  override readonly name = 'OtherImport';
}

/** The sheet has more bytes than are taken. */
export class SheetTooLarge extends Error {
  override readonly name = 'SheetTooLarge';
}

/** Brings the schema `imports` up to date. */
export const migrateImports = (database: Database): Promise<void> =>
  migrate(
    database,
    'imports',
    ['001-imports.sql', '002-entrances.sql'].map((name) => ({ name, url: new URL(name, import.meta.url) })),
  );

/** The records of imports and the files that they still need; what becomes of them is for whoever runs them. */
export class Imports {
  private constructor(
    private readonly database: Database,
    /** Under which keys of rows are made that nobody shall guess. */
    readonly secret: Buffer,
  ) {}

  static async open(database: Database): Promise<Imports> {
    await migrateImports(database);
    await database.pool.query('INSERT INTO imports.secret (secret) VALUES ($1) ON CONFLICT DO NOTHING', [randomBytes(32)]);
    const { rows } = await database.pool.query<{ secret: Buffer }>('SELECT secret FROM imports.secret');
    if (!rows[0]) throw new Error('The secret of imports is not kept.');
    return new Imports(database, rows[0].secret);
  }

  /**
   * Keeps the file as it comes, and then the import waits for whoever checks it. The same id with the same file is the same import.
   * @throws TooManyImports, OtherImport, SheetTooLarge, what the pieces throw
   */
  async receive(wanted: NewImport, pieces: AsyncIterable<Buffer>): Promise<Import> {
    const isNew = await this.begin(wanted);
    const sha256 = createHash('sha256');
    try {
      let [no, size] = [0, 0];
      for await (const chunk of inChunks(pieces)) {
        size += chunk.length;
        if (size > mostSheetBytes) throw new SheetTooLarge();
        sha256.update(chunk);
        if (isNew) await this.keep(wanted.id, no++, chunk);
      }
      const hash = sha256.digest('hex');
      if (!isNew) return await this.sameAs(wanted, hash);
      await this.database.pool.query(`UPDATE imports.imports SET state = 'checking', size = $2, hash = $3 WHERE id = $1`, [
        wanted.id,
        size,
        hash,
      ]);
    } catch (error) {
      if (isNew) await this.database.pool.query('DELETE FROM imports.imports WHERE id = $1', [wanted.id]);
      throw error;
    }
    return this.mustFind(wanted.id);
  }

  /** Null where there is none, or it has not come whole. */
  async find(id: string): Promise<Import | null> {
    const { rows } = await this.database.pool.query<Row>(`${select} WHERE id = $1 AND state <> 'receiving'`, [id]);
    return rows[0] ? importOf(rows[0]) : null;
  }

  /** How far it has come, without what is wrong; null where there is none any more. */
  async progress(id: string): Promise<(Omit<ImportProgress, 'refused' | 'moreRefused'> & { readonly state: ImportState; readonly ended: boolean }) | null> {
    const { rows } = await this.database.pool.query<NonNullable<Awaited<ReturnType<Imports['progress']>>>>(
      `SELECT state, rows, accepted, repeated, refused_rows AS "refusedRows", ended_at IS NOT NULL AS ended FROM imports.imports WHERE id = $1`,
      [id],
    );
    return rows[0] ?? null;
  } // prettier-ignore

  /** One that nobody works on, the oldest first, one of each party at a time; null where there is none. @param owner Names the process. */
  async claim(owner: string): Promise<Import | null> {
    const { rows } = await this.database.pool.query<Row>(
      `UPDATE imports.imports SET owner = $1, leased_until = now() + make_interval(secs => $2) WHERE id = (
         SELECT i.id FROM imports.imports i WHERE i.state IN ('checking', 'running') AND (i.leased_until IS NULL OR i.leased_until < now())
           AND NOT EXISTS (SELECT FROM imports.imports other WHERE other.parties && i.parties AND other.id <> i.id AND other.ended_at IS NULL
             AND other.owner IS NOT NULL AND other.leased_until >= now())
         ORDER BY i.made_at, i.id LIMIT 1 FOR UPDATE OF i SKIP LOCKED) RETURNING ${columns}`,
      [owner, leaseSeconds],
    );
    return rows[0] ? importOf(rows[0]) : null;
  }

  /** Says how far it has come, and that it is worked on; false where it was cancelled or belongs to another process by now. */
  async advance(id: string, owner: string, progress: Advance): Promise<boolean> {
    const { rows, accepted, repeated, refusedRows, refused, moreRefused, doneTo } = progress;
    const { rowCount } = await this.database.pool.query(
      `UPDATE imports.imports SET rows = $3, accepted = $4, repeated = $5, refused_rows = $6, refused = coalesce($7::jsonb, refused), done_to = $8,
         more_refused = $10, leased_until = now() + make_interval(secs => $9)
       WHERE id = $1 AND owner = $2 AND state IN ('checking', 'running')`,
      [id, owner, rows, accepted, repeated, refusedRows, refused && JSON.stringify(refused), doneTo, leaseSeconds, moreRefused],
    );
    return rowCount === 1;
  }

  /** Keeps how far it had come when it was cancelled while its process worked on it. */
  async tally(id: string, owner: string, { accepted, repeated }: Pick<ImportProgress, 'accepted' | 'repeated'>): Promise<void> {
    await this.database.pool.query(
      `UPDATE imports.imports SET accepted = $3, repeated = $4 WHERE id = $1 AND owner = $2 AND state = 'cancelled'`,
      [id, owner, accepted, repeated],
    );
  }

  /** From now on it is entered. @param beganAt Position of the log. */
  async run(
    id: string,
    owner: string,
    { beganAt, passedOver }: { readonly beganAt: bigint; readonly passedOver: readonly number[] },
  ): Promise<boolean> {
    const { rowCount } = await this.database.pool.query(
      `UPDATE imports.imports SET state = 'running', began_at = $3, passed_over = $4, accepted = 0, repeated = 0, done_to = 0
       WHERE id = $1 AND owner = $2 AND state = 'checking'`,
      [id, owner, String(beganAt), [...passedOver]],
    );
    return rowCount === 1;
  }

  /** Ends it, and deletes its file. @param owner (Default: whoever works on it) */
  async end(id: string, state: ImportState, owner?: string): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      const { rowCount } = await transaction.query(
        `UPDATE imports.imports SET state = $2, ended_at = now(), leased_until = NULL, passed_over = '{}'
         WHERE id = $1 AND ($3::uuid IS NULL OR owner = $3) AND state IN ('checking', 'running')`,
        [id, state, owner ?? null],
      );
      await transaction.query(
        `DELETE FROM imports.chunks WHERE import = $1 AND EXISTS (SELECT FROM imports.imports WHERE id = $1 AND ended_at IS NOT NULL)`,
        [id],
      );
      return rowCount === 1;
    });
  }

  /** Says that these are worked on still. */
  async hold(ids: readonly string[], owner: string): Promise<void> {
    await this.database.pool.query(
      'UPDATE imports.imports SET leased_until = now() + make_interval(secs => $3) WHERE id = ANY ($1::uuid[]) AND owner = $2 AND ended_at IS NULL',
      [[...ids], owner, leaseSeconds],
    );
  }

  /** Leaves it to whoever takes it up next. @param afterSeconds (Default: at once) */
  async release(id: string, owner: string, afterSeconds = 0): Promise<void> {
    await this.database.pool.query(
      'UPDATE imports.imports SET leased_until = now() + make_interval(secs => $3) WHERE id = $1 AND owner = $2',
      [id, owner, afterSeconds],
    );
  }

  /** Its file, read from where it is kept. */
  bytes({ id, size }: Pick<Import, 'id' | 'size'>): SheetBytes {
    const { pool } = this.database;
    return {
      size,
      async *read(from, to) {
        for (let at = from; at < to;) {
          await turn();
          const offset = at % chunkBytes;
          const { rows } = await pool.query<{ bytes: Buffer }>(
            'SELECT substring(bytes FROM $3 FOR $4) AS bytes FROM imports.chunks WHERE import = $1 AND no = $2',
            [id, Math.floor(at / chunkBytes), offset + 1, Math.min(to - at, chunkBytes - offset)],
          );
          const bytes = rows[0]?.bytes;
          if (!bytes || bytes.length === 0) throw new Error(`The file of import ${id} is not there any more.`);
          yield bytes;
          at += bytes.length;
        }
      },
    };
  }

  /** Whether it is a new one. */
  private begin({ id, person, entrance, parties, kind, format, file, dryRun, partial, correlationId }: NewImport): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      await transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', ['imports']);
      // What was cut off while it came does not keep its key.
      await transaction.query(
        `DELETE FROM imports.imports WHERE state = 'receiving' AND made_at < now() - make_interval(mins => ${String(receivingMinutes)})`,
      );
      const known = await transaction.query('SELECT FROM imports.imports WHERE id = $1', [id]);
      if (known.rows.length > 0) return false;
      await transaction.query(
        `DELETE FROM imports.imports WHERE id IN (
           SELECT id FROM imports.imports WHERE person = $1 AND ended_at IS NOT NULL ORDER BY made_at DESC OFFSET ${String(mostEnded)})`,
        [person],
      );
      const { rows } = await transaction.query<{ own: number; all: number }>(
        `SELECT count(*) FILTER (WHERE parties && $1::text[])::int AS own, count(*)::int AS all FROM imports.imports WHERE ended_at IS NULL`,
        [[...parties]],
      );
      if ((rows[0]?.own ?? 0) >= mostUnended.ofOne)
        throw new TooManyImports(`${String(mostUnended.ofOne)} of your imports are under way; try again after them.`);
      if ((rows[0]?.all ?? 0) >= mostUnended.inAll) throw new TooManyImports('Too many imports are under way; try again after them.');
      await transaction.query(
        `INSERT INTO imports.imports (id, person, kind, format, file, dry_run, partial, correlation_id, entrance, parties)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [id, person, kind, format, file, dryRun, partial, correlationId, entrance, [...parties]],
      );
      return true;
    });
  }

  private keep(id: string, no: number, chunk: Buffer): Promise<unknown> {
    const insert = 'INSERT INTO imports.chunks (import, no, bytes) VALUES ($1, $2, $3)';
    return this.database.transaction((transaction) => transaction.query(insert, [id, no, chunk]), { bytes: chunk.length });
  }

  private async sameAs({ id, kind, dryRun, partial }: NewImport, hash: string): Promise<Import> {
    const known = await this.mustFind(id);
    if (known.hash !== hash || known.kind !== kind || known.dryRun !== dryRun || known.partial !== partial) throw new OtherImport();
    return known;
  }

  private async mustFind(id: string): Promise<Import> {
    const found = await this.find(id);
    if (!found) throw new OtherImport();
    return found;
  }
}

/** Pieces of one size, the last one perhaps smaller. */
async function* inChunks(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let [waiting, size]: [Buffer[], number] = [[], 0];
  for await (const piece of pieces) {
    waiting.push(piece);
    size += piece.length;
    while (size >= chunkBytes) {
      const all = Buffer.concat(waiting);
      yield all.subarray(0, chunkBytes);
      waiting = [all.subarray(chunkBytes)];
      size -= chunkBytes;
    }
  }
  if (size > 0) yield Buffer.concat(waiting);
}

const columns = `id, person, entrance, parties, kind, format, file, dry_run AS "dryRun", partial, state, size::text AS size, hash, rows, accepted, repeated,
  refused_rows AS "refusedRows", refused, more_refused AS "moreRefused", passed_over AS "passedOver", done_to AS "doneTo", began_at::text AS "beganAt",
  correlation_id AS "correlationId", made_at AS "madeAt", ended_at AS "endedAt"`;
const select = `SELECT ${columns} FROM imports.imports`;

interface Row extends Omit<Import, 'size' | 'beganAt' | 'madeAt' | 'endedAt'> {
  readonly size: string;
  readonly beganAt: string | null;
  readonly madeAt: Date;
  readonly endedAt: Date | null;
}

const importOf = ({ size, beganAt, madeAt, endedAt, ...row }: Row): Import => ({
  ...row,
  size: Number(size),
  beganAt: beganAt === null ? null : BigInt(beganAt),
  madeAt: madeAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
});
