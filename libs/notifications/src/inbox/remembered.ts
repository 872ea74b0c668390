import type { RecordedEvent } from '#event-store';
import type { Transaction } from '#platform';
import type { TableName } from '#processors';
import { reviewTaskId } from '#worklist';
import type { InquiryEvent } from '#worklist';
import { readCorrection } from '#procedures';
import type { ProcedureEvent } from '#procedures';
import { speakersOf } from './notified.js';
import type { Recipient, Known, ConcernedPeople, KnownQuestion } from './notified.js';

interface RememberedProcedure extends ConcernedPeople {
  readonly id: string;
  /** Of the newest event that it was learnt from. */
  readonly revision: number;
}

interface RememberedQuestion extends KnownQuestion {
  readonly id: string;
}

/** What the view remembers of procedures and questions, as far as a batch of events needs it. */
export class Remembered implements Known {
  private readonly procedures = new Map<string, RememberedProcedure>();
  private readonly questions = new Map<string, RememberedQuestion>();
  private readonly learnt = new Set<RememberedProcedure['id']>();

  private constructor(private readonly table: TableName) {}

  /** Reads what the events refer to. */
  static async of(transaction: Transaction, table: TableName, events: readonly RecordedEvent[]): Promise<Remembered> {
    const remembered = new Remembered(table);
    const ids = { procedure: new Set<string>(), inquiry: new Set<string>() };
    for (const { stream } of events) (stream.startsWith('inquiry-') ? ids.inquiry : ids.procedure).add(idOf(stream));
    const procedures = await transaction.query<RememberedProcedure>(
      `SELECT id, revision, owning_unit AS "owningUnit", proposers, option_proposers AS "optionProposers"
       FROM ${table('notification_procedures')} WHERE id = ANY ($1::uuid[])`,
      [[...ids.procedure]],
    );
    for (const row of procedures.rows) remembered.procedures.set(row.id, row);
    if (ids.inquiry.size === 0) return remembered;
    const questions = await transaction.query<RememberedQuestion>(
      `SELECT id, procedure, askers FROM ${table('notification_questions')} WHERE id = ANY ($1::uuid[])`,
      [[...ids.inquiry]],
    );
    for (const row of questions.rows) remembered.questions.set(row.id, row);
    return remembered;
  }

  procedure(id: string): ConcernedPeople | undefined {
    return this.procedures.get(id);
  }

  question(id: string): KnownQuestion | undefined {
    return this.questions.get(id);
  }

  /** What later events will need to know of this one. */
  learn(event: RecordedEvent): void {
    const { stream, revision } = event;
    const fact = event as { readonly type: string; readonly data: object };
    if (stream.startsWith('inquiry-')) this.learnInquiry(idOf(stream), fact as InquiryEvent);
    if (stream.startsWith('procedure-')) this.learnProcedure(idOf(stream), revision, fact as ProcedureEvent, event.metadata.actor);
  }

  async save(transaction: Transaction): Promise<void> {
    const procedures = [...this.learnt].flatMap((id) => this.procedures.get(id) ?? []);
    if (procedures.length > 0)
      await transaction.query(
        `INSERT INTO ${this.table('notification_procedures')} AS p
         SELECT r.* FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, revision integer, "owningUnit" uuid, proposers uuid[], "optionProposers" uuid[])
         ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, owning_unit = excluded.owning_unit, proposers = excluded.proposers, option_proposers = excluded.option_proposers
         WHERE p.revision < excluded.revision`,
        [JSON.stringify(procedures)],
      );
    if (this.questions.size > 0)
      await transaction.query(
        `INSERT INTO ${this.table('notification_questions')}
         SELECT r.* FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, procedure uuid, askers jsonb) ON CONFLICT DO NOTHING`,
        [JSON.stringify([...this.questions.values()])],
      );
  }

  private learnInquiry(id: string, event: InquiryEvent): void {
    if (event.type === 'ConsultationOpened') this.asked(id, event.data.procedure, speakersOf([event.data.by]));
    if (event.type === 'ObstacleRaised') this.asked(id, event.data.procedure, speakersOf([event.data.unit]));
  }

  private learnProcedure(id: string, revision: number, event: ProcedureEvent, actor: RecordedEvent['metadata']['actor']): void {
    const before = this.procedures.get(id);
    if (before && revision <= before.revision) return;
    const after = this.procedureAfter(id, before, event, [actor.id, ...(actor.onBehalfOf === undefined ? [] : [actor.onBehalfOf])]);
    // Whoever may assign reviews in that place is told the answers, also a successor.
    if (event.type === 'ReviewAssigned') this.asked(reviewTaskId(id, revision), id, [{ audience: actor.role, target: actor.unit }]);
    if (!after) return;
    this.procedures.set(id, { ...after, revision });
    this.learnt.add(id);
  }

  private procedureAfter(
    id: string,
    before: RememberedProcedure | undefined,
    event: ProcedureEvent,
    by: readonly string[],
  ): Omit<RememberedProcedure, 'revision'> | null {
    if (event.type === 'ProcedureRegistered') return { id, owningUnit: event.data.owningUnit, proposers: [], optionProposers: [] };
    if (event.type === 'PublicationProposed' && before) return { ...before, proposers: by };
    if (event.type === 'RecordCorrected' && before) {
      const { owningUnit } = readCorrection(event.data).registration ?? {};
      return owningUnit === undefined ? null : { ...before, owningUnit };
    }
    return event.type === 'OptionProposed' && before ? { ...before, optionProposers: by } : null;
  }

  private asked(id: string, procedure: string, askers: readonly Recipient[]): void {
    this.questions.set(id, { id, procedure, askers });
  }
}

const idOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);
