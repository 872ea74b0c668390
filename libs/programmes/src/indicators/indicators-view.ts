import type { Actor, RecordedEvent } from '#event-store';
import { column, groupProjection, table } from '#processors';
import type { RowIn } from '#processors';
import type { IndicatorEvent } from './indicator.js';
import { periodOf } from './period.js';
import type { ReminderEvent } from './reminding.js';
import type { ReportEvent } from './report.js';

const tables = {
  indicators: table({
    name: 'indicators',
    key: ['id'],
    columns: {
      ...{ id: column.uuid, code: column.text, title: column.text, unit_of_measure: column.text, per: column.text },
      of: column.nullable(column.bigint),
      /** Unit id. */
      owner: column.uuid,
      position: column.bigint,
    },
    indexes: ['(position)'],
  }),
  /** What each unit reports of each period, as it stands. */
  reports: table({
    name: 'indicator_reports',
    key: ['id'],
    columns: {
      ...{ id: column.uuid, indicator: column.uuid, unit: column.uuid, period: column.text },
      /** Days of the period, both included. */
      ...{ begins: column.date, ends: column.date },
      /** Decimal in text. */
      value: column.text,
      /** reported, verified or returned. */
      state: column.text,
      evidence: column.nullable(column.text),
      /** Of the correction, or of the return. */
      reason: column.nullable(column.text),
      ...{ revision: column.integer, position: column.bigint, recorded_at: column.instant },
    },
    risesIn: ['revision'],
    indexes: ['(indicator, ends, begins)'],
  }),
  /** All that happened with an indicator, with what the unit reported as it stood then: its history, and what was answered at a position is found again. */
  past: table({
    name: 'past_indicators',
    key: ['position'],
    subject: 'stream',
    isWrittenOnly: true,
    columns: {
      ...{ position: column.bigint, stream: column.uuid, revision: column.integer, recorded_at: column.instant },
      ...{ type: column.text, indicator: column.uuid, actor: column.json<Actor>() },
      ...{ unit: column.nullable(column.uuid), period: column.nullable(column.text) },
      ...{ begins: column.nullable(column.date), ends: column.nullable(column.date) },
      ...{ value: column.nullable(column.text), state: column.nullable(column.text) },
      ...{ evidence: column.nullable(column.text), reason: column.nullable(column.text) },
      /** How many units were reminded. */
      reminded: column.nullable(column.integer),
    },
    indexes: ['(indicator, position)', '(indicator, ends, begins)', '(recorded_at)'],
  }),
};
type Report = RowIn<typeof tables.reports>;
type Past = RowIn<typeof tables.past>;

/** For statements of other rooms that join indicators: `id`, `title`. */
export const indicatorsTable = 'views.indicators';

/** Indicators, what units report of them, and all that happened with them. */
export const indicatorsView = groupProjection({
  name: 'indicators',
  codeVersion: '1',
  prefixes: ['indicator-', 'report-', 'reminder-'],
  // The history says who did it.
  readsMetadata: true,
  tables,
  subject: ({ stream }) => stream.slice(stream.indexOf('-') + 1),
  rowsAfter: (before, event, { subject }) => {
    const { position, revision } = event;
    if (before.past.some((one) => one.position === position)) return before;
    // The stream says what it is.
    const fact = event as unknown as IndicatorEvent | ReportEvent | ReminderEvent;
    switch (fact.type) {
      case 'IndicatorDefined': {
        const { code, title, unitOfMeasure: unit_of_measure, per, of, owner } = fact.data;
        const indicators = [{ id: subject, code, title, unit_of_measure, per, of: of === undefined ? null : BigInt(of), owner, position }];
        return { ...before, indicators, past: [...before.past, pastOf(event, subject, { indicator: subject })] };
      }
      case 'IndicatorReminded': {
        const { indicator, period, units } = fact.data;
        return { ...before, past: [...before.past, pastOf(event, subject, { indicator, period, reminded: units.length })] };
      }
      case 'IndicatorReported':
      case 'IndicatorVerified':
      case 'IndicatorReturned': {
        const [known] = before.reports;
        if (known && revision <= known.revision) return before;
        const report = reportAfter(known, fact, event, subject);
        const { indicator, unit, period, begins, ends, value, state, evidence, reason } = report;
        const told = { indicator, unit, period, begins, ends, value, state, evidence, reason };
        return { ...before, reports: [report], past: [...before.past, pastOf(event, subject, told)] };
      }
      default:
        // What another version of the product wrote.
        return before;
    }
  },
});

function reportAfter(before: Report | undefined, fact: ReportEvent, event: RecordedEvent, id: string): Report {
  const { revision, position, recordedAt: recorded_at } = event;
  const at = { revision, position, recorded_at };
  if (fact.type === 'IndicatorReported') {
    const { indicator, unit, period: name, value, evidence = null, reason = null } = fact.data;
    const period = periodOf(name);
    if (!period) throw new Error(`"${name}" names no period.`);
    const { begins, ends } = period;
    return { id, indicator, unit, period: name, begins, ends, value, evidence, reason, state: 'reported', ...at };
  }
  if (!before) throw new Error(`Revision ${String(revision)} of report ${id} does not follow its beginning.`);
  if (fact.type === 'IndicatorVerified') return { ...before, state: 'verified', ...at };
  return { ...before, state: 'returned', reason: fact.data.reason, ...at };
}

const nothing = {
  unit: null,
  period: null,
  begins: null,
  ends: null,
  value: null,
  state: null,
  evidence: null,
  reason: null,
  reminded: null,
};

function pastOf(event: RecordedEvent, stream: string, told: Partial<Past> & Pick<Past, 'indicator'>): Past {
  const { position, revision, recordedAt: recorded_at, type, metadata } = event;
  return { ...nothing, ...told, position, stream, revision, recorded_at, type, actor: metadata.actor };
}
