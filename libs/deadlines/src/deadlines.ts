import { uuidv5 } from '#event-store';
import type { RecordedEvent } from '#event-store';
import type { Transaction } from '#platform';
import type { TableName, View, ViewWriter } from '#processors';
import { endOfDay } from '#workflow';
import { afterFiring, firings, instantsOf, isOpen, isStopped, timedAfter, timedAfterMigration, untimed } from './clocks.js';
import type { Clock, Firing, Timed } from './clocks.js';
import type { DeadlineEvent } from './deadline-events.js';
import type { ProcedureEvent } from '#procedures';
import { deadlineEventTypes, deadlinePrefix } from './deadline-events.js';
import { Recent, columnsOf } from '#processors';
import { DeadlineSources, isSource, publishedCalendar, sourcePrefixes } from './deadline-sources.js';
import type { DefinitionVersion } from './deadline-sources.js';
import { classAfter, factOf, procedureIdOf } from '#procedures';

/** Every running of a deadline, when it is due by the calendar that it is counted by, and what became of it. */
export const deadlines: View = {
  name: 'deadlines',
  codeVersion: '2',
  prefixes: ['procedure-', deadlinePrefix, ...sourcePrefixes],
  readsMetadata: false,
  tables: ['deadlines', 'timed_procedures', 'deadline_sources'],
  create: async (transaction, table) => {
    await DeadlineSources.create(transaction, table('deadline_sources'));
    await transaction.query(`
      CREATE TABLE ${table('timed_procedures')} (
        id uuid PRIMARY KEY,
        -- Of the newest event that changed anything here.
        revision integer NOT NULL,
        -- Of its stream of deadline events; -1 before the first.
        deadline_revision integer NOT NULL,
        definition text NOT NULL, definition_version integer NOT NULL, class text NOT NULL, owning_unit uuid NOT NULL,
        -- Empty where the definition has no deadlines.
        stage text NOT NULL, suspended boolean NOT NULL, returned boolean NOT NULL
      );
      CREATE TABLE ${table('deadlines')} (
        id uuid NOT NULL,
        procedure uuid, start_revision integer, rule text,
        owning_unit uuid NOT NULL,
        started_at timestamptz(3) NOT NULL,
        -- Null while it stands still, and where no calendar covers it.
        due_at timestamptz(3),
        calendar text, calendar_version integer,
        -- open, warned or missed while it runs; met, late or dropped afterwards.
        state text NOT NULL,
        stopped boolean NOT NULL,
        -- The next event of it, and when; null when there is none.
        next_firing text, next_at timestamptz(3),
        clock jsonb NOT NULL,
        PRIMARY KEY (procedure, start_revision, rule)
      ) WITH (fillfactor = 80);
    `);
  },
  index: async (transaction, table) => {
    const on = table('deadlines');
    await transaction.query(`
      CREATE INDEX ON ${on} (next_at, id) WHERE next_at IS NOT NULL;
      CREATE INDEX ON ${on} (state, coalesce(due_at, 'infinity'), id) WHERE state IN ('open', 'warned', 'missed');
      CREATE INDEX ON ${on} (calendar) WHERE state IN ('open', 'warned');
    `);
  },
  writer: (table) => new DeadlinesWriter(table),
};

const namespace = 'a4b2f0d6-5c1e-5f3a-9e7d-2b8c4d6e8f01';

/** Id of a running of a deadline; the ids of its events are made from it. */
const idOf = (procedure: string, { rule, startRevision }: Clock): string =>
  uuidv5(namespace, `${procedure}/${rule}/${String(startRevision)}`);

/** What is known of a procedure. */
interface Entry {
  readonly revision: number;
  readonly deadlineRevision: number;
  readonly definition: DefinitionVersion;
  readonly class: string;
  readonly owningUnit: string;
  readonly timed: Timed;
}

/** What procedures were before some events, and what they are after them. */
interface Computed {
  readonly known: ReadonlyMap<string, Entry>;
  readonly now: ReadonlyMap<string, Entry>;
}

const remembered = 10_000;
const recomputedAtOnce = 5_000;

class DeadlinesWriter implements ViewWriter {
  private readonly recent = new Recent<string, Entry>(remembered);
  private readonly sources: DeadlineSources;
  /** Settles when the call before has computed, and only writes: a build calls again before it has ended. */
  private computed: Promise<void> = Promise.resolve();

  constructor(private readonly table: TableName) {
    this.sources = new DeadlineSources(table('deadline_sources'));
  }

  async apply(transaction: Transaction, events: readonly RecordedEvent[]): Promise<void> {
    const earlier = this.computed;
    let letOn: () => void = () => undefined;
    this.computed = new Promise((resolve) => (letOn = resolve));
    await earlier;
    try {
      await this.sources.load(transaction);
      let run: RecordedEvent[] = [];
      for (const event of events) {
        if (!isSource(event.stream)) {
          run.push(event);
          continue;
        }
        // What comes after a new version is counted by it, and what came before is not.
        await this.save(transaction, await this.compute(transaction, run));
        run = [];
        await this.sources.take(transaction, event);
        const calendar = publishedCalendar(event);
        if (calendar) await this.recompute(transaction, calendar);
      }
      const computed = await this.compute(transaction, run);
      letOn();
      await this.save(transaction, computed);
    } finally {
      letOn();
    }
  }

  forget(): void {
    this.recent.clear();
    this.sources.forget();
  }

  private async compute(transaction: Transaction, events: readonly RecordedEvent[]): Promise<Computed> {
    const known = events.length === 0 ? new Map<string, Entry>() : await this.load(transaction, events);
    const now = new Map<string, Entry>();
    for (const event of events) {
      const id = idIn(event.stream);
      const before = now.get(id) ?? known.get(id);
      const after = event.stream.startsWith(deadlinePrefix) ? fired(before, event) : this.entryAfter(id, before, event);
      if (after && after !== before) now.set(id, after);
    }
    for (const [id, entry] of [...known, ...now]) this.recent.set(id, entry);
    return { known, now };
  }

  private entryAfter(id: string, before: Entry | undefined, event: RecordedEvent): Entry {
    const { revision } = event;
    if (before && revision <= before.revision) return before;
    const fact = factOf(event);
    if (fact.type === 'ProcedureRegistered') {
      const { definition, group, kind, owningUnit } = fact.data;
      const deadlineRevision = before?.deadlineRevision ?? -1;
      const fresh = { revision, deadlineRevision, definition, class: group ?? kind, owningUnit, timed: untimed };
      return { ...fresh, timed: this.timedAfter(fresh, fact, event) };
    }
    if (!before) throw new Error(`Procedure ${id} is not registered.`);
    const migration = migrationOf(event);
    if (migration) {
      const [from, to] = [this.sources.timing(before.definition, before.class), this.sources.timing(migration.to, before.class)];
      const timed = timedAfterMigration(before.timed, migration, event, { from: from.deadlines, to });
      return { ...before, revision, definition: migration.to, timed: to.deadlines.length === 0 ? withoutStage(timed) : timed };
    }
    const corrected = correctedAfter(before, fact);
    if (corrected !== before) {
      const [from, to] = [this.sources.timing(before.definition, before.class), this.sources.timing(corrected.definition, corrected.class)];
      const known = timedAfter(before.timed, fact, event, from);
      const timed = timedAfterMigration(known, { ...fact.data, clocks: 'keep-due' }, event, { from: from.deadlines, to });
      return { ...corrected, revision, timed: to.deadlines.length === 0 ? withoutStage(timed) : timed };
    }
    const timed = this.timedAfter(before, fact, event);
    // Most events change nothing where a definition has no deadlines, and write nothing.
    return isSame(timed, before.timed) ? before : { ...before, revision, timed };
  }

  private timedAfter(entry: Entry, fact: ReturnType<typeof factOf>, event: RecordedEvent): Timed {
    const timing = this.sources.timing(entry.definition, entry.class);
    const timed = timedAfter(entry.timed, fact, event, timing);
    return timing.deadlines.length === 0 ? withoutStage(timed) : timed;
  }

  private async load(transaction: Transaction, events: readonly RecordedEvent[]): Promise<ReadonlyMap<string, Entry>> {
    const found = new Map<string, Entry>();
    const missing = new Set<string>();
    for (const { stream, revision } of events) {
      const id = idIn(stream);
      if (found.has(id) || missing.has(id)) continue;
      const entry = this.recent.get(id);
      if (entry) found.set(id, entry);
      // What begins here has no row.
      else if (revision > 0 || stream.startsWith(deadlinePrefix)) missing.add(id);
      else found.delete(id);
    }
    if (missing.size === 0) return found;
    const { rows } = await transaction.query<StoredEntry>(
      `SELECT id, revision, deadline_revision AS "deadlineRevision", definition, definition_version AS version, class,
         owning_unit AS "owningUnit", stage, suspended, returned,
         ARRAY(SELECT clock FROM ${this.table('deadlines')} d WHERE d.procedure = p.id ORDER BY start_revision, rule) AS clocks
       FROM ${this.table('timed_procedures')} p WHERE id = ANY ($1)`,
      [[...missing]],
    );
    for (const row of rows) {
      const { id, revision, deadlineRevision, definition, version, owningUnit, stage, suspended, returned, clocks } = row;
      const timed = { stage, suspended, returned, clocks };
      found.set(id, { revision, deadlineRevision, definition: { id: definition, version }, class: row.class, owningUnit, timed });
    }
    return found;
  }

  private async save(transaction: Transaction, { known, now }: Computed): Promise<void> {
    if (now.size === 0) return;
    await transaction.query(
      `INSERT INTO ${this.table('timed_procedures')} AS p (${entryColumns.join(', ')})
       SELECT * FROM unnest($1::uuid[], $2::integer[], $3::integer[], $4::text[], $5::integer[], $6::text[], $7::uuid[], $8::text[],
         $9::boolean[], $10::boolean[])
       ON CONFLICT (id) DO UPDATE SET (${entryColumns.join(', ')}) = ROW (${entryColumns.map((column) => `excluded.${column}`).join(', ')})`,
      [...columnsOf([...now], entryRow)],
    );
    const rows = [...now].flatMap(([procedure, { owningUnit, timed }]): readonly ClockOf[] => {
      const earlier = known.get(procedure);
      const before = new Set(earlier?.owningUnit === owningUnit ? earlier.timed.clocks : []);
      return timed.clocks.filter((clock) => !before.has(clock)).map((clock) => ({ procedure, owningUnit, clock }));
    });
    await this.saveClocks(transaction, rows);
  }

  private async saveClocks(transaction: Transaction, rows: readonly ClockOf[]): Promise<void> {
    if (rows.length === 0) return;
    await transaction.query(
      `INSERT INTO ${this.table('deadlines')} AS d (${clockColumns.join(', ')})
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::integer[], $4::text[], $5::uuid[], $6::timestamptz[], $7::timestamptz[], $8::text[],
         $9::integer[], $10::text[], $11::boolean[], $12::text[], $13::timestamptz[], $14::jsonb[])
       ON CONFLICT (procedure, start_revision, rule) DO UPDATE
       SET (${clockColumns.join(', ')}) = ROW (${clockColumns.map((column) => `excluded.${column}`).join(', ')})`,
      [...columnsOf(rows, (row) => this.clockRow(row))],
    );
  }

  private clockRow({ procedure, owningUnit, clock }: ClockOf): readonly (string | number | boolean | null)[] {
    const { deadline, calendarVersion, fired: done, ended } = clock;
    const at = instantsOf(clock, this.sources.counting(deadline.calendar, calendarVersion));
    const next = ended ? undefined : firings.find((firing) => isWanted(clock, firing) && !done.includes(firing));
    // What stands still has no due date, so nothing of it becomes an event, though a warning may have been due before it stood.
    const nextAt = next === undefined || at.missed === null ? null : at[next];
    return [
      idOf(procedure, clock), procedure, clock.startRevision, clock.rule, owningUnit, clock.startedAt, at.missed, deadline.calendar,
      calendarVersion, stateOf(clock, at.missed), isStopped(clock), nextAt === null ? null : (next ?? null), nextAt, JSON.stringify(clock),
    ]; // prettier-ignore
  }

  /** Counts by the new version what is still open, if that was the answer, and in any case what had no due date. */
  private async recompute(transaction: Transaction, { calendar, recompute }: ReturnType<typeof publishedCalendar> & object): Promise<void> {
    this.recent.clear();
    for (let after: readonly [string, number, string] = ['00000000-0000-0000-0000-000000000000', 0, '']; ;) {
      const { rows } = await transaction.query<ClockOf>(
        `SELECT procedure, owning_unit AS "owningUnit", clock FROM ${this.table('deadlines')}
         WHERE calendar = $1 AND state IN ('open', 'warned') AND ($2 OR due_at IS NULL) AND (procedure, start_revision, rule) > ($3, $4, $5)
         ORDER BY procedure, start_revision, rule LIMIT $6`,
        [calendar.id, recompute, ...after, recomputedAtOnce],
      );
      const last = rows.at(-1);
      if (!last) return;
      const open = rows.filter(({ clock }) => isOpen(clock) && (recompute || !isStopped(clock)));
      await this.saveClocks(
        transaction,
        open.map((row) => ({ ...row, clock: { ...row.clock, calendarVersion: calendar.version } })),
      );
      if (rows.length < recomputedAtOnce) return;
      after = [last.procedure, last.clock.startRevision, last.clock.rule];
    }
  }
}

interface ClockOf {
  readonly procedure: string;
  readonly owningUnit: string;
  readonly clock: Clock;
}

interface StoredEntry {
  readonly id: string;
  readonly revision: number;
  readonly deadlineRevision: number;
  readonly definition: string;
  readonly version: number;
  readonly class: string;
  readonly owningUnit: string;
  readonly stage: string;
  readonly suspended: boolean;
  readonly returned: boolean;
  readonly clocks: readonly Clock[];
}

const entryColumns = [
  'id', 'revision', 'deadline_revision', 'definition', 'definition_version', 'class', 'owning_unit', 'stage', 'suspended', 'returned',
]; // prettier-ignore

function entryRow([id, { revision, deadlineRevision, definition, class: name, owningUnit, timed }]: readonly [string, Entry]): readonly (
  string | number | boolean
)[] {
  const { stage, suspended, returned } = timed;
  return [id, revision, deadlineRevision, definition.id, definition.version, name, owningUnit, stage, suspended, returned];
}

const clockColumns = [
  'id', 'procedure', 'start_revision', 'rule', 'owning_unit', 'started_at', 'due_at', 'calendar', 'calendar_version', 'state', 'stopped',
  'next_firing', 'next_at', 'clock',
]; // prettier-ignore

const idIn = (stream: string): string => (stream.startsWith(deadlinePrefix) ? stream.slice(deadlinePrefix.length) : procedureIdOf(stream));

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
  if (fact.type !== 'RecordCorrected' || fact.data.revision !== 0) return before;
  const { changes, definition = before.definition } = fact.data;
  if (!['kind', 'group', 'owningUnit'].some((name) => Object.hasOwn(changes, name))) return before;
  const { owningUnit } = changes;
  return {
    ...before,
    definition,
    class: classAfter(before.class, changes),
    owningUnit: typeof owningUnit === 'string' ? owningUnit : before.owningUnit,
  };
}

/** What a migration says, which other versions of the product may write; null for any other event. */
function migrationOf({
  type,
  data,
}: RecordedEvent): { readonly to: DefinitionVersion; readonly stage: string; readonly occurredOn: string; readonly clocks: string } | null {
  return type === 'ProcedureMigrated' ? (data as ReturnType<typeof migrationOf>) : null;
}
