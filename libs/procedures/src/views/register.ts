import type { RecordedEvent } from '#event-store';
import { foldLine } from '#platform';
import { column, projection, table } from '#processors';
import type { RowIn } from '#processors';
import { rankOf } from '#workflow';
import { isOneOf } from '../events.js';
import type { ProcedureEvent, ProcedureEventType } from '../events.js';
import { foldCode } from '../official-code.js';
import { readCorrection } from '../read-correction.js';
import { fold, wordsOf } from './search-words.js';
import { factOf, procedureIdOf } from '../stream.js';

const registerTable = table({
  name: 'register',
  key: ['id'],
  columns: {
    id: column.uuid,
    title: column.text,
    title_sort: column.computed(column.bytewise(column.text)),
    code: column.nullable(column.text),
    /** As codes are compared; null where there is none, or it is free for another procedure. */
    code_key: column.computed(column.nullable(column.text)),
    kind: column.text,
    group: column.nullable(column.text),
    field: column.text,
    /** As fields are compared. */
    field_key: column.computed(column.text),
    owning_unit: column.uuid,
    /** 0 none, 1 confidential, 2 secret, 3 top secret. */
    classification: column.smallint,
    /** The lifecycle version that it keeps. */
    definition_id: column.text,
    definition_version: column.integer,
    stage: column.text,
    suspended: column.boolean,
    /** Taken back: its code is free. */
    withdrawn: column.boolean,
    /** The step of a reorganisation that gave it to its unit, by `transferKey`; null where none did. */
    transferred_by: column.nullable(column.text),
    revision: column.integer,
    position: column.bigint,
    registered_at: column.instant,
    registered_position: column.bigint,
    stage_since: column.instant,
    stage_position: column.bigint,
    /** Of decisions and documents, by revision: the newest ones. */
    numbers: column.json<Readonly<Record<string, string>>>(),
    search: column.computed(column.tsvector),
  },
  computed: ({ title, code, withdrawn, field, numbers }) => {
    const folded = fold(title);
    const words = wordsOf(`${folded} ${fold([code ?? '', field, ...Object.values(numbers)].join(' '))}`);
    return {
      title_sort: folded.slice(0, 200),
      code_key: code === null || withdrawn ? null : foldCode(code),
      field_key: foldLine(field),
      search: words.map((word) => `'${word}'`).join(' '),
    };
  },
  risesIn: ['revision'],
  indexes: [
    '(registered_position)',
    '(position)',
    '(title_sort, id)',
    '(stage_position)',
    '(stage, position)',
    '(owning_unit, position)',
    '(field_key, position)',
    '(definition_id, definition_version, id)',
    '(code_key) WHERE code_key IS NOT NULL',
    '(transferred_by) WHERE transferred_by IS NOT NULL',
    'USING gin (search)',
  ],
});
type Row = RowIn<typeof registerTable>;

/** Where each procedure stands now: what lists, searches and worklists find it by. */
export const register = projection({
  name: 'register',
  codeVersion: '7',
  prefixes: ['procedure-'],
  readsMetadata: false,
  table: registerTable,
  subject: ({ stream }) => procedureIdOf(stream),
  begins: ({ revision }) => revision === 0,
  rowAfter,
});

/** As the register names a step of a reorganisation. */
export const transferKey = ({ reorganisation, step }: { readonly reorganisation: string; readonly step: number }): string =>
  `${reorganisation}/${String(step)}`;

const mostNumbers = 100;

function rowAfter(before: Row | null, event: RecordedEvent, id: string): Row {
  const { revision, position, recordedAt } = event;
  if (before && revision <= before.revision) return before;
  const fact = factOf(event);
  if (fact.type === 'ProcedureRegistered') return registered(id, fact.data, event);
  if (!before) throw new Error(`Revision ${String(revision)} of procedure ${id} does not follow a registration.`);
  const { stage } = fact.data;
  const moved = before.stage !== stage;
  return {
    ...before,
    ...changeOf(fact),
    numbers: numbersAfter(before.numbers, fact, revision),
    stage,
    revision,
    position,
    stage_since: moved ? recordedAt : before.stage_since,
    stage_position: moved ? position : before.stage_position,
  };
}

function registered(id: string, data: Registration, { revision, position, recordedAt }: RecordedEvent): Row {
  return {
    id,
    title: data.title,
    code: data.code ?? null,
    kind: data.kind,
    group: data.group ?? null,
    field: data.field,
    owning_unit: data.owningUnit,
    classification: rankOf(data.classification ?? 'none'),
    definition_id: data.definition.id,
    definition_version: data.definition.version,
    stage: data.stage,
    suspended: false,
    withdrawn: false,
    transferred_by: null,
    revision,
    position,
    registered_at: recordedAt,
    registered_position: position,
    stage_since: recordedAt,
    stage_position: position,
    numbers: {},
  };
}

type Registration = Extract<ProcedureEvent, { readonly type: 'ProcedureRegistered' }>['data'];

/** With the number that an event says or corrects. */
function numbersAfter(before: Row['numbers'], fact: ProcedureEvent, revision: number): Row['numbers'] {
  if (fact.type === 'RecordCorrected') {
    const correction = readCorrection(fact.data);
    const number = correction.text('decision.number') ?? correction.text('document.number');
    return number === undefined || !Object.hasOwn(before, correction.revision) ? before : withNumber(before, correction.revision, number);
  }
  const { data } = fact;
  // Another version may have written what this one does not know.
  const { number }: { readonly number?: unknown } = ('decision' in data ? data.decision : 'document' in data ? data.document : null) ?? {};
  return typeof number === 'string' ? withNumber(before, revision, number) : before;
}

/** Names that are numbers stand in order, so that the oldest goes first. */
function withNumber(before: Row['numbers'], revision: number, number: string): Row['numbers'] {
  return Object.fromEntries(Object.entries<string>({ ...before, [revision]: number }).slice(-mostNumbers));
}

const changing = ['ProcedureSuspended', 'ProcedureResumed', 'ProcedureWithdrawn', 'ProcedureMigrated', 'ProcedureTransferred', 'RecordCorrected'] as const satisfies readonly ProcedureEventType[]; // prettier-ignore

/** What an event changes in the row besides the stage. */
function changeOf(fact: ProcedureEvent): Partial<Row> {
  if (!isOneOf(fact, changing)) return {};
  switch (fact.type) {
    case 'ProcedureSuspended':
      return { suspended: true };
    case 'ProcedureResumed':
      return { suspended: false };
    case 'ProcedureWithdrawn':
      return { withdrawn: true };
    case 'ProcedureMigrated':
      return { definition_id: fact.data.to.id, definition_version: fact.data.to.version };
    case 'ProcedureTransferred':
      return { owning_unit: fact.data.to, transferred_by: transferKey(fact.data) };
    case 'RecordCorrected': {
      const { owningUnit, definition, ...read } = readCorrection(fact.data).registration ?? {};
      return {
        ...read,
        ...(owningUnit !== undefined && { owning_unit: owningUnit }),
        ...(definition && { definition_id: definition.id, definition_version: definition.version }),
      };
    }
  }
}
