import { procedureIdOf } from '#procedures';
import { column, groupProjection, table } from '#processors';
import type { RowIn } from '#processors';
import { WorkingDays } from '#workflow';
import type { Calendar, CalendarDays, CalendarPublished } from '#workflow';
import { monthOf } from '../months.js';
import { placeColumns } from '../place.js';
import { staysAfter } from './stays-after.js';
import type { CalendarsOfThen, Halt, Stay } from './stays-after.js';

/** The stream of the calendar by which the days of stays are counted. */
const calendarStream = 'calendar-vn';

const dates = {
  entered_on: column.date,
  left_on: column.nullable(column.date),
  halts: column.nullable(column.jsonb<readonly Halt[]>()),
  days: column.nullable(column.integer),
};

const tables = {
  stays: table({
    name: 'stage_stays',
    key: ['procedure', 'revision'],
    columns: {
      ...{ procedure: column.uuid, revision: column.integer, changed: column.integer, stage: column.text, ...placeColumns },
      ...{ entered_position: column.bigint, entered_at: column.instant },
      ...{ left_revision: column.nullable(column.integer), left_position: column.nullable(column.bigint) },
      ...{ left_at: column.nullable(column.instant), calendar_version: column.nullable(column.integer), ...dates },
    },
    risesIn: ['changed'],
    fillFactor: 80,
    indexes: [
      '(left_on)',
      '(owning_unit)',
      '(field_key)',
      '(kind, "group", stage, left_position)',
      '(kind, "group", stage, left_position) WHERE days IS NULL',
    ],
  }),
  /** The dates of a stay as they read until a correction. */
  formerDates: table({
    name: 'former_stay_dates',
    key: ['procedure', 'revision', 'until_position'],
    isWrittenOnly: true,
    columns: { procedure: column.uuid, revision: column.integer, until_position: column.bigint, ...dates },
  }),
  /** Where a procedure belonged until a correction. */
  formerPlaces: table({
    name: 'former_stay_places',
    key: ['procedure', 'until_position'],
    isWrittenOnly: true,
    columns: { procedure: column.uuid, until_position: column.bigint, ...placeColumns },
  }),
};

const calendarTable = table({
  name: 'stay_calendars',
  key: ['version'],
  columns: { version: column.integer, calendar: column.jsonb<Calendar>() },
});

/** Stands for the days of a stay that has not ended, or of one that no calendar covers. */
export const withoutDays = { staying: -1, unknown: -2 } as const;

/** How many stays took how long, for whoever asks about the whole register: hundreds of thousands of rows are not read for that. */
const lengthTable = table({
  name: 'stay_lengths',
  key: ['kind', 'group', 'stage', 'classification', 'days'],
  columns: {
    ...{ kind: column.text, group: column.text, stage: column.text, classification: column.smallint },
    /** Or as `withoutDays` says. */
    days: column.integer,
    count: column.integer,
  },
  fillFactor: 50,
});

/** The same of those that ended, by the month in which they did: a period is a sum over its months. */
const monthTable = table({
  name: 'stay_months',
  key: ['month', 'kind', 'group', 'stage', 'classification', 'days'],
  columns: {
    /** Its first day. */
    month: column.date,
    ...{ kind: column.text, group: column.text, stage: column.text, classification: column.smallint },
    /** Or as `withoutDays` says. */
    days: column.integer,
    count: column.integer,
  },
  fillFactor: 50,
});

/**
 * Every stay of a procedure in a stage, with the working days that it took by the calendar of then. A stay begins and ends with the event that moves the
 * procedure; what is done without moving it, a suspension among it, is within the stay, and days of suspension do not count.
 */
export const stageStays = groupProjection({
  name: 'stage_stays',
  codeVersion: '3',
  prefixes: ['procedure-', 'calendar-'],
  readsMetadata: false,
  tables,
  subject: ({ stream }) => procedureIdOf(stream),
  shared: {
    table: calendarTable,
    isOf: ({ stream }) => stream.startsWith('calendar-'),
    rowsAfter: (before, { stream, type, data }) => {
      if (stream !== calendarStream || type !== 'CalendarPublished') return before;
      const { calendar } = data as CalendarPublished['data'];
      return before.some(({ version }) => version === calendar.version) ? before : [...before, { version: calendar.version, calendar }];
    },
    read: calendarsOf,
    // What has ended keeps the calendar that it ended under.
    affects: () => null,
  },
  rowsAfter: (before, event, { subject, shared }) => staysAfter(before, event, subject, shared),
  tallies: [
    {
      of: 'stays',
      as: {
        table: lengthTable,
        sums: ['count'],
        of: ({ kind, group, stage, classification, left_on, days }: Stay) => {
          return {
            kind,
            group,
            stage,
            classification,
            days: days ?? (left_on === null ? withoutDays.staying : withoutDays.unknown),
            count: 1,
          };
        },
      },
    },
    {
      of: 'stays',
      as: {
        table: monthTable,
        sums: ['count'],
        of: ({ kind, group, stage, classification, left_on, days }: Stay) =>
          left_on === null
            ? null
            : { month: monthOf(left_on), kind, group, stage, classification, days: days ?? withoutDays.unknown, count: 1 },
      },
    },
  ],
});

function calendarsOf(rows: readonly RowIn<typeof calendarTable>[]): CalendarsOfThen {
  const laidOut = new Map<number, CalendarDays>();
  return {
    newest: rows.reduce<number | null>((newest, { version }) => Math.max(version, newest ?? 0), null),
    counting: (version) => {
      const known = version === null ? undefined : laidOut.get(version);
      const published = rows.find((row) => row.version === version);
      if (known || version === null || !published) return known ?? null;
      const days = new WorkingDays(published.calendar);
      laidOut.set(version, days);
      return days;
    },
  };
}
