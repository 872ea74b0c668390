import type { Database } from '#platform';
import type { ProcedureFilters, Restated } from '#procedures';
import type { Programmes } from '#programmes';
import type { Calendars, Definitions, UnitTree } from '#workflow';

/**
 * Terminology
 *
 * - report: a question with columns and rows; a row has a key, and a cell is where a row and a column meet
 * - own: what a report is asked besides what every report is asked, such as by what it groups
 * - past: a table of a view with a row for each event that changed something, by which a report is answered as of a moment
 * - explanation: the events that a cell rests on, and what each contributes to it
 */

/** In both languages. */
interface Words {
  readonly vi: string;
  readonly en: string;
}

/** What the values of a column are. Money is đồng, a percentage is text with two decimals, a date YYYY-MM-DD, a unit its id. */
type ColumnType = 'text' | 'unit' | 'count' | 'money' | 'percent' | 'days' | 'date' | 'flag';

export interface ReportColumn {
  readonly key: string;
  readonly title: Words;
  readonly type: ColumnType;
  /** As the answer names it, such as `percent`; left out where the title says enough. */
  readonly unit?: string;
}

/** Whether values of the column are figures, which are compared and written as such. */
export const isFigure = ({ type }: Pick<ReportColumn, 'type'>): boolean =>
  type === 'count' || type === 'money' || type === 'percent' || type === 'days';

/** The values of a row by column; what stands beside a column, such as the name of a unit, has a name of its own. */
export type ReportRow = { readonly key: string } & Readonly<Record<string, unknown>>;

export interface ReportRows {
  readonly rows: readonly ReportRow[];
  /** Of all rows, also those on other pages. */
  readonly totals?: Readonly<Record<string, unknown>>;
  /** Of a report that comes in pages; null on the last. */
  readonly nextCursor?: string | null;
  /** The moment that was answered for, where the report itself knows it better. */
  readonly moment?: { readonly position: bigint; readonly at: Date };
  /** What the answer says besides. */
  readonly beside?: Readonly<Record<string, unknown>>;
}

/** A moment of the past, once it is known. */
export interface PastMoment {
  /** Everything up to here is in the answer. */
  readonly position: bigint;
  /** As it was asked: by a time, or by a position. */
  readonly asked: { readonly position: bigint } | { readonly time: Date };
}

/** What a report is asked. */
export interface Asked<Own extends object = object> {
  /** Which procedures count, as the lists narrow them down, and what the reader may see; nothing else is counted. */
  readonly filters: Omit<ProcedureFilters, 'q' | 'stage' | 'classification'> & Restated;
  /** The units by which it is answered, for their names, for what lies below them and for what has become part of them. */
  readonly tree: UnitTree;
  /** First and last day of the period, YYYY-MM-DD. (Default: without a beginning or an end) */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** (Default: as it stands) */
  readonly past: PastMoment | null;
  /** The time of the moment that is asked about. */
  readonly at: Date;
  readonly own: Own;
}

/** Which part of a report or of an explanation. */
export interface PageAsked {
  /** `nextCursor` of the part before. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Of a ratio; or one of those that a median or percentile is taken of. */
type Part = 'numerator' | 'denominator' | 'sample';

interface ExplainingEvent {
  readonly stream: string;
  readonly revision: number;
  /** Decimal. */
  readonly position: string;
  readonly type: string;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
  /** To the value; null where the value is no sum. */
  readonly contributes: number | null;
  readonly part?: Part;
}

export interface Explanation {
  /** As it stands in the cell. */
  readonly value: unknown;
  /** In the order of the log. */
  readonly events: readonly ExplainingEvent[];
  readonly nextCursor: string | null;
}

/** What reports read from. */
export class Sources {
  constructor(
    readonly database: Database,
    readonly definitions: Definitions,
    readonly calendars: Calendars,
    readonly programmes: Programmes,
  ) {}
}

export interface Report<Own extends object = object> {
  /** As its address has it. */
  readonly name: string;
  readonly title: Words;
  /** Views that it reads; how far the first has come is said in the answer. */
  readonly views: readonly [string, ...string[]];
  /** Tables by which it is answered as of a moment, with columns `position` and `recorded_at`. (Default: it knows no past) */
  readonly pasts?: readonly string[];
  /** It is read in turns of people even as it stands. (Default: only what was, and what takes long with every report) */
  readonly isHeavy?: boolean;
  columns(own: Own): readonly ReportColumn[];
  /** @param page Only of a report that comes in pages; the others answer all rows. @throws NotReported, InvalidCursor, Unavailable */
  rows(asked: Asked<Own>, sources: Sources, page: PageAsked): Promise<ReportRows>;
  /** (Default: it explains nothing yet) @throws NotReported, InvalidCursor, Unavailable */
  explain?(
    asked: Asked<Own>,
    cell: { readonly row: string; readonly column: string },
    sources: Sources,
    page: PageAsked,
  ): Promise<Explanation>;
}

/** What a report was asked about is not there. */
export class NotReported extends Error {
  override readonly name = 'NotReported';

  /** @param what `subject` where the whole question is about nothing, such as a programme that does not exist */
  constructor(readonly what: 'subject' | 'row' | 'column') {
    super(`There is no such ${what}.`);
  }
}

/** The newest position of these tables up to the moment, and when the log came to it; null where nothing had changed yet. */
export async function lastChange(
  database: Database,
  pasts: readonly string[],
  asked: PastMoment['asked'],
): Promise<{ readonly position: bigint; readonly at: Date } | null> {
  const byTime = 'time' in asked;
  // The log finds nothing by time; positions and times of what was recorded rise together.
  const each = pasts.map(
    (name) =>
      `(SELECT p.position, p.recorded_at FROM views.${name} p WHERE ${byTime ? 'p.recorded_at <= $1' : 'p.position <= $1'}
         ORDER BY ${byTime ? 'p.recorded_at DESC, p.position DESC' : 'p.position DESC'} LIMIT 1)`,
  );
  const { rows } = await database.pool.query<{ position: string; at: Date }>(
    `SELECT of.position::text AS position, of.recorded_at AS at FROM (${each.join(' UNION ALL ')}) of ORDER BY of.position DESC LIMIT 1`,
    [byTime ? asked.time : String(asked.position)],
  );
  return rows[0] ? { position: BigInt(rows[0].position), at: rows[0].at } : null;
}
