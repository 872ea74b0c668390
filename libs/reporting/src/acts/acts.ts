import type { RecordedEvent } from '#event-store';
import { factOf, procedureIdOf, readAnew } from '#procedures';
import type { ProcedureEvent } from '#procedures';
import { column, groupProjection, table } from '#processors';
import type { GroupOf, RowIn } from '#processors';
import { placeAfter, placeColumns, placeIn, placeOf } from '../place.js';
import type { Place } from '../place.js';
import { monthOf } from '../months.js';

const tables = {
  acts: table({
    name: 'acts',
    key: ['procedure', 'revision'],
    columns: {
      ...{ procedure: column.uuid, revision: column.integer, position: column.bigint, recorded_at: column.instant },
      /** Of the newest event that changed anything of it. */
      changed: column.integer,
      /** As the log has it. */
      type: column.text,
      /** Id of the unit for which it was done; what is done by the system is done for none. */
      unit: column.text,
      role: column.text,
      occurred_on: column.date,
      /** The revision that it corrects. */
      corrects: column.nullable(column.integer),
      ...placeColumns,
    },
    risesIn: ['changed'],
    indexes: ['(position)', '(recorded_at)', '(occurred_on)', '(owning_unit)', '(unit, type, position)'],
  }),
  /** On which date something was done, as it read until a correction. */
  formerDates: table({
    name: 'former_act_dates',
    key: ['procedure', 'revision', 'until_position'],
    isWrittenOnly: true,
    columns: { procedure: column.uuid, revision: column.integer, until_position: column.bigint, occurred_on: column.date },
  }),
  /** Where a procedure belonged until a correction. */
  formerPlaces: table({
    name: 'former_act_places',
    key: ['procedure', 'until_position'],
    isWrittenOnly: true,
    columns: { procedure: column.uuid, until_position: column.bigint, ...placeColumns },
  }),
};
type Group = GroupOf<typeof tables>;
type Act = RowIn<typeof tables.acts>;

/** How much each unit did in which role, for whoever asks about the whole register. */
const countTable = table({
  name: 'act_counts',
  key: ['unit', 'role', 'type', 'kind', 'group', 'classification'],
  columns: {
    ...{ unit: column.text, role: column.text, type: column.text, kind: column.text, group: column.text },
    ...{ classification: column.smallint, count: column.integer },
  },
  fillFactor: 50,
});

/** The same by the month on paper: a period is a sum over its months. */
const monthTable = table({
  name: 'act_months',
  key: ['month', 'unit', 'role', 'type', 'kind', 'group', 'classification'],
  columns: {
    /** Its first day. */
    month: column.date,
    ...{ unit: column.text, role: column.text, type: column.text, kind: column.text, group: column.text },
    ...{ classification: column.smallint, count: column.integer },
  },
  fillFactor: 50,
});

/** What was done to procedures, when, for which unit and in which role. No person is named: how much people work is nobody's to count. */
export const acts = groupProjection({
  name: 'acts',
  codeVersion: '3',
  prefixes: ['procedure-'],
  readsMetadata: true,
  tables,
  subject: ({ stream }) => procedureIdOf(stream),
  rowsAfter: (before, event, { subject }) => actsAfter(before, event, subject),
  tallies: [
    {
      of: 'acts',
      as: {
        table: countTable,
        sums: ['count'],
        of: ({ unit, role, type, kind, group, classification }: Act) => ({ unit, role, type, kind, group, classification, count: 1 }),
      },
    },
    {
      of: 'acts',
      as: {
        table: monthTable,
        sums: ['count'],
        of: ({ occurred_on, unit, role, type, kind, group, classification }: Act) => {
          return { month: monthOf(occurred_on), unit, role, type, kind, group, classification, count: 1 };
        },
      },
    },
  ],
});

function actsAfter(before: Group, event: RecordedEvent, procedure: string): Group {
  const { revision, position } = event;
  const last = before.acts.at(-1);
  if (last && last.revision >= revision) return before;
  const fact = factOf(event);
  if (fact.type === 'ProcedureRegistered') return { ...before, acts: [actOf(placeOf(fact.data), fact, event, procedure)] };
  if (!last) throw new Error(`Revision ${String(revision)} of procedure ${procedure} does not follow a registration.`);
  const after = correctedAfter(before, last, readAnew(fact), { revision, position });
  return { ...after, acts: [...after.acts, actOf(placeIn(after.acts.at(-1) ?? last), fact, event, procedure)] };
}

function actOf(place: Place, { data, ...fact }: ProcedureEvent, event: RecordedEvent, procedure: string): Act {
  const { revision, position, recordedAt, type, metadata } = event;
  const { unit, role } = metadata.actor;
  const corrects = fact.type === 'RecordCorrected' && 'revision' in data ? data.revision : null;
  return {
    ...{ procedure, revision, position, recorded_at: recordedAt, changed: revision, type, unit, role },
    ...{ occurred_on: data.occurredOn, corrects, ...place },
  };
}

function correctedAfter(
  before: Group,
  last: Act,
  correction: ReturnType<typeof readAnew>,
  { revision: changed, position }: Pick<RecordedEvent, 'revision' | 'position'>,
): Group {
  if (!correction) return before;
  const { procedure } = last;
  const place = placeAfter(last, correction);
  const on = correction.text('occurredOn');
  const dated = on === undefined ? undefined : before.acts.find(({ revision }) => revision === correction.revision);
  if (place === last && !dated) return before;
  const moved = place === last ? before.acts : before.acts.map((act): Act => ({ ...act, ...placeIn(place), changed }));
  return {
    acts:
      dated && on !== undefined
        ? moved.map((act) => (act.revision === dated.revision ? { ...act, occurred_on: on, changed } : act))
        : moved,
    formerDates: dated
      ? [...before.formerDates, { procedure, revision: dated.revision, until_position: position, occurred_on: dated.occurred_on }]
      : before.formerDates,
    formerPlaces:
      place === last ? before.formerPlaces : [...before.formerPlaces, { procedure, until_position: position, ...placeIn(last) }],
  };
}
