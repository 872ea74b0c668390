import { uuidv5 } from '#event-store';
import type { RecordedEvent } from '#event-store';
import type { Database, Transaction } from '#platform';
import type { TableName, View } from '#processors';
import { rankOf } from '#workflow';
import type { Sight } from '#workflow';
import type { InquiryEvent } from '../inquiry.js';
import { factOf, procedureIdOf } from './stream.js';

export const taskKinds = ['review', 'consultation', 'obstacle'] as const;
export type TaskKind = (typeof taskKinds)[number];
export const taskStates = ['open', 'overdue', 'answered', 'closed'] as const;
export type TaskState = (typeof taskStates)[number];

/** What one unit is asked about one procedure. */
export interface Task {
  /** Of the inquiry, the same for every unit that is asked. */
  readonly id: string;
  readonly kind: TaskKind;
  /** Procedure id. */
  readonly procedure: string;
  readonly title: string;
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
}

/** Working days before it is due on which units are reminded, unless whoever asks says otherwise. */
const usualRemindBefore = 2;

const namespace = '7d6f0a3c-4f5e-5b1a-8c0d-2e9b7a6f1c34';

/** The id of the tasks that a revision of a procedure gave to units. */
export const reviewTaskId = (procedure: string, revision: number): string => uuidv5(namespace, `${procedure}@${String(revision)}`);

/** Everything that units are asked: to review and propose options, for an opinion, or to answer an obstacle. */
export const tasks: View = {
  name: 'tasks',
  codeVersion: '2',
  prefixes: ['procedure-', 'inquiry-'],
  // A unit that proposes an option has answered, and only the metadata says which unit it was.
  readsMetadata: true,
  tables: ['tasks'],
  create: async (transaction, table) => {
    await transaction.query(`
      CREATE TABLE ${table('tasks')} (
        id uuid, unit uuid, kind text NOT NULL, procedure uuid NOT NULL, "by" uuid, question text, due_on date,
        answer text, closed boolean NOT NULL, position bigint NOT NULL,
        asked_at timestamptz(3) NOT NULL, answered_at timestamptz(3),
        -- Days before it is due on which it is reminded of; the occasions that have been.
        remind_before smallint NOT NULL, reminded text[] NOT NULL, reminded_at timestamptz(3),
        PRIMARY KEY (id, unit)
      )
    `);
  },
  index: async (transaction, table) => {
    await transaction.query(`
      CREATE INDEX ON ${table('tasks')} (procedure);
      CREATE INDEX ON ${table('tasks')} (unit, position);
      CREATE INDEX ON ${table('tasks')} (unit, due_on) WHERE answered_at IS NULL AND NOT closed;
    `);
  },
  writer: (table) => ({
    apply: async (transaction, events) => {
      for (const event of events) await applyOne(transaction, table, event);
    },
    forget: () => undefined,
  }),
};

async function applyOne(transaction: Transaction, table: TableName, event: RecordedEvent): Promise<void> {
  const { stream, position, recordedAt, revision } = event;
  const ask = async (task: {
    id: string;
    units: readonly string[];
    kind: TaskKind;
    procedure: string;
    by: string | null;
    question: string | null;
    dueOn: string | null;
    remindBefore?: number | undefined;
  }): Promise<void> => {
    const { id, kind, procedure, by, question, dueOn, remindBefore = usualRemindBefore, units } = task;
    await transaction.query(
      `INSERT INTO ${table('tasks')} SELECT $1, unit, $2, $3, $4, $5, $6, NULL, false, $7, $8, NULL, $9, '{}', NULL
       FROM unnest($10::uuid[]) AS unit ON CONFLICT DO NOTHING`,
      [id, kind, procedure, by, question, dueOn, String(position), recordedAt, remindBefore, [...units]],
    );
  };
  const answer = async (where: string, text: string | null, values: readonly unknown[]): Promise<void> => {
    await transaction.query(
      `UPDATE ${table('tasks')} SET answer = $1, answered_at = $2 WHERE answered_at IS NULL AND NOT closed AND ${where}`,
      [text, recordedAt, ...values],
    );
  };
  if (stream.startsWith('inquiry-')) {
    const id = stream.slice('inquiry-'.length);
    const { type, data } = event as { type: string; data: object } as InquiryEvent;
    switch (type) {
      case 'ConsultationOpened': {
        const { procedure, by, units, question, dueOn, remindBefore } = data;
        return ask({ id, units, kind: 'consultation', procedure, by, question, dueOn, remindBefore });
      }
      case 'ObstacleRaised': {
        const { procedure, unit, lead, description } = data;
        return ask({ id, units: [lead], kind: 'obstacle', procedure, by: unit, question: description, dueOn: null });
      }
      case 'InquiryAnswered':
        return answer('id = $3 AND unit = $4', data.answer ?? null, [id, data.unit]);
      case 'InquiryClosed':
        await transaction.query(`UPDATE ${table('tasks')} SET closed = true WHERE id = $1 AND answered_at IS NULL`, [id]);
        return;
      case 'InquiryReminded':
        await transaction.query(
          `UPDATE ${table('tasks')} SET reminded = array_append(array_remove(reminded, $3), $3), reminded_at = greatest(reminded_at, $4)
           WHERE id = $1 AND unit = ANY ($2::uuid[])`,
          [id, [...data.units], data.occasion, recordedAt],
        );
    }
    return;
  }
  const procedure = procedureIdOf(stream);
  const { type, data } = factOf(event);
  switch (type) {
    case 'ReviewAssigned': {
      const { units, dueOn, note = null } = data;
      return ask({ id: reviewTaskId(procedure, revision), units, kind: 'review', procedure, by: null, question: note, dueOn });
    }
    case 'OptionProposed':
      return answer(`kind = 'review' AND procedure = $3 AND unit = $4`, data.option.content, [procedure, event.metadata.actor.unit]);
    case 'ProcedureAbolished':
    case 'ProcedureWithdrawn':
      await transaction.query(`UPDATE ${table('tasks')} SET closed = true WHERE procedure = $1 AND answered_at IS NULL`, [procedure]);
      return;
    default:
      return;
  }
}

interface TaskRow extends Omit<Task, 'state' | 'askedAt' | 'answeredAt' | 'remindedAt'> {
  readonly closed: boolean;
  readonly overdue: boolean;
  readonly asked_at: Date;
  readonly answered_at: Date | null;
  readonly reminded_at: Date | null;
  readonly position: string;
}

/** What can be chosen among; without units, what is asked of anybody. */
export interface TaskFilters {
  /** Those who are to answer, or who asked. */
  readonly units?: readonly string[] | null;
  readonly procedure?: string | undefined;
  readonly kind?: TaskKind | undefined;
  readonly state?: TaskState | undefined;
  /** The date in Vietnam, by which it is overdue. */
  readonly today: string;
  /** How secret a procedure may be for the reader. */
  readonly clearance: Sight['clearance'];
  /** Tasks asked after this position, decimal. */
  readonly after?: string | undefined;
  readonly limit: number;
}

const conditions: Readonly<Record<TaskState, string>> = {
  open: 't.answered_at IS NULL AND NOT t.closed',
  overdue: 't.answered_at IS NULL AND NOT t.closed AND t.due_on < $1::date',
  answered: 't.answered_at IS NOT NULL',
  closed: 't.answered_at IS NULL AND t.closed',
};

/** Tasks, oldest first, with the position to go on after; null on the last page. */
export async function listTasks(
  database: Database,
  filters: TaskFilters,
): Promise<{ readonly items: readonly Task[]; readonly next: string | null }> {
  const { units = null, procedure, kind, state, today, clearance, after = '-1', limit } = filters;
  const { rows } = await database.pool.query<TaskRow>(
    `SELECT t.id, t.kind, t.procedure, r.title, t.unit, t."by", t.question, t.due_on::text AS "dueOn", t.answer, t.closed,
       t.due_on IS NOT NULL AND t.due_on < $1::date AS overdue, t.asked_at, t.answered_at, t.reminded_at, t.position
     FROM views.tasks t JOIN views.register r ON r.id = t.procedure
     WHERE r.classification <= $2 AND t.position > $3
       AND ($4::uuid[] IS NULL OR t.unit = ANY ($4) OR t."by" = ANY ($4)) AND ($5::uuid IS NULL OR t.procedure = $5)
       AND ($6::text IS NULL OR t.kind = $6) AND ${state === undefined ? 'true' : conditions[state]}
     ORDER BY t.position, t.unit LIMIT $7`,
    [today, rankOf(clearance), after, units, procedure ?? null, kind ?? null, limit + 200],
  );
  // The units of one question share a position and stay on one page.
  const full = rows.length > limit ? rows.findIndex((row, index) => index >= limit && row.position !== rows[index - 1]?.position) : -1;
  const shown = full === -1 ? rows : rows.slice(0, full);
  return { items: shown.map(toTask), next: full === -1 ? null : (shown.at(-1)?.position ?? null) };
}

/** The procedure that each inquiry or assigned review is about, by the id of its tasks; one that the view does not know is left out. */
export async function inquiredProcedures(database: Database, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await database.pool.query<{ id: string; procedure: string }>(
    'SELECT DISTINCT id, procedure FROM views.tasks WHERE id = ANY ($1::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, procedure }) => [id, procedure]));
}

/** Whether any of these units is or was asked something about the procedure. */
export async function isAskedAbout(database: Database, procedure: string, units: readonly string[]): Promise<boolean> {
  const { rows } = await database.pool.query('SELECT FROM views.tasks WHERE procedure = $1 AND unit = ANY ($2::uuid[]) LIMIT 1', [
    procedure,
    units,
  ]);
  return rows.length > 0;
}

function toTask({ closed, overdue, asked_at, answered_at, reminded_at, ...row }: TaskRow): Task {
  const { id, kind, procedure, title, unit, by, question, dueOn, answer } = row;
  const state = answered_at ? 'answered' : closed ? 'closed' : overdue ? 'overdue' : 'open';
  const [askedAt, answeredAt] = [asked_at.toISOString(), answered_at?.toISOString() ?? null];
  const remindedAt = reminded_at?.toISOString() ?? null;
  return { id, kind, procedure, title, unit, by, question, dueOn, state, answer, askedAt, answeredAt, remindedAt };
}
