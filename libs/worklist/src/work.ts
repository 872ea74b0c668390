import type { RecordedEvent } from '#event-store';
import { column, groupProjection, table } from '#processors';
import type { RowIn } from '#processors';
import { isReferenceOnly, optionActions, rankOf } from '#workflow';
import { claimPrefix } from './claim.js';
import type { ClaimEvent } from './claim.js';
import { actionOf, classAfter, factOf, filledAfter, isBeside, isOneOf, missingIn, procedureIdOf, readCorrection } from '#procedures';
import type { Filled, PartsChange, ProcedureEvent, ProcedureEventType, ReadCorrection } from '#procedures';

type Emptied = Readonly<Partial<Record<string, number>>>;

const workTable = table({
  name: 'work',
  key: ['procedure'],
  columns: {
    procedure: column.uuid,
    owning_unit: column.uuid,
    /** 0 none, 1 confidential, 2 secret, 3 top secret. */
    classification: column.smallint,
    /** Lifecycle version and class, such as internal@1/C: what the rules of work go by. */
    regime: column.text,
    stage: column.text,
    suspended: column.boolean,
    /** The latest review, by which a correction finds it, and whether it lets the procedure go on. */
    review_revision: column.nullable(column.integer),
    necessary: column.boolean,
    within_powers: column.boolean,
    /** What waits and for which rule: see workKey; null while it is suspended. */
    waits: column.computed(column.nullable(column.text)),
    /** Required parts that are not filled; none where the register holds a reference only. */
    missing: column.texts,
    /** Required parts that are not filled themselves, and parts of rows that are, which may stand for them. */
    unfilled: column.texts,
    filled_rows: column.texts,
    /** By which revision each of the unfilled was left empty or taken away; nothing of those that nobody named. */
    emptied: column.jsonb<Emptied>(),
    ever_published: column.boolean,
    option_open: column.boolean,
    /** Who did what, for the separation of duties: propose:<person id>. */
    doers: column.texts,
    /** By which revision each of that was done, so that whoever corrects one is found among the doers: propose:<revision>. */
    done: column.texts,
    claimed_by: column.nullable(column.uuid),
    claimed_at: column.nullable(column.instant),
    /** Of the stream of claims; -1 before the first. */
    claim_revision: column.integer,
    revision: column.integer,
    stage_revision: column.integer,
    stage_position: column.bigint,
  },
  computed: (row) => ({ waits: waitsOf(row) }),
  risesIn: ['revision', 'claim_revision'],
  fillFactor: 80,
  indexes: [
    '(waits, stage_position) WHERE waits IS NOT NULL',
    '(stage_position)',
    '(owning_unit, stage_position)',
    '(claimed_by, owning_unit, classification) WHERE claimed_by IS NOT NULL',
    '(regime, procedure)',
  ],
});
type Row = RowIn<typeof workTable>;

/**
 * How much work there is of what is alike to all questions of whose it is, so that it need not be counted one by one. What is empty stands
 * for null and for none.
 */
const alikeTable = table({
  name: 'work_alike',
  key: ['owning_unit', 'classification', 'waits', 'complete', 'ever_published', 'option_open', 'option_doers', 'claimed_by'],
  columns: {
    owning_unit: column.uuid,
    classification: column.smallint,
    waits: column.text,
    /** No required part is missing. */
    complete: column.boolean,
    ever_published: column.boolean,
    option_open: column.boolean,
    /** Of the doers those of the open option, with blanks between them: with all of them nearly every procedure would be alike to itself alone. */
    option_doers: column.text,
    claimed_by: column.text,
    number: column.integer,
  },
  fillFactor: 50,
});

/** What was alike of each procedure after each event that changed it: what waited at a position is found again. */
const pastTable = table({
  name: 'past_work',
  key: ['procedure', 'position'],
  isWrittenOnly: true,
  columns: {
    ...{ procedure: column.uuid, position: column.bigint, recorded_at: column.instant },
    /** Of the event, which may be one of a claim. */
    ...{ stream: column.text, revision: column.integer, type: column.text },
    ...{ owning_unit: column.uuid, classification: column.smallint, waits: column.text },
    ...{ complete: column.boolean, ever_published: column.boolean, option_open: column.boolean, claimed_by: column.text },
  },
  indexes: ['(position, procedure)', '(recorded_at, position)'],
});

function waitsOf({ regime, stage, suspended, ...review }: Waiting): string | null {
  return suspended ? null : `${regime}/${stage}/${review.necessary && review.within_powers ? 'passed' : 'stopped'}`;
}

interface Waiting {
  readonly regime: string;
  readonly stage: string;
  readonly suspended: boolean;
  readonly necessary: boolean;
  readonly within_powers: boolean;
}

/** Which work waits on each procedure, all that the rules of who may do it look at, and who has claimed it. */
export const work = groupProjection({
  name: 'work',
  codeVersion: '10',
  prefixes: ['procedure-', claimPrefix],
  // Who acted is in the metadata of most events, and the separation of duties asks for it.
  readsMetadata: true,
  tables: { work: workTable, past: pastTable },
  subject: ({ stream }) => (stream.startsWith(claimPrefix) ? stream.slice(claimPrefix.length) : procedureIdOf(stream)),
  begins: ({ stream, revision }) => revision === 0 && !stream.startsWith(claimPrefix),
  rowsAfter: (before, event, { subject }) => {
    const [row = null] = before.work;
    const after = event.stream.startsWith(claimPrefix) ? claimedAfter(row, event) : rowAfter(row, event, subject);
    if (after === row || after === null) return before;
    const [was, is] = [row && alikeOf(row), alikeOf(after)];
    if (was && alikeNames.every((name) => was[name] === is[name])) return { ...before, work: [after] };
    const { position, recordedAt, stream, revision, type } = event;
    return {
      work: [after],
      past: [...before.past, { procedure: subject, position, recorded_at: recordedAt, stream, revision, type, ...is }],
    };
  },
  tallies: [
    {
      of: 'work',
      as: {
        table: alikeTable,
        sums: ['number'],
        of: (row: Row) => ({
          ...alikeOf(row),
          option_doers: row.option_open ? row.doers.filter(isOnOption).sort().join(' ') : '',
          number: 1,
        }),
      },
    },
  ],
});

type Alike = Omit<RowIn<typeof alikeTable>, 'option_doers' | 'number'>;
const alikeNames = [
  'owning_unit',
  'classification',
  'waits',
  'complete',
  'ever_published',
  'option_open',
  'claimed_by',
] as const satisfies readonly (keyof Alike)[];

const alikeOf = (row: Row): Alike => ({
  ...{ owning_unit: row.owning_unit, classification: row.classification, waits: waitsOf(row) ?? '', complete: row.missing.length === 0 },
  ...{ ever_published: row.ever_published, option_open: row.option_open, claimed_by: row.claimed_by ?? '' },
});

/** Names work that waits: under which definition, for which class, in which stage, and whether the review stopped it. */
export function workKey(waiting: {
  readonly definition: { readonly id: string; readonly version: number };
  /** Group, or kind for those without groups. */
  readonly class: string;
  readonly stage: string;
  readonly review: 'passed' | 'stopped';
}): string {
  return `${regimeOf(waiting.definition, waiting.class)}/${waiting.stage}/${waiting.review}`;
}

const regimeOf = ({ id, version }: { readonly id: string; readonly version: number }, name: string): string =>
  `${id}@${String(version)}/${name}`;

/** The lifecycle version and class that a regime names. */
function regimeIn(regime: string): {
  readonly definition: { readonly id: string; readonly version: number };
  readonly class: string;
} {
  const [, id = '', version = '', name = ''] = /^(.*)@(\d+)\/(.*)$/.exec(regime) ?? [];
  return { definition: { id, version: Number(version) }, class: name };
}

/** A claim that was made before the procedure came to its stage holds no more. */
function claimedAfter(before: Row | null, { data, type, revision, recordedAt }: RecordedEvent): Row | null {
  if (!before || revision <= before.claim_revision) return before;
  const { data: held } = { type, data } as unknown as ClaimEvent;
  const holds = type !== 'WorkReleased' && held.revision >= before.stage_revision;
  return { ...before, claim_revision: revision, claimed_by: holds ? held.person : null, claimed_at: holds ? recordedAt : null };
}

function rowAfter(before: Row | null, event: RecordedEvent, id: string): Row {
  const { revision, position } = event;
  if (before && revision <= before.revision) return before;
  const fact = factOf(event);
  if (fact.type === 'ProcedureRegistered') return registered(id, fact.data, event);
  if (!before) throw new Error(`Revision ${String(revision)} of procedure ${id} does not follow a registration.`);
  const { stage } = fact.data;
  const change = changeOf(fact, before, revision);
  const option_open = change.option_open ?? before.option_open;
  return {
    ...before,
    ...change,
    ...doneAfter(before, fact, event, option_open),
    stage,
    revision,
    ...(stage !== before.stage && { stage_revision: revision, stage_position: position, claimed_by: null, claimed_at: null }),
  };
}

type Registration = Extract<ProcedureEvent, { readonly type: 'ProcedureRegistered' }>['data'];

function registered(procedure: string, data: Registration, event: RecordedEvent): Row {
  return {
    procedure,
    owning_unit: data.owningUnit,
    classification: rankOf(data.classification ?? 'none'),
    regime: regimeOf(data.definition, data.group ?? data.kind),
    stage: data.stage,
    suspended: false,
    review_revision: null,
    necessary: true,
    within_powers: true,
    ...(isReferenceOnly(data.classification) ? partsOf({ unfilled: [], rows: [] }) : partsAfter(null, data.parts, event.revision)),
    ever_published: false,
    option_open: false,
    ...doneAfter({ doers: [], done: [] }, { type: 'ProcedureRegistered', data }, event, false),
    claimed_by: null,
    claimed_at: null,
    claim_revision: -1,
    revision: event.revision,
    stage_revision: event.revision,
    stage_position: event.position,
  };
}

const changing = [
  'PartsAmended', 'ProcedureReviewed', 'ProcedurePublished', 'OptionProposed', 'OptionQualityChecked', 'OptionReturned', 'OptionRejected',
  'ProcedureSimplified', 'ProcedureSuspended', 'ProcedureResumed', 'ProcedureMigrated', 'ProcedureTransferred', 'RecordCorrected',
] as const satisfies readonly ProcedureEventType[]; // prettier-ignore

/** What an event changes in the row besides stage and doers. */
function changeOf(fact: ProcedureEvent, before: Row, revision: number): Partial<Row> {
  if (!isOneOf(fact, changing)) return {};
  switch (fact.type) {
    case 'PartsAmended':
      return partsAfter(before, fact.data.parts, revision);
    case 'ProcedureReviewed':
      return { review_revision: revision, necessary: fact.data.necessary, within_powers: fact.data.withinPowers };
    case 'ProcedurePublished':
      return { ever_published: true };
    case 'OptionProposed':
      return { option_open: true };
    case 'OptionQualityChecked':
      return fact.data.passed ? {} : { option_open: false };
    case 'OptionReturned':
    case 'OptionRejected':
      return { option_open: false };
    case 'ProcedureSimplified':
      return { option_open: false, ...partsAfter(before, fact.data.parts ?? {}, revision) };
    case 'ProcedureSuspended':
      return { suspended: true };
    case 'ProcedureResumed':
      return { suspended: false };
    case 'ProcedureMigrated':
      return { regime: regimeOf(fact.data.to, before.regime.split('/').at(-1) ?? '') };
    case 'ProcedureTransferred':
      return { owning_unit: fact.data.to };
    case 'RecordCorrected':
      return corrected(readCorrection(fact.data), before);
  }
}

const filledIn = ({ unfilled, filled_rows }: Row): Filled => ({ unfilled, rows: filled_rows });

type OfParts = Pick<Row, 'missing' | 'unfilled' | 'filled_rows' | 'emptied'>;
const partsOf = (filled: Filled, emptied: Emptied = {}): OfParts => ({
  ...{ missing: missingIn(filled), unfilled: filled.unfilled, filled_rows: filled.rows },
  emptied: Object.fromEntries(Object.entries(emptied).filter(([part]) => filled.unfilled.includes(part))),
});

/** After what a record says of the parts. @param before Null where nothing was there before */
function partsAfter(before: Row | null, change: PartsChange, revision: number): OfParts {
  const named = Object.fromEntries(Object.keys(change).map((part) => [part, revision]));
  return partsOf(filledAfter(before && filledIn(before), change), { ...before?.emptied, ...named });
}

/** A correction can fill a list that was empty in its record, where no later one has said what stands there; it empties nothing. */
function corrected(correction: ReadCorrection, before: Row): Partial<Row> {
  const { registration } = correction;
  const regime = regimeIn(before.regime);
  const isOfReview = correction.revision === before.review_revision;
  const isFilled = (part: string): boolean => before.emptied[part] === correction.revision && correction.names.includes(part);
  return {
    ...partsOf({ unfilled: before.unfilled.filter((part) => !isFilled(part)), rows: before.filled_rows }, before.emptied),
    ...(isOfReview && {
      necessary: correction.flag('necessary') ?? before.necessary,
      within_powers: correction.flag('withinPowers') ?? before.within_powers,
    }),
    ...(registration && {
      regime: regimeOf(registration.definition ?? regime.definition, classAfter(regime.class, registration)),
      owning_unit: registration.owningUnit ?? before.owning_unit,
    }),
  };
}

type Done = Pick<Row, 'doers' | 'done'>;

/** As `evolve` keeps them: the latest of each action in this cycle, those of the open option, and whoever corrected one of their records. */
function doneAfter({ doers, done }: Done, fact: ProcedureEvent, { metadata, revision }: RecordedEvent, optionOpen: boolean): Done {
  // Another version may have written what this one does not know.
  const action = actionOf(fact) as ReturnType<typeof actionOf> | undefined;
  if (fact.type === 'ProcedureSimplified') return { doers: [], done: [] };
  const stays = (one: string): boolean => optionOpen || !isOnOption(one);
  const kept = { doers: doers.filter(stays), done: done.filter(stays) };
  if (action === undefined || isBeside(action)) return kept;
  const { id, onBehalfOf } = metadata.actor;
  const acting = 'by' in fact.data ? fact.data.by : onBehalfOf === undefined ? [id] : [id, onBehalfOf];
  if (fact.type === 'RecordCorrected') {
    const corrected = kept.done.find((one) => one.endsWith(`:${String(fact.data.revision)}`))?.split(':')[0];
    if (corrected === undefined) return kept;
    return { ...kept, doers: [...new Set([...kept.doers, ...acting.map((person) => `${corrected}:${person}`)])] };
  }
  if (optionActions.includes(action) && !optionOpen) return kept;
  const goesOn = (one: string): boolean => !one.startsWith(`${action}:`) && !(fact.type === 'OptionProposed' && isOnOption(one));
  return {
    doers: [...kept.doers.filter(goesOn), ...acting.map((person) => `${action}:${person}`)],
    done: [...kept.done.filter(goesOn), `${action}:${String(revision)}`],
  };
}

const onOption = optionActions.map((action) => `${action}:`);
const isOnOption = (one: string): boolean => onOption.some((prefix) => one.startsWith(prefix));
