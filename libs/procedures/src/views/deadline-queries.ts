import type { Database } from '#platform';
import type { Clock, Firing } from '../clocks.js';
import type { DueDeadline } from '../deadline-events.js';
import { InvalidCursor, writeCursor } from './queries.js';
import type { Page } from './queries.js';

/** How a deadline that still runs stands. */
export const deadlineStates = ['open', 'warned', 'missed'] as const;
export type DeadlineState = (typeof deadlineStates)[number];

/** A running deadline as lists show it. */
export interface DeadlineItem {
  /** Procedure id. */
  readonly procedure: string;
  readonly title: string;
  /** Unit id. */
  readonly owningUnit: string;
  /** What has to be done in time; null where it is a stay in a stage. */
  readonly action: string | null;
  /** The stage whose stay is limited; null for the limit of an action. */
  readonly stage: string | null;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  /** ISO 8601 UTC; null while it stands still, and where its calendar does not cover the time. */
  readonly dueAt: string | null;
  readonly state: DeadlineState;
  /** Whether it stands still. */
  readonly stopped: boolean;
  /** Whether it became an event that it was missed long ago. */
  readonly escalated: boolean;
  /** Null where every day counts. */
  readonly calendarVersion: number | null;
}

interface ItemRow extends Omit<DeadlineItem, 'action' | 'stage' | 'startedAt' | 'dueAt' | 'escalated'> {
  readonly id: string;
  readonly clock: Clock;
  readonly due_at: Date | null;
  readonly sort: string;
}

/** One page of deadlines that run, the next due first, those without a due date last. @throws InvalidCursor */
export async function listDeadlines(
  database: Database,
  options: {
    /** (Default: all) */
    readonly states?: readonly DeadlineState[] | undefined;
    /** Owned by one of these. (Default: any) */
    readonly units?: readonly string[] | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<Page<DeadlineItem>> {
  const { states = deadlineStates, units, cursor, limit } = options;
  const values: unknown[] = [states, limit + 1];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const conditions = [`d.state IN ('open', 'warned', 'missed')`, 'd.state = ANY ($1)'];
  if (units !== undefined) conditions.push(`d.owning_unit = ANY (${parameter(units)}::uuid[])`);
  if (cursor !== undefined) {
    const [due, id] = readDeadlineCursor(cursor);
    conditions.push(`(coalesce(d.due_at, 'infinity'), d.id) > (${parameter(due)}::timestamptz, ${parameter(id)}::uuid)`);
  }
  const { rows } = await database.pool.query<ItemRow>(
    `SELECT d.id, d.procedure, r.title, d.owning_unit AS "owningUnit", d.clock, d.due_at, d.state, d.stopped, d.calendar_version AS "calendarVersion",
       coalesce(d.due_at, 'infinity')::text AS sort
     FROM views.deadlines d JOIN views.register r ON r.id = d.procedure
     WHERE ${conditions.join(' AND ')} ORDER BY coalesce(d.due_at, 'infinity'), d.id LIMIT $2`,
    values,
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(toItem), nextCursor: last && rows.length > limit ? writeCursor(['due', last.sort, last.id]) : null };
}

function readDeadlineCursor(cursor: string): readonly [string, string] {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    values = null;
  }
  const [order, due, id] = Array.isArray(values) ? (values as unknown[]) : [];
  const isGood =
    order === 'due' &&
    typeof due === 'string' &&
    /^(infinity|\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:\d{2})?)$/.test(due) &&
    (due === 'infinity' || !Number.isNaN(Date.parse(due))) &&
    typeof id === 'string' &&
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  if (!isGood) throw new InvalidCursor('The cursor is not one of this list.');
  return [due, id];
}

function toItem({ clock, due_at, ...row }: ItemRow): DeadlineItem {
  const { procedure, title, owningUnit, state, stopped, calendarVersion } = row;
  const { action, stage } = clock.deadline;
  return {
    ...{ procedure, title, owningUnit, action, stage },
    startedAt: clock.startedAt,
    dueAt: due_at?.toISOString() ?? null,
    ...{ state, stopped, escalated: clock.fired.includes('escalated'), calendarVersion },
  };
}

interface DueRow {
  readonly id: string;
  readonly procedure: string;
  readonly clock: Clock;
  readonly due_at: Date;
  readonly next_firing: Firing;
  readonly next_at: Date;
  readonly deadline_revision: number;
  readonly definition: string;
  readonly definition_version: number;
}

/** What becomes an event at that time or did not before, in order of time. */
export async function dueDeadlines(database: Database, now: Date, limit: number): Promise<readonly DueDeadline[]> {
  const { rows } = await database.pool.query<DueRow>(
    `SELECT d.id, d.procedure, d.clock, d.due_at, d.next_firing, d.next_at, p.deadline_revision, p.definition, p.definition_version
     FROM views.deadlines d JOIN views.timed_procedures p ON p.id = d.procedure
     WHERE d.next_at <= $1 ORDER BY d.next_at, d.id LIMIT $2`,
    [now, limit],
  );
  return rows.map(({ id, procedure, clock, due_at, next_firing, next_at, ...row }) => {
    const { rule, startRevision, startedAt, deadline, calendarVersion } = clock;
    const { action, stage, calendar } = deadline;
    return {
      id,
      firing: next_firing,
      deadlineRevision: row.deadline_revision,
      definition: { id: row.definition, version: row.definition_version },
      data: {
        procedure,
        rule,
        ...(action !== null && { action }),
        ...(stage !== null && { stage }),
        startRevision,
        startedAt,
        dueAt: due_at.toISOString(),
        at: next_at.toISOString(),
        ...(calendar !== null && calendarVersion !== null && { calendar: { id: calendar, version: calendarVersion } }),
      },
    };
  });
}
