import type { RecordedEvent } from '#event-store';
import type { Database } from '#platform';
import { column, groupProjection, readCursor, table, writeCursor } from '#processors';
import type { GroupOf, Page, RowIn } from '#processors';
import type { ReorganisationEvent, ReorganisationState } from './reorganisation.js';
import { unitsIn } from './steps.js';
import type { Which } from './steps.js';

const prefix = 'reorganisation-';

const tables = {
  reorganisations: table({
    name: 'reorganisations',
    key: ['id'],
    columns: {
      ...{ id: column.uuid, title: column.text, decision_number: column.text, decision_on: column.date, effective_on: column.date },
      ...{ state: column.text, steps: column.integer, done: column.integer },
      /** Those that the plan names. */
      units: column.uuids,
      revision: column.integer,
      /** Of its first event. */
      position: column.bigint,
    },
    risesIn: ['revision'],
    indexes: ['(position)', `(effective_on) WHERE state IN ('planned', 'running')`],
  }),
  handovers: table({
    name: 'handovers',
    key: ['reorganisation', 'step', 'no'],
    columns: {
      ...{ reorganisation: column.uuid, step: column.integer, no: column.integer },
      ...{ from_unit: column.uuid, to_unit: column.uuid, which: column.jsonb<Which>() },
      /** Null until its step is done. */
      done_on: column.nullable(column.date),
      /** Position of the log at which its step was done; null until then. */
      done_at: column.nullable(column.bigint),
    },
    indexes: ['(from_unit)'],
  }),
};
type Group = GroupOf<typeof tables>;
type Row = RowIn<typeof tables.reorganisations>;
type Handed = RowIn<typeof tables.handovers>;

/** Every reorganisation, for lists and for what is due, and which unit gave what to which. */
export const reorganisationsView = groupProjection({
  name: 'reorganisations',
  codeVersion: '2',
  prefixes: [prefix],
  readsMetadata: false,
  tables,
  subject: ({ stream }) => stream.slice(prefix.length),
  rowsAfter: (before, event, { subject }) => rowsAfter(before, event, subject),
});

function rowsAfter(before: Group, event: RecordedEvent, id: string): Group {
  const [known] = before.reorganisations;
  const { revision } = event;
  if (known && revision <= known.revision) return before;
  // The stream says what it is.
  const fact = event as unknown as ReorganisationEvent;
  if (fact.type === 'ReorganisationPlanned') return { ...before, reorganisations: [{ ...planned(fact.data), id, revision, position: event.position }] };
  if (!known) throw new Error(`Revision ${String(revision)} of reorganisation ${id} does not follow its plan.`);
  const row = { ...known, revision };
  const turned = (state: ReorganisationState): Group => ({ ...before, reorganisations: [{ ...row, state }] });
  switch (fact.type) {
    case 'ReorganisationAmended':
      return { ...before, reorganisations: [{ ...row, ...planned(fact.data) }] };
    case 'ReorganisationBegun':
      return { ...turned('running'), handovers: fact.data.acts.flatMap((acts, step) => handedBy(id, step, acts)) };
    case 'ReorganisationStepDone': {
      const { step } = fact.data;
      const on = event.recordedAt;
      const handovers = before.handovers.map((one): Handed => (one.step === step ? { ...one, done_on: vietnamese(on), done_at: event.position } : one));
      return { reorganisations: [{ ...row, done: step + 1 }], handovers };
    }
    case 'ReorganisationHalted':
      return turned('halted');
    case 'ReorganisationResumed':
      return turned(before.handovers.length > 0 || known.done > 0 ? 'running' : 'planned');
    case 'ReorganisationCancelled':
      return turned('cancelled');
    case 'ReorganisationCompleted':
      return turned('completed');
    default:
      // What another version of the product wrote.
      return { ...before, reorganisations: [row] };
  }
} // prettier-ignore

function planned({ title, decision, effectiveOn, steps }: Extract<ReorganisationEvent, { type: 'ReorganisationPlanned' }>['data']): Omit<Row, 'id' | 'revision' | 'position'> {
  return {
    ...{ title, decision_number: decision.number, decision_on: decision.date, effective_on: effectiveOn },
    ...{ state: 'planned', steps: steps.length, done: 0, units: [...new Set(steps.flatMap(unitsIn))] },
  };
} // prettier-ignore

type Begun = Extract<ReorganisationEvent, { type: 'ReorganisationBegun' }>['data'];

function handedBy(reorganisation: string, step: number, acts: Begun['acts'][number]): readonly Handed[] {
  return acts.flatMap((act, no) =>
    act.act === 'transfer'
      ? [{ reorganisation, step, no, from_unit: act.from, to_unit: act.to, which: act.which, done_on: null, done_at: null }]
      : [],
  );
}

/** Vietnam has one offset all year. */
const vietnamese = (at: string): string => new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(0, 10);

/** A reorganisation as lists show it. */
export interface ReorganisationSummary {
  readonly id: string;
  readonly title: string;
  readonly decision: { readonly number: string; readonly date: string };
  readonly effectiveOn: string;
  readonly state: ReorganisationState;
  readonly steps: number;
  readonly done: number;
}

/** One page, the newest first: those that concern none but these units. @param units (Default: all) @throws InvalidCursor */
export async function listReorganisations(
  database: Database,
  { units, cursor, limit }: { readonly units: readonly string[] | null; readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<ReorganisationSummary>> {
  const [after] = cursor === undefined ? [undefined] : readCursor(cursor, 'reorganisations', 1, 'position');
  const { rows } = await database.pool.query<Omit<ReorganisationSummary, 'decision'> & { readonly number: string; readonly date: string; readonly shown: string }>(
    `SELECT r.id, r.title, r.decision_number AS number, r.decision_on::text AS date, r.effective_on::text AS "effectiveOn", r.state, r.steps, r.done,
       r.position::text AS shown
     FROM views.reorganisations r WHERE ($1::bigint IS NULL OR r.position < $1) AND ($2::uuid[] IS NULL OR r.units <@ $2)
     ORDER BY r.position DESC LIMIT $3`,
    [after ?? null, units && [...units], limit + 1],
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ id, title, number, date, effectiveOn, state, steps, done }) => ({
      ...{ id, title, decision: { number, date }, effectiveOn, state, steps, done },
    })),
    nextCursor: last && rows.length > limit ? writeCursor(['reorganisations', last.shown]) : null,
  };
} // prettier-ignore

/** Those that are to be worked on: planned for today or before, or under way; the oldest decision first. None before the view is built. */
export async function dueReorganisations(database: Database, today: string): Promise<readonly string[]> {
  const { rows: built } = await database.pool.query<{ built: boolean }>(`SELECT to_regclass('views.reorganisations') IS NOT NULL AS built`);
  if (built[0]?.built !== true) return [];
  const { rows } = await database.pool.query<{ id: string }>(
    `SELECT r.id FROM views.reorganisations r WHERE r.state = 'running' OR (r.state = 'planned' AND r.effective_on <= $1::date)
     ORDER BY r.effective_on, r.position LIMIT 20`,
    [today],
  );
  return rows.map(({ id }) => id);
}

/** What a unit gave to another one. */
export interface Handover {
  readonly from: string;
  readonly to: string;
  readonly which: Which;
  readonly reorganisation: string;
  readonly on: string;
  /** Position of the log at which it was done. */
  readonly at: bigint;
  readonly decision: { readonly number: string; readonly date: string };
}

/** Everything that was given, the oldest first. */
export async function handovers(database: Database): Promise<readonly Handover[]> {
  const { rows } = await database.pool.query<
    Omit<Handover, 'decision' | 'at'> & { readonly doneAt: string; readonly number: string; readonly date: string }
  >(
    `SELECT h.from_unit AS "from", h.to_unit AS "to", h.which, h.reorganisation, h.done_on::text AS "on", h.done_at::text AS "doneAt", r.decision_number AS number, r.decision_on::text AS date
     FROM views.handovers h JOIN views.reorganisations r ON r.id = h.reorganisation WHERE h.done_on IS NOT NULL ORDER BY h.done_at, h.step, h.no`,
  );
  return rows.map(({ number, date, doneAt, ...one }) => ({ ...one, at: BigInt(doneAt), decision: { number, date } }));
}
