import { uuidv5 } from '#event-store';
import type { RecordedEvent } from '#event-store';
import { correctedEvent, factOf, isOneOf, procedureIdOf, readCorrection } from '#procedures';
import type { ProcedureEvent, ProcedureEventType } from '#procedures';
import { column, groupProjection, table } from '#processors';
import type { GroupOf, RowIn } from '#processors';
import type { InquiryEvent } from './inquiry.js';
import type { TaskKind } from './task-queries.js';

/** Working days before it is due on which units are reminded, unless whoever asks says otherwise. */
const usualRemindBefore = 2;

const namespace = '7d6f0a3c-4f5e-5b1a-8c0d-2e9b7a6f1c34';

/** The id of the tasks that a revision of a procedure gave to units. */
export const reviewTaskId = (procedure: string, revision: number): string => uuidv5(namespace, `${procedure}@${String(revision)}`);

type AssignedReview = Extract<ProcedureEvent, { type: 'ReviewAssigned' }>['data'];
type Correction = Extract<ProcedureEvent, { type: 'RecordCorrected' }>['data'];

const tables = {
  tasks: table({
    name: 'tasks',
    key: ['id', 'unit'],
    subject: 'procedure',
    columns: {
      id: column.uuid,
      unit: column.uuid,
      kind: column.text,
      procedure: column.uuid,
      by: column.nullable(column.uuid),
      question: column.nullable(column.text),
      due_on: column.nullable(column.date),
      answer: column.nullable(column.text),
      closed: column.boolean,
      close_reason: column.nullable(column.text),
      position: column.bigint,
      asked_at: column.instant,
      answered_at: column.nullable(column.instant),
      /** Days before it is due on which it is reminded of; the occasions that have been. */
      remind_before: column.smallint,
      reminded: column.texts,
      reminded_at: column.nullable(column.instant),
    },
    indexes: ['(unit, position)', '(unit, due_on) WHERE answered_at IS NULL AND NOT closed'],
  }),
  /** As they read after corrections, and the revision of the newest of these. */
  assignedReviews: table({
    name: 'assigned_reviews',
    key: ['id'],
    subject: 'procedure',
    columns: { id: column.uuid, procedure: column.uuid, data: column.jsonb<AssignedReview>(), revision: column.integer },
  }),
  /** Whether the newest option abolishes the procedure, and whether it has ended; revision is of the newest event that said so. */
  askedProcedures: table({
    name: 'asked_procedures',
    key: ['id'],
    columns: {
      id: column.uuid,
      option_revision: column.nullable(column.integer),
      abolishes: column.boolean,
      ended: column.boolean,
      revision: column.integer,
    },
  }),
};
type Group = GroupOf<typeof tables>;
type Task = RowIn<typeof tables.tasks>;

const inquiryPrefix = 'inquiry-';

/** The question to units about a classified procedure that is asked by the event, by id; null for none. What follows in its stream does not say what it is about. */
export function askedInSecret(
  { stream, revision, type, data }: Pick<RecordedEvent, 'stream' | 'revision' | 'type' | 'data'>,
  isClassified: (procedure: string) => boolean,
): string | null {
  if (type === 'ReviewAssigned') {
    const procedure = procedureIdOf(stream);
    return isClassified(procedure) ? reviewTaskId(procedure, revision) : null;
  }
  const { procedure } = data as { readonly procedure?: unknown };
  const isAsked = stream.startsWith(inquiryPrefix) && typeof procedure === 'string' && isClassified(procedure);
  return isAsked ? stream.slice(inquiryPrefix.length) : null;
}

/** Everything that units are asked: to review and propose options, for an opinion, or to answer an obstacle. */
export const tasks = groupProjection({
  name: 'tasks',
  codeVersion: '4',
  prefixes: ['procedure-', inquiryPrefix],
  // A unit that proposes an option has answered, and only the metadata says which unit it was.
  readsMetadata: true,
  tables,
  subject: (event) => {
    const { stream, type, data } = event;
    if (!stream.startsWith(inquiryPrefix)) return isOneOf(factOf(event), telling) ? procedureIdOf(stream) : null;
    if (!inquiring.some((one) => one === type)) return null;
    // What opens a question says which procedure it is about; what follows names the question.
    return 'procedure' in data && typeof data.procedure === 'string' ? data.procedure : { link: stream.slice(inquiryPrefix.length) };
  },
  links: { table: 'tasks', column: 'id' },
  rowsAfter: (before, event, { subject }) =>
    event.stream.startsWith(inquiryPrefix) ? afterInquiry(before, event, subject) : afterFact(before, event, subject),
});

/** What is said of a procedure that opens, answers or ends what is asked about it. */
const telling = [
  'ReviewAssigned', 'OptionProposed', 'ProcedureSimplified', 'ProcedureAbolished', 'ProcedureWithdrawn', 'RecordCorrected',
] as const satisfies readonly ProcedureEventType[]; // prettier-ignore

const inquiring = [
  'ConsultationOpened', 'ObstacleRaised', 'InquiryAnswered', 'InquiryClosed', 'InquiryReminded',
] as const satisfies readonly InquiryEvent['type'][]; // prettier-ignore

function afterInquiry(before: Group, event: RecordedEvent, procedure: string): Group {
  const id = event.stream.slice(inquiryPrefix.length);
  const { type, data } = { type: event.type, data: event.data } as unknown as InquiryEvent;
  switch (type) {
    case 'ConsultationOpened': {
      const { by, units, question, dueOn, remindBefore } = data;
      return asked(before, event, { id, units, kind: 'consultation', procedure, by, question, dueOn, remindBefore });
    }
    case 'ObstacleRaised': {
      const { unit, lead, description } = data;
      return asked(before, event, { id, units: [lead], kind: 'obstacle', procedure, by: unit, question: description, dueOn: null });
    }
    case 'InquiryAnswered':
      return answered(before, event, data.answer ?? null, (task) => task.id === id && task.unit === data.unit);
    case 'InquiryClosed':
      return changed(
        before,
        (task) => task.id === id && task.answered_at === null,
        (task) => ({ ...task, closed: true, close_reason: data.reason ?? null }),
      );
    case 'InquiryReminded':
      return changed(
        before,
        (task) => task.id === id && data.units.includes(task.unit),
        (task) => reminded(task, data.occasion, event.recordedAt),
      );
  }
}

function afterFact(before: Group, event: RecordedEvent, procedure: string): Group {
  const fact = factOf(event);
  if (!isOneOf(fact, telling)) return before;
  const { type, data } = fact;
  const { revision, metadata } = event;
  const [about] = before.askedProcedures;
  switch (type) {
    case 'ReviewAssigned': {
      const id = reviewTaskId(procedure, revision);
      if (before.assignedReviews.some((review) => review.id === id)) return before;
      const assignedReviews = [...before.assignedReviews, { id, procedure, data, revision }];
      return askedForReview({ ...before, assignedReviews }, event, { id, procedure, data });
    }
    case 'OptionProposed': {
      if (about && about.revision >= revision) return before;
      const next = answered(before, event, data.option.content, ({ kind, unit }) => kind === 'review' && unit === metadata.actor.unit);
      const abolishes = data.option.type === 'abolish';
      return withProcedure(next, { id: procedure, option_revision: revision, abolishes, ended: about?.ended ?? false, revision });
    }
    case 'ProcedureSimplified':
      return about?.abolishes === true && about.revision < revision ? ended(withProcedure(before, { ...about, ended: true })) : before;
    case 'ProcedureAbolished':
    case 'ProcedureWithdrawn': {
      const fresh = { id: procedure, option_revision: null, abolishes: false, revision };
      return ended(about?.ended === true ? before : withProcedure(before, { ...(about ?? fresh), ended: true }));
    }
    case 'RecordCorrected':
      return withCorrectedOption(withCorrectedReview(before, event, procedure, data), data, revision);
  }
}

/** What is asked about a procedure that had ended in that moment is closed at once; whoever is asked already stays so. */
function asked(
  before: Group,
  { position, recordedAt }: RecordedEvent,
  question: {
    readonly id: string;
    readonly units: readonly string[];
    readonly kind: TaskKind;
    readonly procedure: string;
    readonly by: string | null;
    readonly question: string | null;
    readonly dueOn: string | null;
    readonly remindBefore?: number | undefined;
  },
): Group {
  const { id, units, kind, procedure, by, dueOn, remindBefore = usualRemindBefore } = question;
  const known = new Set(before.tasks.filter((task) => task.id === id).map(({ unit }) => unit));
  const fresh = units
    .filter((unit) => !known.has(unit))
    .map((unit): Task => ({
      ...{ id, unit, kind, procedure, by, question: question.question, due_on: dueOn, answer: null },
      ...{ closed: before.askedProcedures[0]?.ended === true, close_reason: null, position, asked_at: recordedAt, answered_at: null },
      ...{ remind_before: remindBefore, reminded: [], reminded_at: null },
    }));
  return fresh.length === 0 ? before : { ...before, tasks: [...before.tasks, ...fresh] };
}

function askedForReview(
  before: Group,
  event: RecordedEvent,
  { id, procedure, data }: { readonly id: string; readonly procedure: string; readonly data: AssignedReview },
): Group {
  const { units, dueOn, note = null } = data;
  return asked(before, event, { id, units, kind: 'review', procedure, by: null, question: note, dueOn });
}

function answered(before: Group, { recordedAt }: RecordedEvent, answer: string | null, isMeant: (task: Task) => boolean): Group {
  return changed(
    before,
    (task) => task.answered_at === null && !task.closed && isMeant(task),
    (task) => ({ ...task, answer, answered_at: recordedAt }),
  );
}

function reminded(task: Task, occasion: string, at: string): Task {
  return {
    ...task,
    reminded: [...task.reminded.filter((one) => one !== occasion), occasion],
    reminded_at: task.reminded_at !== null && task.reminded_at > at ? task.reminded_at : at,
  };
}

/** Closes what waits. */
function ended(before: Group): Group {
  return changed(
    before,
    (task) => task.answered_at === null && !task.closed,
    (task) => ({ ...task, closed: true }),
  );
}

/** Units that should have been asked are asked now; those that should not are asked no more, unless they have answered. */
function withCorrectedReview(before: Group, event: RecordedEvent, procedure: string, correction: Correction): Group {
  const { revision } = event;
  const id = reviewTaskId(procedure, correction.revision);
  const review = before.assignedReviews.find((one) => one.id === id && one.revision < revision);
  const after = review && correctedEvent({ type: 'ReviewAssigned', data: review.data }, correction);
  if (after?.type !== 'ReviewAssigned') return before;
  const { data } = after;
  const next = {
    ...before,
    assignedReviews: before.assignedReviews.map((one) => (one === review ? { id, procedure, data, revision } : one)),
    tasks: before.tasks
      .filter((task) => task.id !== id || task.answered_at !== null || data.units.includes(task.unit))
      .map((task) => (task.id === id ? { ...task, due_on: data.dueOn, question: data.note ?? null } : task)),
  };
  return askedForReview(next, event, { id, procedure, data });
}

function withCorrectedOption(before: Group, correction: Correction, revision: number): Group {
  const type = readCorrection(correction).text('option.type');
  const [about] = before.askedProcedures;
  if (type === undefined || !about || about.option_revision !== correction.revision || about.revision >= revision) return before;
  return withProcedure(before, { ...about, abolishes: type === 'abolish', revision });
}

const withProcedure = (before: Group, about: Group['askedProcedures'][number]): Group => ({ ...before, askedProcedures: [about] });

function changed(before: Group, isMeant: (task: Task) => boolean, change: (task: Task) => Task): Group {
  return before.tasks.some(isMeant) ? { ...before, tasks: before.tasks.map((task) => (isMeant(task) ? change(task) : task)) } : before;
}
