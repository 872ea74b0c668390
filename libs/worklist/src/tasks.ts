import { uuidv5 } from '#event-store';
import type { RecordedEvent } from '#event-store';
import type { Transaction } from '#platform';
import type { TableName, View } from '#processors';
import { correctedEvent, isOneOf, factOf, procedureIdOf } from '#procedures';
import type { OptionContent, ProcedureEvent, ProcedureEventType } from '#procedures';
import type { InquiryEvent } from './inquiry.js';
import type { TaskKind } from './task-queries.js';

/** Working days before it is due on which units are reminded, unless whoever asks says otherwise. */
const usualRemindBefore = 2;

const namespace = '7d6f0a3c-4f5e-5b1a-8c0d-2e9b7a6f1c34';

/** The id of the tasks that a revision of a procedure gave to units. */
export const reviewTaskId = (procedure: string, revision: number): string => uuidv5(namespace, `${procedure}@${String(revision)}`);

/** Everything that units are asked: to review and propose options, for an opinion, or to answer an obstacle. */
export const tasks: View = {
  name: 'tasks',
  codeVersion: '3',
  prefixes: ['procedure-', 'inquiry-'],
  // A unit that proposes an option has answered, and only the metadata says which unit it was.
  readsMetadata: true,
  tables: ['tasks', 'assigned_reviews', 'asked_procedures'],
  create: async (transaction, table) => {
    await transaction.query(`
      CREATE TABLE ${table('tasks')} (
        id uuid, unit uuid, kind text NOT NULL, procedure uuid NOT NULL, "by" uuid, question text, due_on date,
        answer text, closed boolean NOT NULL, close_reason text, position bigint NOT NULL,
        asked_at timestamptz(3) NOT NULL, answered_at timestamptz(3),
        -- Days before it is due on which it is reminded of; the occasions that have been.
        remind_before smallint NOT NULL, reminded text[] NOT NULL, reminded_at timestamptz(3),
        PRIMARY KEY (id, unit)
      );
      -- As they read after corrections, and the revision of the newest of these.
      CREATE TABLE ${table('assigned_reviews')} (id uuid PRIMARY KEY, data jsonb NOT NULL, revision integer NOT NULL);
      -- Whether the newest option abolishes the procedure, and whether it has ended; revision is of the newest event that said so.
      CREATE TABLE ${table('asked_procedures')} (
        id uuid PRIMARY KEY, option_revision integer, abolishes boolean NOT NULL, ended boolean NOT NULL, revision integer NOT NULL
      );
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
      for (const event of events) await new Applying(transaction, table, event).apply();
    },
    forget: () => undefined,
  }),
};

/** What is said of a procedure that opens, answers or ends what is asked about it. */
const telling = [
  'ReviewAssigned', 'OptionProposed', 'ProcedureSimplified', 'ProcedureAbolished', 'ProcedureWithdrawn', 'RecordCorrected',
] as const satisfies readonly ProcedureEventType[]; // prettier-ignore

/** One event, written into the tables. */
class Applying {
  constructor(
    private readonly transaction: Transaction,
    private readonly table: TableName,
    private readonly event: RecordedEvent,
  ) {}

  async apply(): Promise<void> {
    const { stream, type, data } = this.event;
    if (stream.startsWith('inquiry-')) return this.inquiry(stream.slice('inquiry-'.length), { type, data } as unknown as InquiryEvent);
    return this.procedure(procedureIdOf(stream), factOf(this.event));
  }

  private async inquiry(id: string, { type, data }: InquiryEvent): Promise<void> {
    switch (type) {
      case 'ConsultationOpened': {
        const { procedure, by, units, question, dueOn, remindBefore } = data;
        return this.ask({ id, units, kind: 'consultation', procedure, by, question, dueOn, remindBefore });
      }
      case 'ObstacleRaised': {
        const { procedure, unit, lead, description } = data;
        return this.ask({ id, units: [lead], kind: 'obstacle', procedure, by: unit, question: description, dueOn: null });
      }
      case 'InquiryAnswered':
        return this.answer('id = $3 AND unit = $4', data.answer ?? null, [id, data.unit]);
      case 'InquiryClosed':
        return this.write(`UPDATE ${this.table('tasks')} SET closed = true, close_reason = $2 WHERE id = $1 AND answered_at IS NULL`, [
          id,
          data.reason ?? null,
        ]);
      case 'InquiryReminded':
        return this.write(
          `UPDATE ${this.table('tasks')} SET reminded = array_append(array_remove(reminded, $3), $3), reminded_at = greatest(reminded_at, $4)
           WHERE id = $1 AND unit = ANY ($2::uuid[])`,
          [id, [...data.units], data.occasion, this.event.recordedAt],
        );
    }
  }

  private async procedure(id: string, fact: ProcedureEvent): Promise<void> {
    if (!isOneOf(fact, telling)) return;
    const { type, data } = fact;
    const { revision, metadata } = this.event;
    switch (type) {
      case 'ReviewAssigned':
        return this.assign(id, data);
      case 'OptionProposed':
        await this.answer(`kind = 'review' AND procedure = $3 AND unit = $4`, data.option.content, [id, metadata.actor.unit]);
        return this.write(
          `INSERT INTO ${this.table('asked_procedures')} AS p VALUES ($1, $2, $3, false, $2)
           ON CONFLICT (id) DO UPDATE SET option_revision = $2, abolishes = $3, revision = $2 WHERE p.revision < $2`,
          [id, revision, data.option.type === 'abolish'],
        );
      case 'ProcedureSimplified':
        return this.end(`UPDATE ${this.table('asked_procedures')} SET ended = true WHERE id = $1 AND abolishes AND revision < $2`, id);
      case 'ProcedureAbolished':
      case 'ProcedureWithdrawn':
        return this.end(
          `INSERT INTO ${this.table('asked_procedures')} VALUES ($1, NULL, false, true, $2) ON CONFLICT (id) DO UPDATE SET ended = true`,
          id,
        );
      case 'RecordCorrected':
        await this.correctReview(id, data);
        return this.correctOption(id, data);
    }
  }

  /** What is asked about a procedure that had ended in that moment is closed at once. */
  private async ask(task: {
    id: string;
    units: readonly string[];
    kind: TaskKind;
    procedure: string;
    by: string | null;
    question: string | null;
    dueOn: string | null;
    remindBefore?: number | undefined;
  }): Promise<void> {
    const { position, recordedAt } = this.event;
    const { id, kind, procedure, by, question, dueOn, remindBefore = usualRemindBefore, units } = task;
    await this.write(
      `INSERT INTO ${this.table('tasks')}
       SELECT $1, unit, $2, $3, $4, $5, $6, NULL, EXISTS (SELECT FROM ${this.table('asked_procedures')} p WHERE p.id = $3 AND p.ended), NULL,
         $7, $8, NULL, $9, '{}', NULL
       FROM unnest($10::uuid[]) AS unit ON CONFLICT DO NOTHING`,
      [id, kind, procedure, by, question, dueOn, String(position), recordedAt, remindBefore, [...units]],
    );
  }

  private answer(where: string, text: string | null, values: readonly unknown[]): Promise<void> {
    return this.write(
      `UPDATE ${this.table('tasks')} SET answer = $1, answered_at = $2 WHERE answered_at IS NULL AND NOT closed AND ${where}`,
      [text, this.event.recordedAt, ...values],
    );
  }

  /** Closes what waits where the statement finds that the procedure has ended. */
  private end(ended: string, procedure: string): Promise<void> {
    return this.write(
      `WITH ended AS (${ended} RETURNING id)
       UPDATE ${this.table('tasks')} SET closed = true FROM ended WHERE procedure = ended.id AND answered_at IS NULL`,
      [procedure, this.event.revision],
    );
  }

  private async assign(procedure: string, { units, dueOn, note }: Assigned): Promise<void> {
    const { revision } = this.event;
    const id = reviewTaskId(procedure, revision);
    const { rows } = await this.transaction.query(
      `INSERT INTO ${this.table('assigned_reviews')} VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id`,
      [id, JSON.stringify({ units, dueOn, note }), revision],
    );
    if (rows.length > 0) await this.askForReview(id, procedure, { units, dueOn, note });
  }

  private askForReview(id: string, procedure: string, { units, dueOn, note }: Assigned): Promise<void> {
    return this.ask({ id, units, kind: 'review', procedure, by: null, question: note ?? null, dueOn });
  }

  /** Units that should have been asked are asked now; those that should not are asked no more, unless they have answered. */
  private async correctReview(procedure: string, correction: Correction): Promise<void> {
    const { revision } = this.event;
    const id = reviewTaskId(procedure, correction.revision);
    const { rows } = await this.transaction.query<{ data: Extract<ProcedureEvent, { type: 'ReviewAssigned' }>['data'] }>(
      `SELECT data FROM ${this.table('assigned_reviews')} WHERE id = $1 AND revision < $2`,
      [id, revision],
    );
    const [before] = rows;
    const after = before && correctedEvent({ type: 'ReviewAssigned', data: before.data }, correction);
    if (after?.type !== 'ReviewAssigned') return;
    const { units, dueOn, note } = after.data;
    await this.write(`UPDATE ${this.table('assigned_reviews')} SET data = $2, revision = $3 WHERE id = $1`, [
      id,
      JSON.stringify(after.data),
      revision,
    ]);
    await this.write(`DELETE FROM ${this.table('tasks')} WHERE id = $1 AND answered_at IS NULL AND unit <> ALL ($2::uuid[])`, [
      id,
      [...units],
    ]);
    await this.write(`UPDATE ${this.table('tasks')} SET due_on = $2, question = $3 WHERE id = $1`, [id, dueOn, note ?? null]);
    await this.askForReview(id, procedure, { units, dueOn, note });
  }

  private async correctOption(procedure: string, { revision, changes }: Correction): Promise<void> {
    const type = changes['option.type'] ?? (changes.option as OptionContent | undefined)?.type;
    if (type === undefined) return;
    await this.write(
      `UPDATE ${this.table('asked_procedures')} SET abolishes = $4, revision = $3 WHERE id = $1 AND option_revision = $2 AND revision < $3`,
      [procedure, revision, this.event.revision, type === 'abolish'],
    );
  }

  private async write(statement: string, values: readonly unknown[]): Promise<void> {
    await this.transaction.query(statement, [...values]);
  }
}

type Assigned = Pick<Extract<ProcedureEvent, { type: 'ReviewAssigned' }>['data'], 'units' | 'dueOn'> & {
  readonly note?: string | undefined;
};
type Correction = Extract<ProcedureEvent, { type: 'RecordCorrected' }>['data'];
