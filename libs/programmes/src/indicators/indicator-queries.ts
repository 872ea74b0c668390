import { Big } from 'big.js';
import type { Actor } from '#event-store';
import type { Database } from '#platform';
import { readCursor, writeCursor } from '#processors';
import type { Page } from '#processors';
import type { UnitTree } from '#workflow';
import { dueUnits } from './indicator.js';
import type { Defined } from './indicator.js';
import type { ReportState } from './report.js';

/** What a unit reported, as it stands or stood. */
export interface UnitReport {
  /** Unit id. */
  readonly unit: string;
  readonly period: string;
  /** Decimal in text. */
  readonly value: string;
  readonly state: ReportState;
  readonly evidence: string | null;
  readonly reason: string | null;
  /** Of the report's own stream. */
  readonly revision: number;
  /** When it came to that, ISO 8601 UTC. */
  readonly at: string;
}

/** How an indicator stands in one period. */
export interface IndicatorStanding {
  /** The one that was asked for, else the newest that anything was reported of; null where nothing was. */
  readonly period: string | null;
  /** Sums of what counts: not of what was returned. */
  readonly total: number;
  readonly verifiedTotal: number;
  /** How many units have reported. */
  readonly reported: number;
  /** How many have to, with those that did and are closed since. */
  readonly due: number;
  /** Unit ids: those that have to and did not, or whose report was returned. */
  readonly missing: readonly string[];
  /** What counts, in order of unit. */
  readonly units: readonly UnitReport[];
  /** What waits to be reported again. */
  readonly returned: readonly UnitReport[];
}

/** What is asked of an indicator. */
interface Asked {
  readonly period?: string | undefined;
  /** As it stood at that position. (Default: as it stands) */
  readonly position?: bigint | undefined;
  /** The tree of that moment. */
  readonly units: UnitTree;
}

/** How an indicator stands, or stood. */
export async function standingOfIndicator(
  database: Database,
  { id, per, owner }: { readonly id: string } & Pick<Defined, 'per' | 'owner'>,
  { period: asked, position, units }: Asked,
): Promise<IndicatorStanding> {
  const period = asked ?? (await newestPeriod(database, id, position));
  const found = period === null ? [] : await reportsOf(database, { id, period, position });
  return standingOfReports(found, { period, due: dueUnits({ per, owner }, units) });
}

/** The standing that follows from what units reported of one period. @param due Unit ids: those that have to report */
export function standingOfReports(
  found: readonly UnitReport[],
  { period, due }: { readonly period: string | null; readonly due: readonly string[] },
): IndicatorStanding {
  const counted = found.filter(({ state }) => state !== 'returned');
  const have = new Set(counted.map(({ unit }) => unit));
  const sum = (of: readonly UnitReport[]): number => of.reduce((total, { value }) => total.plus(value), new Big(0)).toNumber();
  return {
    ...{ period, total: sum(counted), verifiedTotal: sum(counted.filter(({ state }) => state === 'verified')) },
    ...{ reported: have.size, due: new Set([...due, ...have]).size, missing: due.filter((unit) => !have.has(unit)) },
    ...{ units: counted, returned: found.filter(({ state }) => state === 'returned') },
  };
}

async function newestPeriod(database: Database, id: string, position: bigint | undefined): Promise<string | null> {
  const [from, values] =
    position === undefined ? ['views.indicator_reports r WHERE', [id]] : ['views.past_indicators r WHERE r.position <= $2 AND r.ends IS NOT NULL AND', [id, String(position)]];
  const { rows } = await database.pool.query<{ period: string }>(
    `SELECT r.period FROM ${from} r.indicator = $1 ORDER BY r.ends DESC, r.begins DESC LIMIT 1`,
    [...values],
  );
  return rows[0]?.period ?? null;
} // prettier-ignore

async function reportsOf(
  database: Database,
  { id, period, position }: { readonly id: string; readonly period: string; readonly position: bigint | undefined },
): Promise<readonly UnitReport[]> {
  const from =
    position === undefined
      ? 'views.indicator_reports'
      : `(SELECT DISTINCT ON (p.stream) p.* FROM views.past_indicators p
          WHERE p.indicator = $1 AND p.period = $2 AND p.unit IS NOT NULL AND p.position <= $3 ORDER BY p.stream, p.revision DESC)`;
  const { rows } = await database.pool.query<Omit<UnitReport, 'at'> & { readonly recorded_at: Date }>(
    `SELECT r.unit, r.period, r.value, r.state, r.evidence, r.reason, r.revision, r.recorded_at
     FROM ${from} r WHERE r.indicator = $1 AND r.period = $2 ORDER BY r.unit`,
    [id, period, ...(position === undefined ? [] : [String(position)])],
  );
  return rows.map(({ recorded_at, ...row }) => ({ ...row, at: recorded_at.toISOString() }));
}

/** Periods that anything was reported of up to now, the newest first; so many at most. */
export async function periodsOf(database: Database, id: string): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ period: string }>(
    `SELECT r.period FROM views.indicator_reports r WHERE r.indicator = $1
     GROUP BY r.period, r.ends, r.begins ORDER BY r.ends DESC, r.begins DESC LIMIT 200`,
    [id],
  );
  return rows.map(({ period }) => period);
}

/** An indicator as lists show it. */
export interface IndicatorSummary extends Defined {
  readonly id: string;
}

type Row = Omit<IndicatorSummary, 'of'> & { readonly of: string | null; readonly shown: string };
const columns = `i.id, i.code, i.title, i.unit_of_measure AS "unitOfMeasure", i.per, i.of, i.owner, i.position::text AS shown`;
const summaryOf = ({ id, code, title, unitOfMeasure, per, of, owner }: Row): IndicatorSummary => ({
  ...{ id, code, title, unitOfMeasure, per, owner },
  ...(of !== null && { of: Number(of) }),
});

/** The indicator, if it was defined up to that position. (Default: up to now) */
export async function findIndicator(database: Database, id: string, position?: bigint): Promise<IndicatorSummary | null> {
  const { rows } = await database.pool.query<Row>(
    `SELECT ${columns} FROM views.indicators i WHERE i.id = $1 AND ($2::bigint IS NULL OR i.position <= $2)`,
    [id, position === undefined ? null : String(position)],
  );
  return rows[0] ? summaryOf(rows[0]) : null;
}

/** One page of indicators, the newest first. @throws InvalidCursor */
export async function listIndicators(
  database: Database,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<IndicatorSummary>> {
  const [after] = cursor === undefined ? [undefined] : readCursor(cursor, 'indicators', 1, 'position');
  const { rows } = await database.pool.query<Row>(
    `SELECT ${columns} FROM views.indicators i WHERE $1::bigint IS NULL OR i.position < $1 ORDER BY i.position DESC LIMIT $2`,
    [after ?? null, limit + 1],
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(summaryOf),
    nextCursor: last && rows.length > limit ? writeCursor(['indicators', last.shown]) : null,
  };
}

/** Something that happened with an indicator. What does not concern it is null. */
export interface IndicatorHappening {
  /** Of its stream: the indicator's own, that of one report, or of the reminders of one period. */
  readonly revision: number;
  readonly position: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly unit: string | null;
  readonly period: string | null;
  readonly value: string | null;
  readonly evidence: string | null;
  readonly reason: string | null;
  /** How many units were reminded. */
  readonly reminded: number | null;
}

interface HistoryAsked {
  readonly newestFirst: boolean;
  readonly unit?: string | undefined;
  readonly period?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** One page of what happened with an indicator. @throws InvalidCursor */
export async function indicatorHistory(
  database: Database,
  id: string,
  { newestFirst, unit, period, cursor, limit }: HistoryAsked,
): Promise<Page<IndicatorHappening>> {
  const order = newestFirst ? 'newest happenings' : 'happenings';
  const [after] = cursor === undefined ? [undefined] : readCursor(cursor, order, 1, 'position');
  const { rows } = await database.pool.query<Omit<IndicatorHappening, 'recordedAt'> & { readonly recorded_at: Date }>(
    `SELECT p.revision, p.position::text AS position, p.type, p.recorded_at, p.actor, p.unit, p.period, p.value, p.evidence, p.reason, p.reminded
     FROM views.past_indicators p WHERE p.indicator = $1 AND ($2::bigint IS NULL OR p.position ${newestFirst ? '<' : '>'} $2)
       AND ($3::uuid IS NULL OR p.unit = $3) AND ($4::text IS NULL OR p.period = $4)
     ORDER BY p.position ${newestFirst ? 'DESC' : 'ASC'} LIMIT $5`,
    [id, after ?? null, unit ?? null, period ?? null, limit + 1],
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ recorded_at, ...row }) => ({ ...row, recordedAt: recorded_at.toISOString() })),
    nextCursor: last && rows.length > limit ? writeCursor([order, last.position]) : null,
  };
}

interface Change {
  readonly position: bigint;
  readonly at: Date;
}

/** The last change up to a time of what indicators say, or of where units stand; null where there was none. */
export const indicatorsAt = (database: Database, time: Date): Promise<Change | null> => lastChange(database, 'recorded_at', time);

/** As `indicatorsAt`, up to a position. */
export const indicatorsUpTo = (database: Database, position: bigint): Promise<Change | null> =>
  lastChange(database, 'position', String(position));

async function lastChange(database: Database, column: 'recorded_at' | 'position', value: Date | string): Promise<Change | null> {
  const last = (view: string): string =>
    `(SELECT p.position, p.recorded_at AS at FROM views.${view} p WHERE p.${column} <= $1 ORDER BY p.position DESC LIMIT 1)`;
  const { rows } = await database.pool.query<{ shown: string; at: Date }>(
    `SELECT last.position::text AS shown, last.at FROM (${last('past_indicators')} UNION ALL ${last('past_units')}) AS last
     ORDER BY last.position DESC LIMIT 1`,
    [value],
  );
  return rows[0] ? { position: BigInt(rows[0].shown), at: rows[0].at } : null;
}
