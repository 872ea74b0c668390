import { isDeepStrictEqual } from 'node:util';
import type { RecordedEvent } from '#event-store';
import { factOf, isOneOf, readCorrection } from '#procedures';
import type { OptionContent, ProcedureEvent, ProcedureEventType, ReadCorrection } from '#procedures';
import { rankOf } from '#workflow';
import { placeAfter, placeIn, placeOf } from '../place.js';
import type { Place } from '../place.js';

/** Dates on paper by the revisions of the events that have them. */
type Dates = Readonly<Record<string, string>>;

/** What the results of a review say of a procedure, whatever options it has. */
export interface ReviewedProcedure extends Place {
  readonly procedure: string;
  /** Of the newest event that changed anything of it. */
  readonly changed: number;
  /** From which position on it reads so. */
  readonly position: bigint;
  readonly registered_position: bigint;
  readonly code: string | null;
  readonly title: string;
  readonly field: string;
  readonly definition_id: string;
  readonly definition_version: number;
  /** Of the newest decision that published it; it may cover many. */
  readonly published: number | null;
  readonly publication_number: string | null;
  readonly publication_on: string | null;
  /** By when its units are asked for options. */
  readonly assigned: number | null;
  readonly due_on: string | null;
  /** Of the last return or suspension while no option was open, and by which revision. */
  readonly reason: string | null;
  readonly reasoned: number | null;
  readonly happened: Dates;
}

interface AmendedDocument {
  readonly title: string;
  readonly number: string | null;
}

/** What they say of one of its options. */
export interface ReviewOption {
  readonly procedure: string;
  /** Its place among the options of the procedure, from 0. */
  readonly number: number;
  readonly changed: number;
  readonly position: bigint;
  readonly option: string;
  /** Of the event that proposed it. */
  readonly revision: number;
  readonly status: string;
  readonly type: string;
  readonly content: string;
  readonly documents: readonly AmendedDocument[];
  readonly roadmap: string | null;
  /** Đồng a year. */
  readonly before: bigint;
  readonly after: bigint;
  readonly saving: bigint;
  readonly cut_percent: string | null;
  readonly checked: number | null;
  /** Of the event that approved it. */
  readonly approved: number | null;
  readonly decision_number: string | null;
  readonly decision_on: string | null;
  readonly implemented: number | null;
  readonly document_title: string | null;
  readonly document_number: string | null;
  readonly document_on: string | null;
  readonly reason: string | null;
  readonly reasoned: number | null;
  readonly happened: Dates;
}

interface Results {
  readonly procedures: readonly ReviewedProcedure[];
  /** In order of their numbers. */
  readonly options: readonly ReviewOption[];
  readonly formerProcedures: readonly (ReviewedProcedure & Until)[];
  readonly formerOptions: readonly (ReviewOption & Until)[];
}

/** At which position it began to read otherwise. */
interface Until {
  readonly until_position: bigint;
}

const telling = [
  'ProcedureRegistered', 'ProcedurePublished', 'PublicationReturned', 'ReviewAssigned', 'ProcedureSuspended', 'ProcedureMigrated', 'ProcedureTransferred', 'OptionProposed',
  'OptionQualityChecked', 'OptionReturned', 'OptionApproved', 'OptionRejected', 'ProcedureSimplified', 'RecordCorrected',
] as const satisfies readonly ProcedureEventType[]; // prettier-ignore
type Telling = Extract<ProcedureEvent, { readonly type: (typeof telling)[number] }>;

export const tells = (event: RecordedEvent): boolean => isOneOf(factOf(event), telling);

/** Characters of a text that are kept, and items of a list. */
const mostText = 500;
const mostDocuments = 10;
const mostDates = 50;

/** The results after the event; the same object where it changes nothing, as when it comes again. */
export function resultsAfter(before: Results, event: RecordedEvent, procedure: string): Results {
  const fact = factOf(event);
  const { revision, position } = event;
  const [known] = before.procedures;
  if (!isOneOf(fact, telling)) return before;
  if (!known)
    return fact.type === 'ProcedureRegistered' ? { ...before, procedures: [registered(procedure, fact.data, event)] } : failed(event);
  if (revision <= known.changed || before.options.some(({ changed }) => revision <= changed)) return before;
  const after = changed({ procedure: known, options: before.options }, fact, event);
  const stamp = { changed: revision, position };
  const procedures = after.procedure === known ? before.procedures : [{ ...after.procedure, ...stamp }];
  const options = after.options.map((option, index) => (option === before.options[index] ? option : { ...option, ...stamp }));
  const replaced = before.options.filter((option, index) => option !== after.options[index]);
  if (procedures === before.procedures && options.length === before.options.length && replaced.length === 0) return before;
  return {
    ...{ procedures, options },
    formerProcedures:
      procedures === before.procedures ? before.formerProcedures : [...before.formerProcedures, { ...known, until_position: position }],
    formerOptions: [...before.formerOptions, ...replaced.map((option) => ({ ...option, until_position: position }))],
  };
}

function failed({ stream, revision }: RecordedEvent): never {
  throw new Error(`Revision ${String(revision)} of ${stream} does not follow a registration.`);
}

function registered(
  procedure: string,
  data: Extract<ProcedureEvent, { readonly type: 'ProcedureRegistered' }>['data'],
  { revision, position }: RecordedEvent,
): ReviewedProcedure {
  const { title, code = null, field, definition, occurredOn } = data;
  return {
    ...{ procedure, changed: revision, position, registered_position: position, ...placeOf(data), code, title, field },
    ...{ definition_id: definition.id, definition_version: definition.version },
    ...{ published: null, publication_number: null, publication_on: null, assigned: null, due_on: null, reason: null, reasoned: null },
    happened: { [revision]: occurredOn },
  };
}

interface State {
  readonly procedure: ReviewedProcedure;
  readonly options: readonly ReviewOption[];
}

function changed(state: State, fact: Telling, { revision, position }: RecordedEvent): State {
  const on = fact.data.occurredOn;
  const ofProcedure = (more: Partial<ReviewedProcedure>): State => ({
    ...state,
    procedure: { ...state.procedure, ...more, happened: dated(state.procedure.happened, revision, on) },
  });
  const ofOption = (id: string, more: Partial<ReviewOption>): State => ({
    ...state,
    options: state.options.map((option) =>
      option.option === id ? { ...option, ...more, happened: dated(option.happened, revision, on) } : option,
    ),
  });
  const because = (text: string): { readonly reason: string; readonly reasoned: number } => ({ reason: cut(text), reasoned: revision });
  switch (fact.type) {
    case 'ProcedureRegistered':
      return state;
    case 'ProcedurePublished': {
      const { number, date } = fact.data.decision;
      return ofProcedure({ published: revision, publication_number: number, publication_on: date });
    }
    case 'PublicationReturned':
      return ofProcedure(because(fact.data.reason));
    case 'ReviewAssigned':
      return ofProcedure({ assigned: revision, due_on: fact.data.dueOn });
    case 'ProcedureSuspended': {
      const open = state.options.at(-1);
      return open && openStates.has(open.status)
        ? ofOption(open.option, because(fact.data.reason))
        : ofProcedure(because(fact.data.reason));
    }
    case 'ProcedureMigrated': {
      const { to } = fact.data;
      return { ...state, procedure: { ...state.procedure, definition_id: to.id, definition_version: to.version } };
    }
    case 'ProcedureTransferred':
      return { ...state, procedure: { ...state.procedure, owning_unit: fact.data.to } };
    case 'OptionProposed':
      return { ...state, options: [...state.options, proposed(state, fact.data, revision, position)] };
    case 'OptionQualityChecked': {
      const { optionId, passed, remarks } = fact.data;
      return ofOption(optionId, { checked: revision, status: passed ? 'qualityChecked' : 'failed', ...(!passed && because(remarks)) });
    }
    case 'OptionReturned':
      return ofOption(fact.data.optionId, { status: 'returned', ...because(fact.data.reason) });
    case 'OptionApproved': {
      const { optionId, decision } = fact.data;
      return ofOption(optionId, { status: 'approved', approved: revision, decision_number: decision.number, decision_on: decision.date });
    }
    case 'OptionRejected':
      return ofOption(fact.data.optionId, { status: 'rejected', ...because(fact.data.reason) });
    case 'ProcedureSimplified': {
      const { optionId, document } = fact.data;
      const { title, number, date } = document;
      const paper = { document_title: cut(title), document_number: number, document_on: date };
      return ofOption(optionId, { status: 'implemented', implemented: revision, ...paper });
    }
    case 'RecordCorrected':
      return correctedAfter(state, fact.data);
  }
}

const openStates = new Set(['proposed', 'qualityChecked', 'approved']);
const cut = (text: string): string => (text.length <= mostText ? text : `${text.slice(0, mostText - 1)}…`);

function dated(before: Dates, revision: number, on: string): Dates {
  // Names that are numbers stand in order, so that the oldest goes first.
  return Object.fromEntries(Object.entries<string>({ ...before, [revision]: on }).slice(-mostDates));
}

function proposed(
  { procedure: { procedure, classification }, options }: State,
  data: Extract<ProcedureEvent, { readonly type: 'OptionProposed' }>['data'],
  revision: number,
  position: bigint,
): ReviewOption {
  const { optionId, option, saving, occurredOn } = data;
  // Of what is secret nothing but a reference is held, whatever was written into the log.
  const isReference = classification >= rankOf('secret');
  const shown = <Value>(value: Value, instead: Value): Value => (isReference ? instead : value);
  return {
    ...{ procedure, number: options.length, changed: revision, position, option: optionId, revision, status: 'proposed' },
    ...{ type: option.type, content: shown(cut(option.content), ''), roadmap: shown(option.roadmap === undefined ? null : cut(option.roadmap), null) },
    documents: amended(shown(option.documentsToAmend, [])),
    ...{ before: BigInt(saving.before.year), after: BigInt(saving.after.year), saving: BigInt(saving.saving) },
    ...{ cut_percent: saving.cutPercent, checked: null, approved: null, decision_number: null, decision_on: null, implemented: null },
    ...{ document_title: null, document_number: null, document_on: null, reason: null, reasoned: null },
    happened: { [revision]: occurredOn },
  };
} // prettier-ignore

type DocumentsToAmend = OptionContent['documentsToAmend'];

const amended = (documents: DocumentsToAmend): readonly AmendedDocument[] =>
  documents.slice(0, mostDocuments).map(({ title, number = null }) => ({ title: cut(title), number }));

function correctedAfter(state: State, data: Extract<ProcedureEvent, { readonly type: 'RecordCorrected' }>['data']): State {
  const correction = readCorrection(data);
  const options = state.options.map((option): ReviewOption => {
    const { content, roadmap, documents } = option;
    // A reference stays one.
    const kept = state.procedure.classification >= rankOf('secret') ? { content, roadmap, documents } : {};
    const after = { ...optionAfter(option, correction, data.saving), ...kept };
    return same(option, after) ? option : after;
  });
  const procedure = procedureAfter(state.procedure, correction);
  return { procedure: same(state.procedure, procedure) ? state.procedure : procedure, options };
}

const same = <Row extends object>(one: Row, other: Row): boolean =>
  (Object.keys(one) as (keyof Row)[]).every((name) => one[name] === other[name]);

function redated(before: Dates, { revision, ...correction }: ReadCorrection): Dates {
  const on = correction.text('occurredOn');
  return on === undefined || before[revision] === undefined ? before : { ...before, [revision]: on };
}

function procedureAfter(before: ReviewedProcedure, correction: ReadCorrection): ReviewedProcedure {
  const { revision, registration } = correction;
  const { title, code, field, definition } = registration ?? {};
  const isOf = (one: number | null): boolean => one === revision;
  return {
    ...before,
    ...placeIn(placeAfter(before, correction)),
    ...(title !== undefined && { title }),
    ...(code !== undefined && { code }),
    ...(field !== undefined && { field }),
    ...(definition && { definition_id: definition.id, definition_version: definition.version }),
    publication_number: (isOf(before.published) ? correction.text('decision.number') : undefined) ?? before.publication_number,
    publication_on: (isOf(before.published) ? correction.text('decision.date') : undefined) ?? before.publication_on,
    due_on: (isOf(before.assigned) ? correction.text('dueOn') : undefined) ?? before.due_on,
    reason: reasonAfter(before, correction),
    happened: redated(before.happened, correction),
  };
}

function reasonAfter(
  { reason, reasoned }: Pick<ReviewOption, 'reason' | 'reasoned'>,
  { revision, ...correction }: ReadCorrection,
): string | null {
  const said = reasoned === revision ? (correction.text('reason') ?? correction.text('remarks')) : undefined;
  return said === undefined ? reason : cut(said);
}

function optionAfter(
  before: ReviewOption,
  correction: ReadCorrection,
  saving: Extract<ProcedureEvent, { readonly type: 'RecordCorrected' }>['data']['saving'],
): ReviewOption {
  const { revision } = correction;
  const common = { ...before, reason: reasonAfter(before, correction), happened: redated(before.happened, correction) };
  const text = (path: string, was: string | null): string | null => {
    const said = correction.text(path);
    return said === undefined ? was : cut(said);
  };
  if (revision === before.revision) {
    // A list that is corrected as a whole may have more items than before, or fewer.
    const said = correction.list('option.documentsToAmend') as DocumentsToAmend | undefined;
    const documents = (said ? amended(said) : before.documents).map((document, index): AmendedDocument => {
      const path = `option.documentsToAmend.${String(index)}`;
      const after = { title: text(`${path}.title`, document.title) ?? '', number: text(`${path}.number`, document.number) };
      return same(document, after) ? document : after;
    });
    return {
      ...common,
      type: text('option.type', before.type) ?? before.type,
      content: text('option.content', before.content) ?? before.content,
      roadmap: text('option.roadmap', before.roadmap),
      documents: isDeepStrictEqual(documents, before.documents) ? before.documents : documents,
      ...(saving && {
        ...{ before: BigInt(saving.before.year), after: BigInt(saving.after.year), saving: BigInt(saving.saving) },
        cut_percent: saving.cutPercent,
      }),
    };
  }
  if (revision === before.approved)
    return {
      ...common,
      decision_number: text('decision.number', before.decision_number),
      decision_on: text('decision.date', before.decision_on),
    };
  if (revision === before.implemented)
    return {
      ...common,
      document_title: text('document.title', before.document_title),
      document_number: text('document.number', before.document_number),
      document_on: text('document.date', before.document_on),
    };
  const passed = correction.flag('passed');
  if (revision !== before.checked || passed === undefined) return common;
  // What was decided on it since stands.
  return before.status === 'failed' || before.status === 'qualityChecked'
    ? { ...common, status: passed ? 'qualityChecked' : 'failed' }
    : common;
}
