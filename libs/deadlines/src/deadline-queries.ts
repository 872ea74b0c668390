import type { Database } from '#platform';
import { WorkingDays, endOfDay } from '#workflow';
import type { Calendar, Sight } from '#workflow';
import { instantsOf } from './clocks.js';
import type { Clock, Firing } from './clocks.js';
import type { DueDeadline } from './deadline-events.js';
import { dueIn, dueRanges } from './due-ranges.js';
import type { DueBounds, DueRange } from './due-ranges.js';
import { conditionsOf, ownerColumn, registerView } from '#procedures';
import type { ProcedureFilters, Restated } from '#procedures';
import { InvalidCursor, cursorValues, writeCursor } from '#processors';
import type { Page } from '#processors';

/** The view of deadlines, for rooms that join it to their own. */
export const deadlinesView = 'views.deadlines';
/** How each stood after each event that changed that. */
export const pastDeadlinesView = 'views.past_deadlines';

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
  readonly key: string;
}

/** One page of deadlines that run, the next due first, those without a due date last. @throws InvalidCursor */
export async function listDeadlines(
  database: Database,
  options: {
    /** What the reader may see; nothing else is shown. */
    readonly sight: Sight;
    /** (Default: all) */
    readonly states?: readonly DeadlineState[] | undefined;
    /** Owned by one of these. (Default: any) */
    readonly units?: readonly string[] | undefined;
    /** Due in that range of working days. (Default: any) */
    readonly due?: { readonly range: DueRange; readonly bounds: DueBounds } | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<Page<DeadlineItem>> {
  const { sight, states = deadlineStates, units, due: asked, cursor, limit } = options;
  const values: unknown[] = [limit + 1];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const conditions = conditionsOf({ sight, units }, parameter);
  if (asked) conditions.push(dueIn(asked.range, asked.bounds, parameter));
  if (cursor !== undefined) {
    const [due, id] = readDeadlineCursor(cursor);
    conditions.push(`(coalesce(d.due_at, 'infinity'), d.id) > (${parameter(due)}::timestamptz, ${parameter(id)}::uuid)`);
  }
  // Each state is read in order from its part of the index, so that few missed ones are found among many that are open.
  const parts = states.map(
    (state) => `(SELECT d.id, d.procedure, r.title, d.owning_unit AS "owningUnit", d.clock, d.due_at, d.state, d.stopped,
         d.calendar_version AS "calendarVersion", coalesce(d.due_at, 'infinity') AS sort
       FROM views.deadlines d JOIN ${registerView} r ON r.id = d.procedure
       WHERE ${[`d.state = '${state}'`, ...conditions].join(' AND ')} ORDER BY d.state, coalesce(d.due_at, 'infinity'), d.id LIMIT $1)`,
  );
  const { rows } = await database.pool.query<ItemRow>(
    `SELECT d.*, d.sort::text AS key FROM (${parts.join(' UNION ALL ')}) AS d ORDER BY d.sort, d.id LIMIT $1`,
    values,
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(toItem), nextCursor: last && rows.length > limit ? writeCursor(['due', last.key, last.id]) : null };
}

/** How many deadlines of a unit run, by how far off they are due. */
export interface DueCounts extends Readonly<Record<DueRange, number>> {
  /** Unit id. */
  readonly unit: string;
  readonly running: number;
}

type Parameter = (value: unknown) => string;

const nowRunning: (parameter: Parameter) => string = () =>
  `views.deadlines d JOIN ${registerView} r ON r.id = d.procedure AND d.state IN (${deadlineStates.map((state) => `'${state}'`).join(', ')})`;

/**
 * Counts deadlines that run by owning unit and by how far off they are due.
 *
 * @param among What stands after FROM: deadlines `d` that run, and where their procedures belong, `r`. (Default: as they stand)
 */
export async function dueCounts(
  database: Database,
  { bounds, ...filters }: Omit<ProcedureFilters, 'q' | 'stage'> & Restated & { readonly bounds: DueBounds },
  among = nowRunning,
): Promise<readonly DueCounts[]> {
  const values: unknown[] = [];
  const parameter: Parameter = (value) => `$${String(values.push(value))}`;
  const counts = dueRanges.map((range) => `count(*) FILTER (WHERE ${dueIn(range, bounds, parameter)})::integer AS "${range}"`);
  const { rows } = await database.pool.query<DueCounts>(
    `SELECT ${ownerColumn(filters, parameter)} AS unit, ${counts.join(', ')}, count(*)::integer AS running
     FROM ${among(parameter)} WHERE ${['true', ...conditionsOf(filters, parameter)].join(' AND ')} GROUP BY 1 ORDER BY 1`,
    values,
  );
  return rows;
}

function readDeadlineCursor(cursor: string): readonly [string, string] {
  const [order, due, id] = cursorValues(cursor);
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

/** What would become of due dates that are open if they were computed anew by another version of their calendar. */
export interface RecomputedDueDates {
  readonly unchanged: number;
  readonly earlier: number;
  readonly later: number;
  /** Without one until now, because its calendar did not know the time. */
  readonly dated: number;
  /** Of the earlier ones, those that would be past at once. */
  readonly past: number;
}

const countedAtOnce = 5_000;

/** Counts them, and changes nothing. */
export async function recomputedDueDates(
  database: Database,
  calendar: Calendar,
  { sight, today }: { readonly sight: Sight; readonly today: string },
): Promise<RecomputedDueDates> {
  const counting = new WorkingDays(calendar);
  const counts = { unchanged: 0, earlier: 0, later: 0, dated: 0, past: 0 };
  const todayEnds = endOfDay(today).toISOString();
  for (let from: readonly unknown[] = ['00000000-0000-0000-0000-000000000000', 0, '']; ;) {
    const values: unknown[] = [calendar.id, ...from, countedAtOnce];
    const seen = conditionsOf({ sight }, (value) => `$${String(values.push(value))}`);
    const { rows } = await database.pool.query<{ readonly procedure: string; readonly clock: Clock; readonly due_at: Date | null }>(
      `SELECT d.procedure, d.clock, d.due_at FROM views.deadlines d JOIN ${registerView} r ON r.id = d.procedure
       WHERE ${["d.calendar = $1 AND d.state IN ('open', 'warned') AND NOT d.stopped", ...seen].join(' AND ')}
         AND (d.procedure, d.start_revision, d.rule) > ($2, $3, $4) ORDER BY d.procedure, d.start_revision, d.rule LIMIT $5`,
      values,
    );
    for (const { clock, due_at } of rows) {
      const [before, after] = [due_at?.toISOString() ?? null, instantsOf(clock, counting).missed];
      if (after === before) counts.unchanged++;
      else if (before === null) counts.dated++;
      else if (after === null || after > before) counts.later++;
      else {
        counts.earlier++;
        if (after < todayEnds) counts.past++;
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < countedAtOnce) return counts;
    from = [last.procedure, last.clock.startRevision, last.clock.rule];
  }
}

/** The deadline of a procedure that asks for somebody first. */
export interface NextDeadline extends Pick<DeadlineItem, 'action' | 'stage' | 'dueAt' | 'state' | 'stopped'> {
  /** By which it is counted; null where every day counts. */
  readonly calendar: string | null;
}

/** Of each procedure the running deadline that is due next, by id; one that stands still only where no other runs. */
export async function nextDeadlines(database: Database, procedures: readonly string[]): Promise<ReadonlyMap<string, NextDeadline>> {
  const { rows } = await database.pool.query<Pick<ItemRow, 'procedure' | 'clock' | 'due_at' | 'state' | 'stopped'>>(
    `SELECT DISTINCT ON (procedure) procedure, clock, due_at, state, stopped FROM ${deadlinesView}
     WHERE procedure = ANY ($1::uuid[]) AND state IN ('open', 'warned', 'missed')
     ORDER BY procedure, coalesce(due_at, 'infinity'), id`,
    [procedures],
  );
  return new Map(
    rows.map(({ procedure, clock, due_at, state, stopped }) => {
      const { action, stage, calendar } = clock.deadline;
      return [procedure, { action, stage, dueAt: due_at?.toISOString() ?? null, state, stopped, calendar }];
    }),
  );
}

/** A deadline of one procedure, one that runs or one of its past. */
export interface DeadlineRun extends Omit<DeadlineItem, 'procedure' | 'title' | 'owningUnit' | 'state'> {
  /** `met` in time or `late`; `dropped` when there was nothing to be done any more. */
  readonly state: DeadlineState | 'met' | 'late' | 'dropped';
  /** The date on which it was done or dropped; null while it runs. */
  readonly endedOn: string | null;
}

/** Every running of a deadline of the procedure, in the order in which they started. */
export async function deadlinesOfProcedure(database: Database, procedure: string): Promise<readonly DeadlineRun[]> {
  const { rows } = await database.pool.query<RunRow>(
    `SELECT clock, due_at, state, stopped, calendar_version AS "calendarVersion" FROM views.deadlines
     WHERE procedure = $1 ORDER BY start_revision, rule`,
    [procedure],
  );
  return rows.map(({ clock, due_at, state, stopped, calendarVersion }) => ({
    ...{ action: clock.deadline.action, stage: clock.deadline.stage, startedAt: clock.startedAt, dueAt: due_at?.toISOString() ?? null },
    ...{ state, stopped, escalated: clock.fired.includes('escalated'), endedOn: clock.ended?.on ?? null, calendarVersion },
  }));
}

interface RunRow extends Pick<DeadlineRun, 'state' | 'stopped' | 'calendarVersion'> {
  readonly clock: Clock;
  readonly due_at: Date | null;
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
