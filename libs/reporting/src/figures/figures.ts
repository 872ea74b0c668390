import { factOf, procedureIdOf, readCorrection } from '#procedures';
import type { ProcedureEvent } from '#procedures';
import { column, groupProjection, table } from '#processors';
import type { RowIn } from '#processors';
import { figuresOf, knownAfter } from './figures-after.js';
import type { Figures, Known } from './figures-after.js';
import { monthOf } from '../months.js';
import { placeColumns, placeIn } from '../place.js';
import type { Place } from '../place.js';

/** What a procedure adds to the sums of savings, in đồng a year. */
const savedColumns = { promised: column.bigint, approved: column.bigint, implemented: column.bigint, measured: column.bigint };
type Saved = Readonly<Record<keyof typeof savedColumns, bigint>>;

const counted = {
  ...placeColumns,
  published: column.boolean,
  withdrawn: column.boolean,
  abolished: column.boolean,
  option_proposed: column.boolean,
  option_approved: column.boolean,
  simplified: column.boolean,
  base: column.nullable(column.bigint),
  costs: column.nullable(column.jsonb<Figures['costs']>()),
  ...savedColumns,
  days_before: column.integer,
  days_after: column.integer,
  conditions_before: column.integer,
  conditions_after: column.integer,
};

const tables = {
  /** As they stand. */
  figures: table({
    name: 'figures',
    key: ['procedure'],
    columns: { procedure: column.uuid, revision: column.integer, ...counted, known: column.jsonb<Known>() },
    risesIn: ['revision'],
  }),
  /** As they stood after each event that changed them: what was answered at a position is found again. */
  past: table({
    name: 'past_figures',
    key: ['procedure', 'revision'],
    isWrittenOnly: true,
    columns: {
      ...{ procedure: column.uuid, revision: column.integer, position: column.bigint, recorded_at: column.instant },
      /** Of the event, on paper, as it was recorded. */
      ...{ type: column.text, occurred_on: column.date },
      ...counted,
    },
    indexes: ['(position)', '(recorded_at, position)', '(type, position)', '(occurred_on)'],
  }),
  /** On which date something happened on paper, as it reads since a correction. */
  dates: table({
    name: 'corrected_dates',
    key: ['procedure', 'revision', 'position'],
    isWrittenOnly: true,
    columns: {
      procedure: column.uuid,
      /** Of the record that was corrected. */
      revision: column.integer,
      /** Of the correction. */
      position: column.bigint,
      occurred_on: column.date,
    },
    indexes: ['(occurred_on)'],
  }),
  /** What each event added to the sums of savings where its procedure belongs, and took from where it belonged: a period is a sum over these. */
  changes: table({
    name: 'figure_changes',
    key: ['procedure', 'revision', 'is_left'],
    columns: {
      ...{ procedure: column.uuid, revision: column.integer, position: column.bigint },
      /** On paper, as it reads since corrections, and as it was recorded. */
      ...{ occurred_on: column.date, recorded_on: column.date },
      /** It is what was taken from where the procedure belonged before. */
      is_left: column.boolean,
      ...placeColumns,
      ...savedColumns,
    },
    indexes: ['(occurred_on)', '(recorded_on)'],
  }),
};

/** How far a procedure has come, as programmes ask. */
const flags = {
  ...{ published: column.boolean, abolished: column.boolean, option_proposed: column.boolean, option_approved: column.boolean },
  ...{ simplified: column.boolean, has_base: column.boolean },
};
const summed = {
  ...{ procedures: column.bigint, before: column.bigint, ...savedColumns, by_options: column.bigint },
  ...{ days_before: column.bigint, days_after: column.bigint, conditions_before: column.bigint, conditions_after: column.bigint },
};

/** What all procedures add that belong to one place and have come as far; what was withdrawn adds nothing. */
const sumTable = table({
  name: 'figure_sums',
  key: [
    'kind',
    'group',
    'field_key',
    'owning_unit',
    'classification',
    'published',
    'abolished',
    'option_proposed',
    'option_approved',
    'simplified',
    'has_base',
  ],
  columns: { ...placeColumns, ...flags, ...summed },
  fillFactor: 50,
});

/** What came to the sums of savings in a month, by dates on paper: a period is a sum over its months. */
const monthTable = table({
  name: 'figure_months',
  key: ['month', 'kind', 'group', 'field_key', 'owning_unit', 'classification'],
  columns: {
    /** Its first day. */
    month: column.date,
    ...placeColumns,
    ...savedColumns,
  },
  fillFactor: 50,
});

/** What counts of each procedure in programmes and reports, now and at any position of the log. */
export const figures = groupProjection({
  name: 'figures',
  codeVersion: '7',
  prefixes: ['procedure-'],
  readsMetadata: false,
  tables,
  subject: ({ stream }) => procedureIdOf(stream),
  rowsAfter: (before, event, { subject: procedure }) => {
    const [row = null] = before.figures;
    const { revision, position, recordedAt, type } = event;
    if (row && revision <= row.revision) return before;
    const fact = factOf(event);
    const known = knownAfter(row?.known ?? null, fact, revision);
    if (!known) throw new Error(`Revision ${String(revision)} of procedure ${procedure} does not follow a registration.`);
    // Many events change nothing that counts, and no row needs to be written for these.
    const date = fact.type === 'RecordCorrected' ? correctedDate(fact.data) : null;
    if (known === row?.known && !date) return before;
    const shown = { procedure, revision, ...figuresOf(known) };
    const isNew = row === null || !same(row, shown);
    const past = { ...shown, position, recorded_at: recordedAt, type, occurred_on: fact.data.occurredOn };
    return {
      figures: [{ ...shown, known }],
      past: isNew ? [...before.past, past] : before.past,
      dates: date ? [...before.dates, { procedure, position, ...date }] : before.dates,
      changes: [...(date ? redated(before.changes, date) : before.changes), ...(isNew ? changes(row, past) : [])],
    };
  },
  tallies: [
    {
      of: 'figures',
      as: {
        table: sumTable,
        sums: Object.keys(summed),
        of: (row: RowIn<typeof tables.figures>) => (row.withdrawn ? null : summedOf(row)),
      },
    },
    {
      of: 'changes',
      as: {
        table: monthTable,
        sums: Object.keys(savedColumns),
        // What was saved may have become dearer.
        isSigned: true,
        of: ({ occurred_on, promised, approved, implemented, measured, ...row }: Change) => {
          return { month: monthOf(occurred_on), ...placeIn(row), promised, approved, implemented, measured };
        },
      },
    },
  ],
});

function summedOf(row: RowIn<typeof tables.figures>): RowIn<typeof sumTable> {
  const { published, abolished, option_proposed, option_approved, simplified, base, implemented: by_options } = row;
  return {
    ...{ ...placeIn(row), published, abolished, option_proposed, option_approved, simplified, has_base: base !== null },
    ...{ procedures: 1n, before: base ?? 0n, ...savedBy(row), by_options },
    ...{ days_before: BigInt(row.days_before), days_after: BigInt(row.days_after) },
    ...{ conditions_before: BigInt(row.conditions_before), conditions_after: BigInt(row.conditions_after) },
  };
}

type Change = RowIn<typeof tables.changes>;

const redated = (
  before: readonly Change[],
  { revision, occurred_on }: { readonly revision: number; readonly occurred_on: string },
): readonly Change[] => before.map((change) => (change.revision === revision ? { ...change, occurred_on } : change));

type PastRow = Parameters<typeof placeIn>[0] &
  Figures & { readonly procedure: string; readonly revision: number; readonly position: bigint; readonly occurred_on: string };

/** What came and went by an event; nothing where no sum changes. */
function changes(before: Figures | null, after: PastRow): readonly Change[] {
  const { procedure, revision, position, occurred_on } = after;
  const [was, is] = [savedBy(before), savedBy(after)];
  const change = (place: Place, saved: Saved, is_left: boolean): readonly Change[] =>
    Object.values(saved).every((value) => value === 0n)
      ? []
      : [{ procedure, revision, position, occurred_on, recorded_on: occurred_on, is_left, ...placeIn(place), ...saved }];
  if (before === null || isSamePlace(before, after)) return change(after, less(is, was), false);
  return [...change(before, less(nothing, was), true), ...change(after, is, false)];
}

const nothing: Saved = { promised: 0n, approved: 0n, implemented: 0n, measured: 0n };

/** What was abolished without an option costs nothing any more; what was withdrawn never counted. */
function savedBy(figures: Figures | null): Saved {
  if (figures === null || figures.withdrawn) return nothing;
  const { abolished, simplified, base, promised, approved, implemented, measured } = figures;
  const all = base ?? 0n;
  return abolished && !simplified
    ? { promised: all, approved: all, implemented: all, measured }
    : { promised, approved, implemented, measured };
}

const less = (one: Saved, other: Saved): Saved => ({
  promised: one.promised - other.promised,
  approved: one.approved - other.approved,
  implemented: one.implemented - other.implemented,
  measured: one.measured - other.measured,
});

const isSamePlace = (one: Place, other: Place): boolean =>
  (Object.keys(placeColumns) as (keyof Place)[]).every((name) => one[name] === other[name]);

/** The date of the record that is corrected; null where nothing is said of it. */
function correctedDate(
  data: Extract<ProcedureEvent, { readonly type: 'RecordCorrected' }>['data'],
): { readonly revision: number; readonly occurred_on: string } | null {
  const correction = readCorrection(data);
  const on = correction.text('occurredOn');
  return on === undefined ? null : { revision: correction.revision, occurred_on: on };
}

/** Whether nothing counts otherwise. */
function same(one: Figures, other: Figures): boolean {
  return (Object.keys(counted) as (keyof Figures)[]).every((name) => equal(one[name], other[name]));
}

const equal = (one: unknown, other: unknown): boolean =>
  one === other || (Array.isArray(one) && Array.isArray(other) && JSON.stringify(one) === JSON.stringify(other));
