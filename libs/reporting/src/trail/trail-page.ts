import type { Actor } from '#event-store';
import type { Database } from '#platform';
import { refusedType, registerView, searchQuery } from '#procedures';
import { readCursor, writeCursor } from '#processors';
import type { Page } from '#processors';
import { clearanceRankOf } from '#workflow';
import type { Sight } from '#workflow';
import { actionOfType } from './action-of-type.js';

/** What came of it; `failed` is what nobody was let in by. */
export const trailResults = ['accepted', 'refused', 'failed'] as const;
export type TrailResult = (typeof trailResults)[number];

const failedTypes: readonly string[] = ['SignInFailed', 'SignInLocked', 'RefreshTokenReused'];

/** An event as the trail shows it. */
export interface TrailItem {
  /** Decimal. */
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
  readonly type: string;
  readonly action: string;
  readonly result: TrailResult;
  readonly actor: Omit<Actor, 'commitment'>;
  readonly procedure: { readonly id: string; readonly title: string } | null;
  /** Codes of a refusal; empty for anything else. */
  readonly unmet: readonly string[];
  /** A few words of what it says. */
  readonly about: string;
}

export interface TrailQuestion {
  /** Only what that may see. */
  readonly sight: Pick<Sight, 'clearance'>;
  /** Person ids: who acted, or was acted for. (Default: anybody) */
  readonly actor?: string | undefined;
  /** Unit ids: in a role of one of these. (Default: of any) */
  readonly units?: readonly string[] | undefined;
  readonly procedure?: string | undefined;
  /** About one of these procedures, or in a role of one of these units. (Default: about anything) */
  readonly concerning?: { readonly procedures: readonly string[]; readonly units: readonly string[] } | undefined;
  /** No newer than this one. (Default: to the newest) */
  readonly upTo?: bigint | undefined;
  readonly types?: readonly string[] | undefined;
  readonly actions?: readonly string[] | undefined;
  readonly results?: readonly TrailResult[] | undefined;
  /** Recorded then or later, and before that. */
  readonly from?: Date | undefined;
  readonly before?: Date | undefined;
  /** Words of the event itself, of the procedure's title, or of the name of one of `named`. */
  readonly q?: string | undefined;
  /** Ids of the people whose names have the words. (Default: nobody) */
  readonly named?: readonly string[] | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

interface Row {
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  readonly recorded_at: Date;
  readonly type: string;
  readonly action: string;
  readonly actor: string;
  readonly actor_version: number;
  readonly role: string;
  readonly unit: string | null;
  readonly on_behalf_of: string | null;
  readonly procedure: string | null;
  readonly title: string | null;
  readonly unmet: readonly string[];
  readonly about: string;
}

/** Procedures by whose titles events are found. */
const mostTitled = 1_000;
/** By so much an event may stand before another one that was recorded earlier: a clock is set, a log is moved. */
const skew = "interval '5 minutes'";

/** A page of the trail, the newest first. @throws InvalidCursor */
export async function trailPage(database: Database, { cursor, limit, ...question }: TrailQuestion): Promise<Page<TrailItem>> {
  const after = cursor === undefined ? undefined : readCursor(cursor, 'trail', 1)[0];
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const conditions = conditionsOf(question, parameter);
  if (after !== undefined) conditions.push(`t.position < ${parameter(after)}`);
  const { rows } = await database.pool.query<Row>(
    `SELECT t.position, t.stream, t.revision, t.recorded_at, t.type, t.action, t.actor, t.actor_version, t.role, t.unit, t.on_behalf_of, t.procedure, r.title, t.unmet, t.about
     FROM views.trail t LEFT JOIN ${registerView} r ON r.id = t.procedure
     WHERE ${conditions.join(' AND ')} ORDER BY t.position DESC LIMIT ${parameter(limit + 1)}`,
    values,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(itemOf),
    nextCursor: rows.length > limit && last ? writeCursor(['trail', last.position]) : null,
  };
}

/** Which of these procedures something is recorded about in a period, refusals among it. */
export async function proceduresTouched(
  database: Database,
  procedures: readonly string[],
  period: Pick<TrailQuestion, 'from' | 'before'>,
): Promise<ReadonlySet<string>> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const conditions = [`t.procedure = ANY (${parameter(procedures)}::uuid[])`, ...ofPeriod(period, parameter)];
  const { rows } = await database.pool.query<{ procedure: string }>(
    `SELECT DISTINCT t.procedure FROM views.trail t WHERE ${conditions.join(' AND ')}`,
    values,
  );
  return new Set(rows.map(({ procedure }) => procedure));
}

function conditionsOf(
  {
    sight,
    actor,
    units,
    procedure,
    concerning,
    upTo,
    types,
    actions,
    results,
    from,
    before,
    q,
    named = [],
  }: Omit<TrailQuestion, 'cursor' | 'limit'>,
  parameter: (value: unknown) => string,
): string[] {
  const cleared = parameter(clearanceRankOf(sight.clearance));
  return [
    // What the register does not have yet may be classified.
    `(t.procedure IS NULL OR r.classification <= ${cleared})`,
    `(t.named = '{}' OR NOT EXISTS (SELECT FROM ${registerView} n WHERE n.id = ANY (t.named) AND n.classification > ${cleared}))`,
    ...(actor === undefined ? [] : [`(t.actor = ${parameter(actor)} OR t.on_behalf_of = ${parameter(actor)})`]),
    ...(units === undefined ? [] : [`t.unit = ANY (${parameter(units)}::uuid[])`]),
    ...(procedure === undefined ? [] : [`t.procedure = ${parameter(procedure)}`]),
    ...(concerning === undefined
      ? []
      : [`(t.procedure = ANY (${parameter(concerning.procedures)}::uuid[]) OR t.unit = ANY (${parameter(concerning.units)}::uuid[]))`]),
    ...(upTo === undefined ? [] : [`t.position <= ${parameter(String(upTo))}`]),
    ...ofTypes(types, parameter),
    ...(actions === undefined ? [] : [`t.action = ANY (${parameter(actions)}::text[])`]),
    ...ofResults(results, parameter),
    ...ofPeriod({ from, before }, parameter),
    ...ofWords(q, named, parameter),
  ];
}

function ofTypes(types: readonly string[] | undefined, parameter: (value: unknown) => string): readonly string[] {
  if (types === undefined) return [];
  const isOne = `t.type = ANY (${parameter(types)}::text[])`;
  // A refusal has the action that was refused; of all others the type tells it, by which they are found.
  return types.includes(refusedType) ? [isOne] : [isOne, `t.action = ANY (${parameter(types.map(actionOfType))}::text[])`];
}

function ofResults(results: readonly TrailResult[] | undefined, parameter: (value: unknown) => string): readonly string[] {
  if (results === undefined || trailResults.every((one) => results.includes(one))) return [];
  const each: Readonly<Record<TrailResult, () => string>> = {
    accepted: () => `(t.type <> '${refusedType}' AND t.type <> ALL (${parameter(failedTypes)}::text[]))`,
    refused: () => `t.type = '${refusedType}'`,
    // By the action, too, which the type tells: by that they are found.
    failed: () =>
      `(t.type = ANY (${parameter(failedTypes)}::text[]) AND t.action = ANY (${parameter(failedTypes.map(actionOfType))}::text[]))`,
  };
  return [`(${results.map((one) => each[one]()).join(' OR ')})`];
}

/** The list goes by positions; where a period begins and ends among them is looked up by time, so that what is newer is not read through. */
function ofPeriod({ from, before }: Pick<TrailQuestion, 'from' | 'before'>, parameter: (value: unknown) => string): readonly string[] {
  const conditions: string[] = [];
  if (from) {
    const at = `${parameter(from)}::timestamptz`;
    const first = `SELECT e.position FROM views.trail e WHERE e.recorded_at >= ${at} - ${skew} ORDER BY e.recorded_at LIMIT 1`;
    conditions.push(`t.recorded_at >= ${at}`, `t.position >= (${first})`);
  }
  if (before) {
    const at = `${parameter(before)}::timestamptz`;
    const last = `SELECT e.position FROM views.trail e WHERE e.recorded_at < ${at} + ${skew} ORDER BY e.recorded_at DESC LIMIT 1`;
    conditions.push(`t.recorded_at < ${at}`, `t.position <= (${last})`);
  }
  return conditions;
}

function ofWords(q: string | undefined, named: readonly string[], parameter: (value: unknown) => string): readonly string[] {
  if (q === undefined) return [];
  const query = searchQuery(q);
  if (query === null) return ['false'];
  const words = `${parameter(query)}::tsquery`;
  const titled = `SELECT id FROM ${registerView} WHERE search @@ ${words} LIMIT ${String(mostTitled)}`;
  return [`(t.search @@ ${words} OR t.procedure = ANY (ARRAY(${titled})) OR t.actor = ANY (${parameter(named)}::uuid[]))`];
}

function itemOf(row: Row): TrailItem {
  const { position, stream, revision, recorded_at, type, action, role, unit, on_behalf_of, procedure, title, unmet, about } = row;
  return {
    ...{ position, stream, revision, type, action, unmet, about },
    recordedAt: recorded_at.toISOString(),
    result: type === refusedType ? 'refused' : failedTypes.includes(type) ? 'failed' : 'accepted',
    actor: {
      id: row.actor,
      version: row.actor_version,
      role,
      unit: unit ?? '',
      ...(on_behalf_of !== null && { onBehalfOf: on_behalf_of }),
    },
    procedure: procedure === null ? null : { id: procedure, title: title ?? '' },
  };
}
