import { deadlineStates, deadlinesView } from '#deadlines';
import type { DeadlineState } from '#deadlines';
import type { Database } from '#platform';
import { clearanceRankOf, optionActions, rankOf } from '#workflow';
import type { WorkConditions } from '#workflow';
import { classificationOf, conditionsOf, countUpToMost, havingWords, registerView, summaryColumns, toSummary } from '#procedures';
import { InvalidCursor, readCursor, writeCursor } from '#processors';
import type { ListFilters, ProcedureFilters, ProcedureSummary, SummaryRow, Total } from '#procedures';
import type { Page } from '#processors';
import { workKey } from './work.js';
import type { HeldWork, Performer, Workplace } from './performer.js';

/** What a worklist can show. */
export const worklistScopes = ['mine', 'unit', 'claimed', 'waiting', 'overdue', 'dueThisWeek'] as const;
export type WorklistScope = (typeof worklistScopes)[number];
/** How it is ordered: the longest waiting first, or the next due, and last what is not due at any time, the longest waiting first. */
export const worklistOrders = ['waiting', 'due'] as const;
export type WorklistOrder = (typeof worklistOrders)[number];

/** A procedure that waits, and who has claimed it. */
export interface WorkItem extends ProcedureSummary {
  /** Null when nobody has. */
  readonly claim: { readonly person: string; readonly since: string } | null;
  /** As whom it is shown: 0 for the performer as such, then by those for whom they stand in. */
  readonly as: number;
}

/** How much there is of each scope, and of what units are asked. */
export type WorkCounts = Readonly<Record<WorklistScope, number>> & {
  readonly tasks: { readonly open: number; readonly overdue: number; readonly waiting: number };
};

/** The register may be behind, and not know the procedure yet. */
type ItemRow = (SummaryRow | { readonly id: null }) & {
  readonly keys: readonly string[];
  readonly holder: string | null;
  readonly claimed_at: Date | null;
  readonly shown_as: number;
};

const isRegistered = (row: SummaryRow | { readonly id: null }): row is SummaryRow => row.id !== null;

/** Narrows a list down by what the register says. (Default: nothing) */
type WorkFilters = Omit<ProcedureFilters, 'sight'>;

interface Listed extends WorkFilters {
  readonly scope: WorklistScope;
}

interface Asked extends Listed {
  /** (Default: waiting) */
  readonly sort?: WorklistOrder | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** What waits, in order. Agrees with the rules as far as the view has come. @throws InvalidCursor */
export async function worklist(database: Database, performer: Performer, options: Asked): Promise<Page<WorkItem>> {
  const found: ItemRow[] = [];
  for (const { text, values } of worklistStatements(performer, options))
    if (found.length <= options.limit) found.push(...(await database.pool.query<ItemRow>(text, values)).rows);
  const items = found.slice(0, options.limit);
  const last = items.at(-1);
  return {
    items: items.flatMap(({ holder, claimed_at, shown_as, ...row }) => {
      const claim = holder === null || claimed_at === null ? null : { person: holder, since: claimed_at.toISOString() };
      return isRegistered(row) ? [{ ...toSummary(row), claim, as: shown_as }] : [];
    }),
    nextCursor: last && found.length > options.limit ? writeCursor([cursorOf(options), ...last.keys]) : null,
  };
}

const cursorOf = ({ scope, sort = 'waiting' }: Asked): string => (sort === 'waiting' ? `worklist-${scope}` : `worklist-${scope}-${sort}`);

interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/**
 * The statements behind a page: the next is asked only while the page is not full. Each asks for one row more, to know whether there is another page.
 * What has no due date comes after all that has one and is asked by itself, so that neither is sorted as a whole.
 */
export function worklistStatements(performer: Performer, options: Asked): readonly Statement[] {
  const { sort = 'waiting', cursor } = options;
  if (sort === 'waiting') {
    const [after = ''] = cursor === undefined ? ['-1'] : readCursor(cursor, cursorOf(options), 1);
    return [inTurn(performer, options, { after, keys: [] })];
  }
  const [due = '', after = ''] = cursor === undefined ? ['-1', '-1'] : readCursor(cursor, cursorOf(options), 2, 'position');
  if (!/^(-1|\d{1,12})$/.test(due)) throw new InvalidCursor('The cursor is not one of this list.');
  const undated = inTurn(performer, options, { after: due === never ? after : '-1', keys: [never], isUndated: true });
  return due === never ? [undated] : [inDueOrder(performer, options, { due, after }), undated];
}

const workColumns = 'w.procedure, w.stage_position, w.holder, w.claimed_at, w.shown_as';

/** The longest waiting first. @param at Behind which stage position it begins, the keys of a cursor before that, and whether only what is never due is meant */
function inTurn(
  performer: Performer,
  options: Asked,
  { after, keys, isUndated = false }: { readonly after: string; readonly keys: readonly string[]; readonly isUndated?: boolean },
): Statement {
  const values: unknown[] = [after, options.limit + 1];
  const { work, conditions, timed } = listedOf(performer, options, values);
  const all = [
    ...['w.stage_position > $1', conditions],
    // Where none of its deadlines has a due date, that one has none either.
    ...(timed
      ? [`w.procedure = ANY (${proceduresWith(isUndated ? `${timed.condition} AND ${dueOf} = 'infinity'` : timed.condition)})`]
      : []),
    ...(isUndated ? [`NOT EXISTS (SELECT FROM ${deadlinesView} d WHERE d.procedure = w.procedure AND ${isDated})`] : []),
  ];
  const key = [...keys.map((one) => `'${one}'`), 'w.stage_position::text'].join(', ');
  return summed(
    `SELECT ${workColumns}, ARRAY[${key}] AS work_keys FROM ${work} WHERE ${all.join(' AND ')} ORDER BY w.stage_position LIMIT $2`,
    { order: 'w.stage_position', values },
  );
}

/** The next due first, by the deadline of each that is due first. @param at Behind which due date, in seconds, and stage position it begins */
function inDueOrder(performer: Performer, options: Asked, { due, after }: { readonly due: string; readonly after: string }): Statement {
  const values: unknown[] = [due, after, options.limit + 1];
  const { work, conditions, timed } = listedOf(performer, options, values);
  const seconds = 'extract(epoch FROM d.due_at)::bigint';
  // Which is due first, is not later than the one that counts: it counts itself where one of its state can.
  const counting = (state: DeadlineState): string =>
    timed ? ` AND ${timed.states.includes(state) ? timed.condition : `d.procedure = ANY (${proceduresWith(timed.condition)})`}` : '';
  // Each state is read in order from its part of the index, and what waits for the performer is looked up for what is read.
  const parts = deadlineStates.map(
    (state) => `(SELECT ${workColumns}, ARRAY[${seconds}::text, w.stage_position::text] AS work_keys, d.due_at
      FROM ${deadlinesView} d JOIN LATERAL (SELECT * FROM ${work} WHERE w.procedure = d.procedure AND ${conditions}) AS w ON true
      WHERE d.state = '${state}' AND d.due_at IS NOT NULL AND ${dueOf} >= to_timestamp($1::bigint)${counting(state)}
        AND (${seconds}, w.stage_position) > ($1::bigint, $2::bigint)
        AND NOT EXISTS (SELECT FROM ${deadlinesView} sooner WHERE sooner.procedure = d.procedure AND sooner.state IN (${running})
          AND (sooner.due_at, sooner.id) < (d.due_at, d.id))
      ORDER BY d.state, ${dueOf}, w.stage_position LIMIT $3)`,
  );
  return summed(`SELECT * FROM (${parts.join(' UNION ALL ')}) AS w ORDER BY w.due_at, w.stage_position LIMIT $3`, {
    order: 'w.due_at, w.stage_position',
    values,
  });
}

/** With what the register says of each. The page is cut before anything is looked up for it, whatever the planner believes about how much there is. */
const summed = (page: string, { order, values }: { readonly order: string; readonly values: unknown[] }): Statement => ({
  text: `SELECT ${summaryColumns}, w.work_keys AS keys, w.holder, w.claimed_at, w.shown_as
    FROM (${page}) AS w LEFT JOIN ${registerView} r ON r.id = w.procedure ORDER BY ${order}`,
  values,
});

/** How many a list has in all its pages. */
export async function countListed(database: Database, performer: Performer, options: Listed): Promise<Total> {
  const values: unknown[] = [];
  const { work, conditions, timed } = listedOf(performer, options, values);
  const counting = timed ? ` AND w.procedure = ANY (${proceduresWith(timed.condition)})` : '';
  return countUpToMost(database, { from: `${work} WHERE ${conditions}${counting}`, values });
}

/** Stands in keys of cursors, where instants are seconds, for what is never due: more than any. */
const never = '999999999999';
const running = deadlineStates.map((state) => `'${state}'`).join(', ');
const isDated = `d.state IN (${running}) AND d.due_at IS NOT NULL`;
/** As the index of the view has it. */
const dueOf = `coalesce(d.due_at, 'infinity')`;

/**
 * Ids of the procedures that have such a deadline, as an array that is made once: found from the few that count, whatever the planner believes
 * about how many there are.
 */
const proceduresWith = (condition: string): string => `ARRAY(SELECT d.procedure FROM ${deadlinesView} d WHERE ${condition})`;

interface Conditions {
  readonly work: string;
  readonly conditions: string;
  /** Of the procedure's deadlines one must be like that; null where that does not matter. */
  readonly timed: Timed | null;
}

function listedOf(performer: Performer, { scope, q, ...filters }: Listed, values: unknown[]): Conditions {
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const work = workOf(performer, parameter);
  // What the performer may see, the rows of work say already.
  const filtered = [
    ...conditionsOf({ ...filters, sight: { clearance: 'topSecret', units: null } }, parameter),
    ...havingWords(q, parameter),
  ];
  const within =
    filtered.length === 0 ? [] : [`EXISTS (SELECT FROM ${registerView} r WHERE ${['r.id = w.procedure', ...filtered].join(' AND ')})`];
  const timed = isTimed(scope) ? timedIn[scope](() => parameter(performer.weekEnds)) : null;
  return { work, conditions: [scopes[scope], ...within].join(' AND '), timed };
}

/** How much each scope holds, in one query: of what is alike the numbers, and one by one only what those do not tell apart. */
export async function countWork(database: Database, performer: Performer): Promise<WorkCounts> {
  const all = [performer, ...performer.standingIn];
  const reach = all.flatMap(({ owned, mine, unit }) => [...owned, ...[...mine, ...unit].flatMap(({ units }) => units)]);
  const [places, acting] = [all.flatMap((one) => one.places), all.flatMap((one) => one.acting)];
  const values: unknown[] = [places, performer.today, [...new Set(reach)], acting, all.flatMap(keysToldApart)];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const numbers = (as: (scope: CountedScope) => string): string =>
    countedScopes.map((scope) => `coalesce(${as(scope)}, 0)::integer AS "${scope}"`).join(', ');
  const within = '(w.owning_unit = ANY ($3::uuid[]) OR w.claimed_by = ANY ($4::uuid[]))';
  const weekEnds = parameter(performer.weekEnds);
  const timed = timedScopes.map((scope) => ({ scope, condition: timedIn[scope](() => weekEnds).condition }));
  const { rows } = await database.pool.query<Record<WorklistScope, number> & Record<`tasks_${'open' | 'overdue' | 'waiting'}`, number>>(
    `SELECT work.*, timed.*, asked.* FROM (
       SELECT ${numbers((scope) => `sum(counted."${scope}")`)} FROM (
         SELECT ${numbers((scope) => `sum(w.number) FILTER (WHERE ${scopes[scope]})`)}
         FROM ${workOf(performer, parameter, alike)} WHERE ${within} AND (w.waits = ANY ($5::text[])) IS NOT TRUE
         UNION ALL
         SELECT ${numbers((scope) => `count(*) FILTER (WHERE ${scopes[scope]})`)}
         FROM ${workOf(performer, parameter)} WHERE ${within} AND w.waits = ANY ($5::text[])
       ) AS counted
     ) AS work, (
       SELECT ${timedScopes.map((scope) => `count(*) FILTER (WHERE d."${scope}")::integer AS "${scope}"`).join(', ')}
       FROM (
         SELECT d.procedure, ${timed.map(({ scope, condition }) => `bool_or(${condition}) AS "${scope}"`).join(', ')}
         FROM ${deadlinesView} d WHERE ${timed.map(({ condition }) => `(${condition})`).join(' OR ')} GROUP BY d.procedure
       ) AS d JOIN ${workOf(performer, parameter)} ON w.procedure = d.procedure WHERE w.owned OR w.unit
     ) AS timed, (
       SELECT count(*) FILTER (WHERE t.unit = ANY ($1))::integer AS tasks_open,
         count(*) FILTER (WHERE t.unit = ANY ($1) AND t.due_on < $2)::integer AS tasks_overdue,
         count(*) FILTER (WHERE t."by" = ANY ($1))::integer AS tasks_waiting
       FROM views.tasks t JOIN views.work w ON w.procedure = t.procedure
       WHERE t.answered_at IS NULL AND NOT t.closed AND (t.unit = ANY ($1::uuid[]) OR t."by" = ANY ($1)) AND ${clearedFor(performer)}
     ) AS asked`,
    values,
  );
  const [found] = rows;
  if (!found) throw new Error('A count gives one row.');
  const { tasks_open, tasks_overdue, tasks_waiting, ...work } = found;
  return { ...work, tasks: { open: tasks_open, overdue: tasks_overdue, waiting: tasks_waiting } };
}

/** Keys of what the performer may be excluded from by more than what was done to the open option. */
const keysToldApart = ({ mine }: Performer): readonly string[] =>
  mine.filter(({ conditions }) => conditions.differentFrom.some((action) => !optionActions.includes(action))).map(workKey);

/** Rows that stand for all work that is alike, with how much there is of it, by the columns of the view that scopes look at. */
const alike = `(
    SELECT owning_unit, classification, nullif(waits, '') AS waits, CASE WHEN complete THEN '{}' ELSE '{missing}' END::text[] AS missing,
      ever_published, option_open, string_to_array(option_doers, ' ') AS doers, nullif(claimed_by, '')::uuid AS claimed_by, number
    FROM views.work_alike
  )`;

/** All claims that there are, one for each person, unit and classification. */
export async function heldWork(database: Database): Promise<readonly HeldWork[]> {
  const { rows } = await database.pool.query<Omit<HeldWork, 'classification'> & { readonly classification: number }>(
    `SELECT DISTINCT claimed_by AS person, owning_unit AS "owningUnit", classification FROM views.work_alike WHERE claimed_by <> ''`,
  );
  return rows.map(({ classification, ...held }) => ({ ...held, classification: classificationOf(classification) }));
}

const timedScopes = ['overdue', 'dueThisWeek'] as const satisfies readonly WorklistScope[];
type TimedScope = (typeof timedScopes)[number];
const isTimed = (scope: WorklistScope): scope is TimedScope => timedScopes.some((one) => one === scope);
type CountedScope = Exclude<WorklistScope, TimedScope>;
const countedScopes = ['mine', 'unit', 'claimed', 'waiting'] as const satisfies readonly CountedScope[];

/** Which deadlines `d` count. */
interface Timed {
  readonly states: readonly DeadlineState[];
  readonly condition: string;
}

/** Takes the parameter for the end of the week. */
const timedIn: Readonly<Record<TimedScope, (weekEnds: () => string) => Timed>> = {
  overdue: () => ({ states: ['missed'], condition: `d.state = 'missed'` }),
  // Of a range with two ends the planner believes that it holds few, as this one does, and reads it from the index.
  dueThisWeek: (weekEnds) => ({
    states: ['open', 'warned'],
    condition: `d.state IN ('open', 'warned') AND ${dueOf} BETWEEN '-infinity' AND ${weekEnds()}::timestamptz`,
  }),
};

/** What each scope holds, by the columns of `workOf`; those that go by time only of it what has such a deadline. */
const scopes: Readonly<Record<WorklistScope, string>> = {
  mine: 'w.mine',
  unit: 'w.unit',
  claimed: 'w.claimed',
  waiting: 'w.owned AND w.waits_for_somebody AND NOT w.unit',
  overdue: '(w.owned OR w.unit)',
  dueThisWeek: '(w.owned OR w.unit)',
};

const clearedFor = ({ clearance }: Performer): string => `w.classification <= ${String(clearanceRankOf(clearance))}`;

/** The rows `w` of the view that the performer may know of, with whose they are. The planner drops what a statement does not ask for. */
function workOf(performer: Performer, parameter: (value: unknown) => string, relation = 'views.work'): string {
  const held = heldIn(performer.stranded, parameter);
  const all = [performer, ...performer.standingIn].map((one) => {
    const [claimed, open] = [`${held} = ANY (${parameter(one.acting)}::uuid[])`, placesIn(one.mine, parameter, one.counted)];
    const [unit, owned] = [placesIn(one.unit, parameter), `w.owning_unit = ANY (${parameter(one.owned)}::uuid[])`];
    // What a colleague has claimed is done by the colleague.
    return { claimed, mine: `(${open} AND (${held} IS NULL OR ${claimed}))`, unit, owned };
  });
  const any = (which: keyof (typeof all)[number]): string => all.map((one) => one[which]).join(' OR ');
  const first = (which: keyof (typeof all)[number]): string =>
    all.map((one, index) => `WHEN ${one[which]} THEN ${String(index)}`).join(' ');
  const whose = `CASE ${first('mine')} ${first('claimed')} ${first('unit')} ${first('owned')} ELSE 0 END`;
  return `(
    SELECT w.*, ${held} AS holder, (${any('mine')}) AS mine, (${any('unit')}) AS unit, (${any('owned')}) AS owned, (${any('claimed')}) AS claimed,
      w.waits = ANY (${parameter(performer.anybody)}::text[]) AS waits_for_somebody,
      ${all.length === 1 ? '0' : whose} AS shown_as
    FROM ${relation} w WHERE ${clearedFor(performer)}
  ) AS w`;
}

/** Who has claimed it, without claims that do not count. */
function heldIn(stranded: readonly HeldWork[], parameter: (value: unknown) => string): string {
  if (stranded.length === 0) return 'w.claimed_by';
  const columns = [
    `${parameter(stranded.map(({ person }) => person))}::uuid[]`,
    `${parameter(stranded.map(({ owningUnit }) => owningUnit))}::uuid[]`,
    `${parameter(stranded.map(({ classification }) => rankOf(classification)))}::smallint[]`,
  ];
  return `CASE WHEN (w.claimed_by, w.owning_unit, w.classification) IN (SELECT * FROM unnest(${columns.join(', ')})) THEN NULL
    ELSE w.claimed_by END`;
}

/** Work at any of the places; where it is known who would act, without what they are excluded from by what they did before. */
export function placesIn(places: readonly Workplace[], parameter: (value: unknown) => string, acting?: readonly string[]): string {
  const alike = new Map<string, { readonly units: readonly string[]; readonly conditions: WorkConditions; readonly keys: Set<string> }>();
  // Hundreds of places share few lists of units, which may be long, and few conditions.
  const names = new Map<object, string>();
  const nameOf = (shared: object): string => {
    const known = names.get(shared) ?? JSON.stringify(shared);
    names.set(shared, known);
    return known;
  };
  const numbers = new Map<string, number>();
  for (const place of places) {
    const { units, conditions } = place;
    if (units.length === 0) continue;
    const of = nameOf(units);
    const number = numbers.get(of) ?? numbers.size;
    numbers.set(of, number);
    const name = `${String(number)} ${nameOf(conditions)}`;
    const group = alike.get(name) ?? { units, conditions, keys: new Set() };
    group.keys.add(workKey(place));
    alike.set(name, group);
  }
  const all = [...alike.values()].map(({ units, conditions, keys }) => {
    const { parts, published, option, differentFrom } = conditions;
    const excluded = (acting ?? []).flatMap((person) => differentFrom.map((action) => `${action}:${person}`));
    return [
      `w.waits = ANY (${parameter([...keys])}::text[])`,
      `w.owning_unit = ANY (${parameter(units)}::uuid[])`,
      ...(parts ? [`w.missing = '{}'`] : []),
      ...(published === null ? [] : [published === 'ever' ? 'w.ever_published' : 'NOT w.ever_published']),
      ...(option === null ? [] : [option === 'open' ? 'w.option_open' : 'NOT w.option_open']),
      ...(excluded.length === 0 ? [] : [`NOT w.doers && ${parameter(excluded)}::text[]`]),
    ].join(' AND ');
  });
  return all.length === 0 ? 'false' : `(${all.map((one) => `(${one})`).join(' OR ')})`;
}

/** How many of the procedures somebody has claimed. */
export async function countClaimed(
  database: Database,
  { among = [], ...filters }: Pick<ListFilters, 'sight' | 'units' | 'among'>,
): Promise<number> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const conditions = [...conditionsOf(filters, parameter), ...among.map((condition) => condition(parameter))];
  const { rows } = await database.pool.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM views.work w JOIN ${registerView} r ON r.id = w.procedure
     WHERE ${['w.claimed_by IS NOT NULL', ...conditions].join(' AND ')}`,
    values,
  );
  return rows[0]?.count ?? 0;
}
