import type { Database } from '#platform';
import { registerView } from '#procedures';
import { classifications, clearanceRankOf } from '#workflow';
import type { Classification, Sight } from '#workflow';
import { InvalidCursor, readCursor, writeCursor } from '#processors';
import type { Page } from '#processors';

export const taskKinds = ['review', 'consultation', 'obstacle'] as const;
export type TaskKind = (typeof taskKinds)[number];
export const taskStates = ['open', 'overdue', 'answered', 'closed'] as const;
export type TaskState = (typeof taskStates)[number];
/** Of a question: who is to answer it, or who waits for the answer. */
export const taskSides = ['asked', 'asking'] as const;
export type TaskSide = (typeof taskSides)[number];

/** What one unit is asked about one procedure. */
export interface Task {
  /** Of the inquiry, the same for every unit that is asked. */
  readonly id: string;
  readonly kind: TaskKind;
  /** Procedure id. */
  readonly procedure: string;
  readonly title: string;
  /** Of the procedure. */
  readonly classification: Classification;
  /** Unit ids: who is to answer, and who asked; null for the authority that assigned a review. */
  readonly unit: string;
  readonly by: string | null;
  readonly question: string | null;
  /** Null for an obstacle. */
  readonly dueOn: string | null;
  readonly state: TaskState;
  readonly answer: string | null;
  /** ISO 8601 UTC. */
  readonly askedAt: string;
  readonly answeredAt: string | null;
  /** When the unit was reminded last. */
  readonly remindedAt: string | null;
  /** Why it was closed, where whoever closed it said so. */
  readonly closeReason: string | null;
}

interface TaskRow extends Omit<Task, 'classification' | 'state' | 'askedAt' | 'answeredAt' | 'remindedAt' | 'closeReason'> {
  readonly rank: number;
  readonly closed: boolean;
  readonly overdue: boolean;
  readonly asked_at: Date;
  readonly answered_at: Date | null;
  readonly reminded_at: Date | null;
  readonly close_reason: string | null;
  readonly position: string;
}

/** How many consultations were opened about the procedure, or obstacles raised with it, and how many units were asked; by one unit where it is named. */
export async function inquiriesAbout(
  database: Database,
  procedure: string,
  kind: Exclude<TaskKind, 'review'>,
  by?: string,
): Promise<{ readonly inquiries: number; readonly units: number }> {
  const { rows } = await database.pool.query<{ inquiries: number; units: number }>(
    `SELECT count(DISTINCT id)::integer AS inquiries, count(*)::integer AS units FROM views.tasks
     WHERE procedure = $1 AND kind = $2 AND ($3::uuid IS NULL OR "by" = $3)`,
    [procedure, kind, by ?? null],
  );
  return rows[0] ?? { inquiries: 0, units: 0 };
}

/** What can be chosen among; without units, what is asked of anybody. */
export interface TaskFilters {
  /** Those who are to answer, or who asked; a side leaves the others out. Who owns the procedure counts as asking for a review that an authority assigned. */
  readonly units?: readonly string[] | null;
  readonly side?: TaskSide | undefined;
  readonly procedure?: string | undefined;
  readonly kind?: TaskKind | undefined;
  readonly state?: TaskState | undefined;
  /** The date in Vietnam, by which it is overdue. */
  readonly today: string;
  /** How secret a procedure may be for the reader. */
  readonly clearance: Sight['clearance'];
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const conditions: Readonly<Record<TaskState, string>> = {
  open: 't.answered_at IS NULL AND NOT t.closed',
  overdue: 't.answered_at IS NULL AND NOT t.closed AND t.due_on < $1::date',
  answered: 't.answered_at IS NOT NULL',
  closed: 't.answered_at IS NULL AND t.closed',
};

const sides: Readonly<Record<TaskSide, string>> = {
  asked: 't.unit = ANY ($5)',
  asking: `(t."by" = ANY ($5) OR (t."by" IS NULL AND r.owning_unit = ANY ($5)))`,
};

/** One page of tasks, oldest first. @throws InvalidCursor */
export async function listTasks(database: Database, filters: TaskFilters): Promise<Page<Task>> {
  const { units = null, side, procedure, kind, state, today, clearance, cursor, limit } = filters;
  const after = cursor === undefined ? ['-1', null] : placeIn(cursor);
  const { rows } = await database.pool.query<TaskRow>(
    `SELECT t.id, t.kind, t.procedure, r.title, r.classification AS rank, t.unit, t."by", t.question, t.due_on::text AS "dueOn", t.answer, t.closed,
       t.due_on IS NOT NULL AND t.due_on < $1::date AS overdue, t.asked_at, t.answered_at, t.reminded_at, t.close_reason, t.position
     FROM views.tasks t JOIN ${registerView} r ON r.id = t.procedure
     WHERE r.classification <= $2 AND t.position >= $3 AND (t.position > $3 OR t.unit > $4::uuid)
       AND ($5::uuid[] IS NULL OR ${side === undefined ? `t.unit = ANY ($5) OR t."by" = ANY ($5)` : sides[side]}) AND ($6::uuid IS NULL OR t.procedure = $6)
       AND ($7::text IS NULL OR t.kind = $7) AND ${state === undefined ? 'true' : conditions[state]}
     ORDER BY t.position, t.unit LIMIT $8`,
    [today, clearanceRankOf(clearance), ...after, units, procedure ?? null, kind ?? null, limit + 1],
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toTask),
    nextCursor: last && rows.length > limit ? writeCursor(['tasks', last.position, last.unit]) : null,
  };
}

/** The position and the unit of the last task that was shown; the units of one question share a position. */
function placeIn(cursor: string): readonly string[] {
  const place = readCursor(cursor, 'tasks', 2);
  if (!/^\d{1,18}$/.test(place[0] ?? '')) throw new InvalidCursor('The cursor is not one of this list.');
  return place;
}

/** The procedure that each inquiry or assigned review is about, by the id of its tasks; one that the view does not know is left out. */
export async function inquiredProcedures(database: Database, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await database.pool.query<{ id: string; procedure: string }>(
    'SELECT DISTINCT id, procedure FROM views.tasks WHERE id = ANY ($1::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, procedure }) => [id, procedure]));
}

/** The inquiries and assigned reviews that are about these procedures, by the id of their tasks. */
export async function inquiriesInto(database: Database, procedures: readonly string[]): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ id: string }>('SELECT DISTINCT id FROM views.tasks WHERE procedure = ANY ($1::uuid[])', [
    procedures,
  ]);
  return rows.map(({ id }) => id);
}

/** Whether any of these units is or was asked something about the procedure. */
export async function isAskedAbout(database: Database, procedure: string, units: readonly string[]): Promise<boolean> {
  const { rows } = await database.pool.query('SELECT FROM views.tasks WHERE procedure = $1 AND unit = ANY ($2::uuid[]) LIMIT 1', [
    procedure,
    units,
  ]);
  return rows.length > 0;
}

function toTask({ closed, overdue, asked_at, answered_at, reminded_at, close_reason: closeReason, ...row }: TaskRow): Task {
  const { id, kind, procedure, title, rank, unit, by, question, dueOn, answer } = row;
  // One that this version does not know is as secret as can be.
  const classification = classifications[rank] ?? 'topSecret';
  const state = answered_at ? 'answered' : closed ? 'closed' : overdue ? 'overdue' : 'open';
  const [askedAt, answeredAt] = [asked_at.toISOString(), answered_at?.toISOString() ?? null];
  const remindedAt = reminded_at?.toISOString() ?? null;
  return {
    ...{ id, kind, procedure, title, classification, unit, by, question, dueOn, state, answer },
    ...{ askedAt, answeredAt, remindedAt, closeReason },
  };
}
