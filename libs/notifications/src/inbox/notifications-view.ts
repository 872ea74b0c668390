import type { RecordedEvent } from '#event-store';
import { isProcedureStream, procedureIdOf, readAnew } from '#procedures';
import type { ProcedureEvent } from '#procedures';
import type { AskingEvent } from '#programmes';
import { column, groupProjection, table } from '#processors';
import type { GroupOf, RowIn } from '#processors';
import { reviewTaskId } from '#worklist';
import type { InquiryEvent } from '#worklist';
import { notificationTypes, notifiedBy, speakersOf } from './notified.js';
import type { Notified, Recipient } from './notified.js';

const tables = {
  notifications: table({
    name: 'notifications',
    key: ['position'],
    subject: 'procedure',
    isWrittenOnly: true,
    columns: {
      position: column.bigint,
      event: column.uuid,
      type: column.text,
      procedure: column.nullable(column.uuid),
      task: column.nullable(column.uuid),
      at: column.instant,
      /** Who did it. */
      actor: column.uuid,
      data: column.jsonb<Notified['data']>(),
    },
    risesIn: ['position'],
    indexes: ['(event)'],
  }),
  addresses: table({
    name: 'notification_addresses',
    key: ['audience', 'target', 'position'],
    isWrittenOnly: true,
    columns: { audience: column.text, target: column.uuid, position: column.bigint },
  }),
  procedures: table({
    name: 'notification_procedures',
    key: ['id'],
    columns: {
      id: column.uuid,
      /** Of the newest event that it was learnt from. */
      revision: column.integer,
      owning_unit: column.uuid,
      /** Person ids: who proposed its publication, and who proposed its newest option; with those acted for. */
      proposers: column.uuids,
      option_proposers: column.uuids,
    },
    risesIn: ['revision'],
  }),
  /** Questions to units, with whom the answers are for. */
  questions: table({
    name: 'notification_questions',
    key: ['id'],
    subject: 'procedure',
    columns: { id: column.uuid, procedure: column.uuid, askers: column.jsonb<readonly Recipient[]>() },
  }),
  /** Inspections and boards, with whose they are, and what they ask, with of whom. */
  asking: table({
    name: 'notification_asking',
    key: ['id'],
    subject: 'giver',
    columns: { id: column.uuid, giver: column.uuid, unit: column.uuid },
  }),
};
type Group = GroupOf<typeof tables>;
type ProcedureRow = RowIn<typeof tables.procedures>;

/** Events that tell nobody anything, and without which it would not be known whom others are for. */
const teaching = [
  'ProcedureRegistered',
  'PublicationProposed',
  'OptionProposed',
  'ProcedureTransferred',
  'RecordCorrected',
  'SteeringBoardEstablished',
];
const wanted = new Set<string>([...notificationTypes, ...teaching]);

const inquiryPrefix = 'inquiry-';

/** What people are told, addressed to persons, and to roles at units whoever holds them when it is read. */
export const notificationsView = groupProjection({
  name: 'notifications',
  codeVersion: '6',
  prefixes: ['procedure-', inquiryPrefix, 'deadline-', 'claim-', 'reminder-', 'inspection-', 'board-'],
  // Nobody is told what they did themselves, and only the metadata says who it was.
  readsMetadata: true,
  tables,
  subject: ({ stream, type, data }) => {
    if (!wanted.has(type)) return null;
    const id = idOf(stream);
    if (!stream.startsWith(inquiryPrefix)) return id;
    return 'procedure' in data && typeof data.procedure === 'string' ? data.procedure : { link: id };
  },
  links: { table: 'questions', column: 'id' },
  rowsAfter: (before, event, { subject }) => withNotified(withLearnt(before, event, subject), event, before),
});

const idOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

/** @param known What was known before the event, by which it is said whom it concerns. */
function withNotified(after: Group, event: RecordedEvent, known: Group): Group {
  const { id, position, recordedAt, metadata } = event;
  const [about] = known.procedures;
  const notified = notifiedBy(event, {
    procedure: () => about && { owningUnit: about.owning_unit, proposers: about.proposers, optionProposers: about.option_proposers },
    unitOf: (asking) => known.asking.find((one) => one.id === asking)?.unit,
    question: (question) => known.questions.find((one) => one.id === question),
  });
  if (!notified || notified.addresses.length === 0 || after.notifications.some((one) => one.position === position)) return after;
  const { type, procedure, task, data, addresses } = notified;
  const row = { position, event: id, type, procedure, task, at: recordedAt, actor: metadata.actor.id, data };
  const distinct = new Map(addresses.map(({ audience, target }) => [`${audience} ${target}`, { audience, target, position }]));
  return { ...after, notifications: [...after.notifications, row], addresses: [...after.addresses, ...distinct.values()] };
}

/** With what later events will need to know of this one. */
function withLearnt(before: Group, event: RecordedEvent, procedure: string): Group {
  const { stream, revision, metadata } = event;
  const fact = event as { readonly type: string; readonly data: object };
  if (stream.startsWith(inquiryPrefix)) return withInquiry(before, idOf(stream), fact as InquiryEvent);
  if (stream.startsWith('inspection-') || stream.startsWith('board-')) return withAsking(before, procedure, fact as AskingEvent);
  if (!isProcedureStream(stream)) return before;
  const [about] = before.procedures;
  if (about && revision <= about.revision) return before;
  const { actor } = metadata;
  const after = procedureAfter(procedure, about, fact as ProcedureEvent, [
    actor.id,
    ...(actor.onBehalfOf === undefined ? [] : [actor.onBehalfOf]),
  ]);
  // Whoever may assign reviews in that place is told the answers, also a successor.
  const next =
    fact.type === 'ReviewAssigned'
      ? withQuestion(before, {
          id: reviewTaskId(procedureIdOf(stream), revision),
          procedure,
          askers: [{ audience: actor.role, target: actor.unit }],
        })
      : before;
  return after ? { ...next, procedures: [{ ...after, revision }] } : next;
}

function procedureAfter(
  id: string,
  before: ProcedureRow | undefined,
  event: ProcedureEvent,
  by: readonly string[],
): Omit<ProcedureRow, 'revision'> | null {
  if (event.type === 'ProcedureRegistered') return { id, owning_unit: event.data.owningUnit, proposers: [], option_proposers: [] };
  if (!before) return null;
  if (event.type === 'PublicationProposed') return { ...before, proposers: by };
  if (event.type === 'OptionProposed') return { ...before, option_proposers: by };
  const { owningUnit } = readAnew(event)?.registration ?? {};
  return owningUnit === undefined ? null : { ...before, owning_unit: owningUnit };
}

function withInquiry(before: Group, id: string, event: InquiryEvent): Group {
  if (event.type === 'ConsultationOpened')
    return withQuestion(before, { id, procedure: event.data.procedure, askers: speakersOf([event.data.by]) });
  if (event.type === 'ObstacleRaised')
    return withQuestion(before, { id, procedure: event.data.procedure, askers: speakersOf([event.data.unit]) });
  return before;
}

function withAsking(before: Group, giver: string, event: AskingEvent): Group {
  const learnt =
    event.type === 'InspectionAnnounced'
      ? { id: giver, unit: event.data.by }
      : event.type === 'SteeringBoardEstablished'
        ? { id: giver, unit: event.data.unit }
        : event.type === 'RecommendationMade'
          ? { id: event.data.recommendation.id, unit: event.data.recommendation.owner }
          : null;
  if (!learnt || before.asking.some(({ id }) => id === learnt.id)) return before;
  return { ...before, asking: [...before.asking, { ...learnt, giver }] };
}

function withQuestion(before: Group, question: Group['questions'][number]): Group {
  return before.questions.some(({ id }) => id === question.id) ? before : { ...before, questions: [...before.questions, question] };
}
