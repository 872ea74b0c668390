import type { Database } from '#platform';
import { procedureStream } from '#procedures';
import { InvalidCursor, cursorValues, writeCursor } from '#processors';
import type { Asked, Explanation, PageAsked } from './report.js';

/** Takes a value of a statement, and answers what stands for it there. */
export type Parameter = (value: unknown) => string;

/** The rows as they stand, or as they stood after the last event up to the position: what stands after FROM. */
export function rowsAt({ now, past: name }: { readonly now: string; readonly past: string }, position: bigint | undefined, parameter: Parameter): string {
  if (position === undefined) return `views.${now}`;
  return `(SELECT DISTINCT ON (p.procedure) p.* FROM views.${name} p WHERE p.position <= ${parameter(String(position))}
     ORDER BY p.procedure, p.revision DESC)`;
} // prettier-ignore

/** What each procedure adds to a cell: sums of expressions over rows `r` of a past. */
export interface Sums {
  /** A table with a row for each event that changed something of a procedure. */
  readonly past: 'past_figures' | 'past_counted';
  /** Conditions on rows `r` that stand in the row of the report. */
  readonly among: readonly string[];
  readonly parts: readonly {
    readonly part?: 'numerator' | 'denominator';
    /** A whole number. */
    readonly sum: string;
    /** Only what happened in the period is in the sum. (Default: the whole) */
    readonly isOfPeriod?: boolean;
  }[];
  /** Types of events that can change it. (Default: any) */
  readonly types?: readonly string[] | undefined;
}

/** Rows of the past that a page looks through at most, so that an answer never waits for all history. */
const lookedThrough = 2_000;

/**
 * The events that changed a sum, in the order of the log, each with what it contributes: what its procedure adds after it, less what it added before.
 * So they sum to what stands in the cell. A page may have fewer than it may have, and none at all, before the last. @throws InvalidCursor
 */
export async function contributions(
  database: Database,
  { past: asked, from, to }: Pick<Asked, 'past' | 'from' | 'to'>,
  { cursor, limit }: PageAsked,
  sumsOf: (parameter: Parameter) => Sums,
): Promise<Pick<Explanation, 'events' | 'nextCursor'>> {
  const values: unknown[] = [];
  const parameter: Parameter = (value) => `$${String(values.push(value))}`;
  const { past, among, parts, types } = sumsOf(parameter);
  const [position, place] = afterOf(cursor);
  if (types?.length === 0) return { events: [], nextCursor: null };
  const after = parameter(position);
  const upTo = asked ? `AND p.position <= ${parameter(String(asked.position))}` : '';
  const ofType = (type: string | null): string =>
    `(SELECT p.* FROM views.${past} p WHERE p.position >= ${after}::bigint ${upTo} ${type === null ? '' : `AND p.type = ${parameter(type)}`}
      ORDER BY p.position LIMIT ${String(lookedThrough)})`;
  const looked = `SELECT u.* FROM (${(types ?? [null]).map(ofType).join(' UNION ALL ')}) u ORDER BY u.position LIMIT ${String(lookedThrough)}`;
  const adds = (row: string): string =>
    `SELECT ${parts.map(({ sum }, index) => `CASE WHEN ${['r.procedure IS NOT NULL', ...among].join(' AND ')} THEN coalesce(${sum}, 0) ELSE 0 END AS v${String(index)}`).join(', ')}
     FROM (SELECT ${row}.*) r`;
  const changes = parts.map(({ isOfPeriod = false }, index) => {
    const change = `(a.v${String(index)} - b.v${String(index)})::numeric`;
    const isIn = isOfPeriod ? inPeriod('n', { from, to, past: asked }, parameter) : null;
    return `(${String(index)}, ${isIn === null ? change : `CASE WHEN ${isIn} THEN ${change} ELSE 0 END`})`;
  });
  const { rows } = await database.pool.query<{ procedure: string; revision: number; shown: string; type: string; at: Date; place: number; contributes: string }>(
    `SELECT n.procedure, n.revision, n.position::text AS shown, n.type, n.recorded_at AS at, c.place, c.contributes::text AS contributes
     FROM (${looked}) n
     LEFT JOIN LATERAL (SELECT q.* FROM views.${past} q WHERE q.procedure = n.procedure AND q.revision < n.revision ORDER BY q.revision DESC LIMIT 1) o ON true
     CROSS JOIN LATERAL (${adds('n')}) a CROSS JOIN LATERAL (${adds('o')}) b
     CROSS JOIN LATERAL (VALUES ${changes.join(', ')}) c (place, contributes)
     WHERE c.contributes <> 0 AND (n.position > ${after}::bigint OR c.place > ${parameter(place)}::integer)
     ORDER BY n.position, c.place LIMIT ${parameter(limit + 1)}`,
    values,
  );
  const page = rows.slice(0, limit);
  const events = page.map(({ procedure, revision, shown, type, at, place: index, contributes }) => {
    const { part } = parts[index] ?? {};
    const event = { stream: procedureStream(procedure), revision, position: shown, type, recordedAt: at.toISOString() };
    return { ...event, contributes: Number(contributes), ...(part && { part }) };
  });
  const last = page.at(-1);
  if (last && rows.length > limit) return { events, nextCursor: writeCursor([list, last.shown, String(last.place)]) };
  return { events, nextCursor: await lookedTo(database, looked, values) };
} // prettier-ignore

/** The page with an event of another stream at its place in the log, where that is in this page. */
export function withEvent(
  { events, nextCursor }: Pick<Explanation, 'events' | 'nextCursor'>,
  event: Explanation['events'][number],
  { cursor, limit }: PageAsked,
): Pick<Explanation, 'events' | 'nextCursor'> {
  const isWithin = BigInt(event.position) > BigInt(afterOf(cursor)[0]) && (nextCursor === null || BigInt(event.position) <= BigInt(afterOf(nextCursor)[0]));
  if (!isWithin) return { events, nextCursor };
  const all = [...events, event].sort((one, other) => Number(BigInt(one.position) - BigInt(other.position)));
  const shown = all.slice(0, limit);
  const last = shown.at(-1);
  return { events: shown, nextCursor: last && all.length > limit ? explainedAfter(last.position) : nextCursor };
} // prettier-ignore

/** Where it goes on after all that was looked through; null where there is no more. */
async function lookedTo(database: Database, looked: string, values: readonly unknown[]): Promise<string | null> {
  const used = [...looked.matchAll(/\$(\d+)/g)].map(([, index]) => Number(index));
  const distinct = [...new Set(used)].sort((one, other) => one - other);
  const statement = looked.replace(/\$(\d+)/g, (_, index: string) => `$${String(distinct.indexOf(Number(index)) + 1)}`);
  const { rows } = await database.pool.query<{ number: number; last: string | null }>(
    `SELECT count(*)::integer AS number, max(position)::text AS last FROM (${statement}) l`,
    distinct.map((index) => values[index - 1]),
  );
  const [{ number, last } = { number: 0, last: null }] = rows;
  return number < lookedThrough || last === null ? null : explainedAfter(last);
}

const list = 'explained';
/** After every part of an event. */
const afterAll = 9;

/** Where an explanation goes on with what came after that position. */
export const explainedAfter = (position: string): string => writeCursor([list, position, String(afterAll)]);

function afterOf(cursor: string | undefined): readonly [position: string, place: number] {
  if (cursor === undefined) return ['-1', afterAll];
  const [name, position, place] = cursorValues(cursor);
  if (name !== list || typeof position !== 'string' || !/^\d{1,18}$/.test(position) || typeof place !== 'string' || !/^\d$/.test(place))
    throw new InvalidCursor('The cursor is not one of this list.');
  return [position, Number(place)];
}

/** The condition that the event of a row of the figures happened in the period, on paper as it reads at the moment. */
function inPeriod(row: string, { from, to, past }: Pick<Asked, 'from' | 'to' | 'past'>, parameter: Parameter): string {
  const upTo = past ? `AND d.position <= ${parameter(String(past.position))}` : '';
  const on = `coalesce((SELECT d.occurred_on FROM views.corrected_dates d WHERE d.procedure = ${row}.procedure AND d.revision = ${row}.revision ${upTo}
      ORDER BY d.position DESC LIMIT 1), ${row}.occurred_on)`;
  return `(${between(on, { from, to }, parameter)})`;
}

function between(on: string, { from, to }: Pick<Asked, 'from' | 'to'>, parameter: Parameter): string {
  const bounds = [
    ...(from === undefined ? [] : [`${on} >= ${parameter(from)}::date`]),
    ...(to === undefined ? [] : [`${on} <= ${parameter(to)}::date`]),
  ];
  return bounds.length === 0 ? 'true' : bounds.join(' AND ');
}

/**
 * What each event of the period added to sums of savings, as rows of the changes. What stands after FROM. The dates are those on paper, as they read at the
 * moment.
 */
export function changesIn({ from, to, past }: Pick<Asked, 'from' | 'to' | 'past'>, parameter: Parameter): string {
  if (!past) return `(SELECT h.* FROM views.figure_changes h WHERE ${between('h.occurred_on', { from, to }, parameter)})`;
  const upTo = parameter(String(past.position));
  const known = (row: string): string => `AND ${row}.position <= ${upTo}`;
  return `(WITH corrected AS MATERIALIZED (
       SELECT DISTINCT ON (d.procedure, d.revision) d.procedure, d.revision, d.occurred_on FROM views.corrected_dates d
       WHERE true ${known('d')} ORDER BY d.procedure, d.revision, d.position DESC)
     SELECT h.* FROM views.figure_changes h LEFT JOIN corrected c ON c.procedure = h.procedure AND c.revision = h.revision
     WHERE c.procedure IS NULL AND ${between('h.recorded_on', { from, to }, parameter)} ${known('h')}
     UNION ALL
     SELECT h.* FROM corrected c JOIN views.figure_changes h ON h.procedure = c.procedure AND h.revision = c.revision
     WHERE ${between('c.occurred_on', { from, to }, parameter)} ${known('h')})`;
}
