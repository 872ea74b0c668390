import { uuidv5 } from '#event-store';
import type { RecordedEvent } from '#event-store';
import { classAfter, factOf, procedureIdOf, readAnew } from '#procedures';
import type { ProcedureEvent } from '#procedures';
import { column, groupProjection, table } from '#processors';
import type { GroupOf, RowIn } from '#processors';
import { endOfDay } from '#workflow';
import { afterFiring, firings, instantsOf, isOpen, isStopped, timedAfter, timedAfterMigration, untimed } from './clocks.js';
import type { Clock, Firing, Timed } from './clocks.js';
import { deadlineEventTypes, deadlinePrefix } from './deadline-events.js';
import type { DeadlineEvent } from './deadline-events.js';
import { DeadlineSources, isSource, publishedCalendar, sourcePrefixes, sourcesAfter, sourceTable } from './deadline-sources.js';
import type { DefinitionVersion } from './deadline-sources.js';

const tables = {
  procedures: table({
    name: 'timed_procedures',
    key: ['id'],
    columns: {
      id: column.uuid,
      /** Of the newest event that changed anything here. */
      revision: column.integer,
      /** Of its stream of deadline events; -1 before the first. */
      deadline_revision: column.integer,
      definition: column.text,
      definition_version: column.integer,
      class: column.text,
      owning_unit: column.uuid,
      /** Empty where the definition has no deadlines. */
      stage: column.text,
      suspended: column.boolean,
      returned: column.boolean,
    },
  }),
  deadlines: table({
    name: 'deadlines',
    key: ['procedure', 'start_revision', 'rule'],
    columns: {
      id: column.uuid,
      procedure: column.uuid,
      start_revision: column.integer,
      rule: column.text,
      owning_unit: column.uuid,
      started_at: column.instant,
      /** Null while it stands still, and where no calendar covers it. */
      due_at: column.nullable(column.instant),
      calendar: column.nullable(column.text),
      calendar_version: column.nullable(column.integer),
      /** open, warned or missed while it runs; met, late or dropped afterwards. */
      state: column.text,
      stopped: column.boolean,
      /** The next event of it, and when; null when there is none. */
      next_firing: column.nullable(column.text),
      next_at: column.nullable(column.instant),
      clock: column.jsonb<Clock>(),
    },
    fillFactor: 80,
    indexes: [
      '(next_at, id) WHERE next_at IS NOT NULL',
      `(state, coalesce(due_at, 'infinity'), id) WHERE state IN ('open', 'warned', 'missed')`,
      `(calendar) WHERE state IN ('open', 'warned')`,
    ],
  }),
  /** Whose each was, when it was due and whether it ran, after each event that changed that: what was counted at a position is found again. */
  past: table({
    name: 'past_deadlines',
    key: ['procedure', 'start_revision', 'rule', 'position'],
    isWrittenOnly: true,
    columns: {
      ...{ procedure: column.uuid, start_revision: column.integer, rule: column.text },
      /** Of the event, which may be one of a calendar. */
      ...{ position: column.bigint, recorded_at: column.instant, stream: column.text, revision: column.integer, type: column.text },
      ...{ owning_unit: column.uuid, due_at: column.nullable(column.instant), runs: column.boolean },
    },
    indexes: ['(position, procedure)', '(recorded_at, position)'],
  }),
};
type Group = GroupOf<typeof tables>;
type DeadlineRow = RowIn<typeof tables.deadlines>;

/** Every running of a deadline, when it is due by the calendar that it is counted by, and what became of it. */
export const deadlines = groupProjection({
  name: 'deadlines',
  codeVersion: '4',
  prefixes: ['procedure-', deadlinePrefix, ...sourcePrefixes],
  readsMetadata: false,
  remembered: 10_000,
  tables,
  subject: ({ stream }) => (isDeadline(stream) ? stream.slice(deadlinePrefix.length) : procedureIdOf(stream)),
  shared: {
    table: sourceTable,
    isOf: ({ stream }) => isSource(stream),
    rowsAfter: sourcesAfter,
    read: (rows) => new DeadlineSources(rows),
    affects: (event) => {
      const published = publishedCalendar(event);
      const where = `calendar = $1 AND state IN ('open', 'warned') AND ($2 OR due_at IS NULL)`;
      return published && { table: 'deadlines', where, values: [published.calendar.id, published.recompute] };
    },
  },
  rowsAfter: (before, event, { subject, shared }) => {
    const published = publishedCalendar(event);
    if (published) return rememberedBy(event, before, recounted(before, published, shared));
    const entry = entryOf(before);
    const after = isDeadline(event.stream) ? fired(entry, event) : entryAfter(subject, entry, event, shared);
    return after && after !== entry ? rememberedBy(event, before, { ...before, ...groupOf(subject, after, before, shared) }) : before;
  },
});

const isDeadline = (stream: string): boolean => stream.startsWith(deadlinePrefix);

const namespace = 'a4b2f0d6-5c1e-5f3a-9e7d-2b8c4d6e8f01';

/** Id of a running of a deadline; the ids of its events are made from it. */
const idOf = (procedure: string, { rule, startRevision }: Clock): string =>
  uuidv5(namespace, `${procedure}/${rule}/${String(startRevision)}`);

/** With what changed of when its deadlines are due and whether they run. */
function rememberedBy({ position, recordedAt, stream, revision, type }: RecordedEvent, before: Group, after: Group): Group {
  const nameOf = ({ start_revision, rule }: DeadlineRow): string => `${String(start_revision)} ${rule}`;
  const were = new Map(before.deadlines.map((row) => [nameOf(row), row]));
  const stoodBy = ({ owning_unit, due_at, clock }: DeadlineRow): Pick<RowIn<typeof tables.past>, 'owning_unit' | 'due_at' | 'runs'> => {
    return { owning_unit, due_at, runs: clock.ended === null };
  };
  const past = after.deadlines.flatMap((row) => {
    const [was, is] = [were.get(nameOf(row)), stoodBy(row)];
    const stood = was && stoodBy(was);
    if (stood && stood.owning_unit === is.owning_unit && stood.due_at === is.due_at && stood.runs === is.runs) return [];
    const { procedure, start_revision, rule } = row;
    return [{ procedure, start_revision, rule, position, recorded_at: recordedAt, stream, revision, type, ...is }];
  });
  return { ...after, past: [...before.past, ...past] };
}

/** What is known of a procedure. */
interface Entry {
  readonly revision: number;
  readonly deadlineRevision: number;
  readonly definition: DefinitionVersion;
  readonly class: string;
  readonly owningUnit: string;
  readonly timed: Timed;
}

/** What a group says. Its clocks are the objects of its rows, so that those that stay are known by being the same. */
function entryOf({ procedures: [row], deadlines: clocks }: Group): Entry | undefined {
  if (!row) return undefined;
  const { revision, deadline_revision, definition, definition_version, owning_unit, stage, suspended, returned } = row;
  return {
    ...{ revision, deadlineRevision: deadline_revision, owningUnit: owning_unit, class: row.class },
    definition: { id: definition, version: definition_version },
    timed: { stage, suspended, returned, clocks: clocks.map(({ clock }) => clock) },
  };
}

function groupOf(id: string, entry: Entry, before: Group, sources: DeadlineSources): Omit<Group, 'past'> {
  const { revision, deadlineRevision, definition, owningUnit, timed } = entry;
  const { stage, suspended, returned, clocks } = timed;
  const staying = new Map(before.deadlines.filter((row) => row.owning_unit === owningUnit).map((row) => [row.clock, row]));
  const procedure = {
    ...{ id, revision, deadline_revision: deadlineRevision, definition: definition.id, definition_version: definition.version },
    ...{ class: entry.class, owning_unit: owningUnit, stage, suspended, returned },
  };
  return { procedures: [procedure], deadlines: clocks.map((clock) => staying.get(clock) ?? rowOf(id, owningUnit, clock, sources)) };
}

function entryAfter(id: string, before: Entry | undefined, event: RecordedEvent, sources: DeadlineSources): Entry {
  const { revision } = event;
  if (before && revision <= before.revision) return before;
  const fact = factOf(event);
  if (fact.type === 'ProcedureRegistered') {
    const { definition, group, kind, owningUnit } = fact.data;
    const deadlineRevision = before?.deadlineRevision ?? -1;
    const fresh = { revision, deadlineRevision, definition, class: group ?? kind, owningUnit, timed: untimed };
    return { ...fresh, timed: timedOf(fresh, fact, event, sources) };
  }
  if (!before) throw new Error(`Procedure ${id} is not registered.`);
  const migration = migrationOf(event);
  if (migration) {
    const [from, to] = [sources.timing(before.definition, before.class), sources.timing(migration.to, before.class)];
    const timed = timedAfterMigration(before.timed, migration, event, { from: from.deadlines, to });
    return { ...before, revision, definition: migration.to, timed: to.deadlines.length === 0 ? withoutStage(timed) : timed };
  }
  const corrected = correctedAfter(before, fact);
  if (corrected !== before) {
    const [from, to] = [sources.timing(before.definition, before.class), sources.timing(corrected.definition, corrected.class)];
    const known = timedAfter(before.timed, fact, event, from);
    const timed = timedAfterMigration(known, { ...fact.data, clocks: 'keep-due' }, event, { from: from.deadlines, to });
    return { ...corrected, revision, timed: to.deadlines.length === 0 ? withoutStage(timed) : timed };
  }
  const timed = timedOf(before, fact, event, sources);
  // Most events change nothing where a definition has no deadlines, and write nothing.
  return isSame(timed, before.timed) ? before : { ...before, revision, timed };
}

function timedOf(entry: Entry, fact: ProcedureEvent, event: RecordedEvent, sources: DeadlineSources): Timed {
  const timing = sources.timing(entry.definition, entry.class);
  const timed = timedAfter(entry.timed, fact, event, timing);
  return timing.deadlines.length === 0 ? withoutStage(timed) : timed;
}

function rowOf(procedure: string, owningUnit: string, clock: Clock, sources: DeadlineSources): DeadlineRow {
  const { deadline, calendarVersion, fired: done, ended } = clock;
  const at = instantsOf(clock, sources.counting(deadline.calendar, calendarVersion));
  const next = ended ? undefined : firings.find((firing) => isWanted(clock, firing) && !done.includes(firing));
  // What stands still has no due date, so nothing of it becomes an event, though a warning may have been due before it stood.
  const nextAt = next === undefined || at.missed === null ? null : at[next];
  return {
    ...{ id: idOf(procedure, clock), procedure, start_revision: clock.startRevision, rule: clock.rule, owning_unit: owningUnit },
    ...{ started_at: clock.startedAt, due_at: at.missed, calendar: deadline.calendar, calendar_version: calendarVersion },
    ...{ state: stateOf(clock, at.missed), stopped: isStopped(clock) },
    ...{ next_firing: nextAt === null ? null : (next ?? null), next_at: nextAt, clock },
  };
}

/** Counts by the new version what is still open, if that was the answer, and in any case what had no due date. */
function recounted(
  before: Group,
  { calendar, recompute }: NonNullable<ReturnType<typeof publishedCalendar>>,
  sources: DeadlineSources,
): Group {
  const isMeant = ({ clock, due_at, ...row }: DeadlineRow): boolean =>
    row.calendar === calendar.id &&
    (clock.calendarVersion ?? 0) < calendar.version &&
    (recompute ? isOpen(clock) : due_at === null && isOpen(clock) && !isStopped(clock));
  if (!before.deadlines.some(isMeant)) return before;
  const recount = (row: DeadlineRow): DeadlineRow =>
    rowOf(row.procedure, row.owning_unit, { ...row.clock, calendarVersion: calendar.version }, sources);
  return { ...before, deadlines: before.deadlines.map((row) => (isMeant(row) ? recount(row) : row)) };
}

const withoutStage = (timed: Timed): Timed => ({ ...timed, stage: '' });

function isSame(one: Timed, other: Timed): boolean {
  return (
    one.stage === other.stage &&
    one.suspended === other.suspended &&
    one.returned === other.returned &&
    one.clocks.length === other.clocks.length &&
    one.clocks.every((clock, index) => clock === other.clocks[index])
  );
}

function fired(before: Entry | undefined, { revision, type, data }: RecordedEvent): Entry | undefined {
  const firing = firings.find((one) => deadlineEventTypes[one] === type);
  if (!before || revision <= before.deadlineRevision) return before;
  const { rule, startRevision } = data as DeadlineEvent['data'];
  const clocks = before.timed.clocks.map((clock) =>
    firing && clock.rule === rule && clock.startRevision === startRevision ? afterFiring(clock, firing) : clock,
  );
  return { ...before, deadlineRevision: revision, timed: { ...before.timed, clocks } };
}

function isWanted({ deadline }: Clock, firing: Firing): boolean {
  return firing === 'missed' || (firing === 'warned' ? deadline.warnBefore : deadline.escalateAfter) !== null;
}

function stateOf({ ended, fired: done }: Clock, dueAt: string | null): string {
  if (!ended) return done.includes('missed') ? 'missed' : done.includes('warned') ? 'warned' : 'open';
  if (ended.how === 'dropped') return 'dropped';
  return dueAt !== null && endOfDay(ended.on).toISOString() > dueAt ? 'late' : 'met';
}

/** What is known of a procedure whose kind, group or owning unit is corrected; the same where they are not. */
function correctedAfter(before: Entry, fact: ProcedureEvent): Entry {
  const registration = readAnew(fact)?.registration;
  if (!registration) return before;
  const { kind, group, owningUnit = before.owningUnit, definition = before.definition } = registration;
  if (kind === undefined && group === undefined && registration.owningUnit === undefined) return before;
  return { ...before, definition, class: classAfter(before.class, registration), owningUnit };
}

/** What a migration says, which other versions of the product may write; null for any other event. */
function migrationOf({
  type,
  data,
}: RecordedEvent): { readonly to: DefinitionVersion; readonly stage: string; readonly occurredOn: string; readonly clocks: string } | null {
  return type === 'ProcedureMigrated' ? (data as ReturnType<typeof migrationOf>) : null;
}
