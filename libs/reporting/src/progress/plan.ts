import { Big } from 'big.js';
import { dateInVietnam } from '#platform';
import type { Database } from '#platform';
import { conditionsOf, registerView } from '#procedures';
import type { Metric, Programmes } from '#programmes';
import type { AnyAction, Calendars, Definitions, LifecycleDefinition, UnitTree } from '#workflow';
import { cycleTimesOf } from '../stays/lengths.js';
import type { Length } from '../stays/lengths.js';
import type { Parameter } from '../reports/past-rows.js';
import { Progress, inScope, isCounted } from './progress.js';
import type { ProcedureTarget, Seen, TargetStanding } from './progress.js';
import { datedBack, goals, stepsTo } from './steps-back.js';
import type { DatedStep, ExpectedStay, StepLeft } from './steps-back.js';

/** Procedures that stand alike on their way to a target. */
export interface AlikeWay {
  readonly definition: { readonly id: string; readonly version: number };
  readonly kind: string;
  readonly group: string | null;
  readonly stage: string;
  readonly procedures: number;
  /** Nothing leads from there to the target. */
  readonly steps: readonly DatedStep[] | null;
}

/** A unit whose procedures do not count for the target yet. */
interface HoldingUnit {
  readonly unit: string;
  readonly procedures: number;
  /** Of these, those whose next step is past its last day, and those that no way leads on. */
  readonly late: number;
  readonly stuck: number;
  /** The first of the last days of their next steps; null where none is known. */
  readonly nextOn: string | null;
}

/** A procedure that does not count for the target yet. */
export interface HoldingProcedure {
  readonly procedure: string;
  readonly title: string;
  readonly unit: string;
  readonly stage: string;
  /** Null where no way leads on. */
  readonly action: AnyAction | null;
  readonly latestOn: string | null;
  readonly late: boolean;
  /** What it adds once it counts: 1, or đồng a year; null where that is not known before. */
  readonly adds: number | null;
}

/** A target looked at from its end. */
export interface BackwardsPlan {
  readonly standing: TargetStanding;
  /** What is missing of the numerator: procedures, or đồng a year; 0 where it is reached, null where the denominator moves along with it or is 0. */
  readonly missing: number | null;
  readonly ways: readonly AlikeWay[];
  readonly units: readonly HoldingUnit[];
  /** The most urgent ones. */
  readonly procedures: readonly HoldingProcedure[];
  /** How few of these procedures reach it, those that add most first; null where nobody can tell. */
  readonly fewest: { readonly number: number; readonly reaches: boolean; readonly procedures: readonly HoldingProcedure[] } | null;
}

/** Most that are shown of a list. */
const mostShown = 100;
/** Where nothing is known of how long something takes. */
const assumed: ExpectedStay = { days: 10, basis: 'assumed' };
/** Fewer stays than this say nothing of the next ones. */
const fewestStays = 5;
const calendar = 'vn';

/** What does not count for a target yet, and what it adds, over rows `r` of the figures. */
const pending: Readonly<Record<Metric, { readonly is: string; readonly adds: string | null }>> = {
  published: { is: 'NOT r.published', adds: '1' },
  optionProposed: { is: 'r.published AND NOT r.option_proposed AND NOT r.abolished', adds: '1' },
  optionApproved: { is: 'r.published AND NOT r.option_approved AND NOT r.abolished', adds: '1' },
  simplified: { is: 'r.published AND NOT r.simplified AND NOT r.abolished', adds: '1' },
  proceduresCut: { is: 'r.published AND NOT r.abolished', adds: '1' },
  costCut: { is: 'NOT r.abolished AND (r.promised > r.implemented OR NOT r.option_proposed)', adds: 'r.promised - r.implemented' },
  // Whatever is simplified comes to the denominator, too.
  timeCut: { is: 'NOT r.abolished AND NOT r.simplified', adds: null },
  conditionsCut: { is: 'NOT r.abolished AND NOT r.simplified', adds: null },
};

/** Plans targets backwards from their deadline, of what the reader may see. */
export class Planning {
  constructor(
    private readonly database: Database,
    private readonly programmes: Programmes,
    private readonly calendars: Calendars,
    private readonly definitions: Definitions,
  ) {}

  /** Null where there is no such programme or target. @throws Unavailable */
  async plan(programme: string, target: string, { seen, now, tree }: { readonly seen: Seen; readonly now: Date; readonly tree: UnitTree }): Promise<BackwardsPlan | null> {
    const progress = new Progress(this.database, this.programmes, this.calendars, () => tree);
    const standing = await progress.ofTarget(programme, target, { seen, now });
    if (!standing) return null;
    // What units report themselves has no steps.
    if (!isCounted(standing.target)) return { standing, missing: missingOf(standing), ways: [], units: [], procedures: [], fewest: null };
    // Nobody holds up what is reached, whatever could still be done.
    if (standing.reached) return { standing, missing: 0, ways: [], units: [], procedures: [], fewest: { number: 0, reaches: true, procedures: [] } };
    const asked = { target: standing.target, seen, tree };
    const groups = await this.groups(asked);
    const ways = await this.ways(asked, groups);
    const today = dateInVietnam(now);
    const rank = [...ways.values()].sort(moreUrgent);
    const { adds } = pending[standing.target.metric];
    const missing = adds === null ? null : missingOf(standing);
    const procedures = await this.holding(asked, rank, { order: 'urgency', today });
    return { standing, missing, ways: rank, units: unitsOf(groups, ways, today), procedures, fewest: await this.fewest(asked, rank, { missing, today }) };
  } // prettier-ignore

  private async groups({ target, seen, tree }: Asked): Promise<readonly Group[]> {
    const values: unknown[] = [];
    const parameter: Parameter = (value) => `$${String(values.push(value))}`;
    const { rows } = await this.database.pool.query<Group>(
      `SELECT g.definition_id AS id, g.definition_version AS version, r.kind, nullif(r."group", '') AS "group", g.stage, r.owning_unit AS unit, count(*)::integer AS procedures
       FROM views.figures r JOIN ${registerView} g ON g.id = r.procedure WHERE ${amongPending(target, { seen, tree }, parameter)} GROUP BY 1, 2, 3, 4, 5, 6`,
      values,
    );
    return rows;
  }

  private async ways({ target, seen }: Asked, groups: readonly Group[]): Promise<ReadonlyMap<string, AlikeWay>> {
    const [days, stays] = [await this.calendars.workingDays(calendar), await this.stays(seen)];
    const ways = new Map<string, AlikeWay>();
    for (const group of groups) {
      const before = ways.get(wayOf(group));
      if (before) {
        ways.set(wayOf(group), { ...before, procedures: before.procedures + group.procedures });
        continue;
      }
      const definition = await this.definitions.lifecycle(group.id, group.version);
      const steps = stepsTo(goals[target.metric], definition, group.stage);
      const stayIn = (step: StepLeft): ExpectedStay => stays.get(`${group.kind}/${group.group ?? ''}/${step.stage}`) ?? limitOf(step, definition) ?? assumed;
      ways.set(wayOf(group), {
        ...{ definition: { id: group.id, version: group.version }, kind: group.kind, group: group.group, stage: group.stage, procedures: group.procedures },
        steps: steps && days ? datedBack(steps, { deadline: target.deadline, days, stayIn }) : (steps && undated(steps, stayIn)),
      });
    }
    return ways;
  } // prettier-ignore

  /** By kind, group and stage, what nine of ten stays did not exceed. */
  private async stays({ sight: { clearance } }: Seen): Promise<ReadonlyMap<string, ExpectedStay>> {
    const values: unknown[] = [];
    const visible = conditionsOf({ sight: { units: null, clearance } }, (value) => `$${String(values.push(value))}`);
    const { rows } = await this.database.pool.query<Length>(
      `SELECT r.kind, nullif(r."group", '') AS "group", r.stage, r.days, sum(r.count)::integer AS count FROM views.stay_lengths r
       WHERE ${['r.count > 0', 'r.days >= 0', ...visible].join(' AND ')} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
      values,
    );
    const known = cycleTimesOf(rows).flatMap(({ kind, group, stage, count, p90 }) =>
      count < fewestStays || p90 === null ? [] : [[`${kind}/${group ?? ''}/${stage}`, { days: p90, basis: 'p90' } as const] as const],
    );
    return new Map(known);
  }

  private async holding(asked: Asked, ways: readonly AlikeWay[], { order, today }: { readonly order: 'urgency' | 'adds'; readonly today: string }): Promise<readonly HoldingProcedure[]> {
    const { target, seen, tree } = asked;
    const values: unknown[] = [];
    const parameter: Parameter = (value) => `$${String(values.push(value))}`;
    const adds = pending[target.metric].adds ?? 'NULL';
    const ranked = [
      `${parameter(ways.map(({ definition }) => definition.id))}::text[]`,
      `${parameter(ways.map(({ definition }) => definition.version))}::integer[]`,
      `${parameter(ways.map(({ kind }) => kind))}::text[]`,
      `${parameter(ways.map(({ group }) => group ?? ''))}::text[]`,
      `${parameter(ways.map(({ stage }) => stage))}::text[]`,
    ];
    const { rows } = await this.database.pool.query<{ procedure: string; title: string; unit: string; stage: string; adds: string | null; rank: number }>(
      `SELECT r.procedure, g.title, r.owning_unit AS unit, g.stage, (${adds})::text AS adds, w.rank::integer AS rank
       FROM views.figures r JOIN ${registerView} g ON g.id = r.procedure
       JOIN unnest(${ranked.join(', ')}) WITH ORDINALITY AS w (id, version, kind, "group", stage, rank)
         ON w.id = g.definition_id AND w.version = g.definition_version AND w.kind = r.kind AND w."group" = r."group" AND w.stage = g.stage
       WHERE ${amongPending(target, { seen, tree }, parameter)} ${order === 'adds' ? `AND ${adds} > 0` : ''}
       ORDER BY ${order === 'adds' ? `${adds} DESC, ` : ''} w.rank, g.title, r.procedure LIMIT ${String(mostShown)}`,
      values,
    );
    return rows.map(({ rank, adds: added, ...row }): HoldingProcedure => {
      const next = ways[rank - 1]?.steps?.[0];
      const latestOn = next?.latestOn ?? null;
      return { ...row, action: next?.action ?? null, latestOn, late: latestOn !== null && latestOn < today, adds: added === null ? null : Number(added) };
    });
  } // prettier-ignore

  private async fewest(asked: Asked, ways: readonly AlikeWay[], { missing, today }: { readonly missing: number | null; readonly today: string }): Promise<BackwardsPlan['fewest']> {
    const { adds } = pending[asked.target.metric];
    if (missing === null || adds === null) return null;
    // What no way leads on reaches nothing.
    const open = ways.filter(({ steps }) => steps !== null);
    const values: unknown[] = [];
    const parameter: Parameter = (value) => `$${String(values.push(value))}`;
    const stages = `(${parameter(open.map(({ definition }) => definition.id))}::text[], ${parameter(open.map(({ definition }) => definition.version))}::integer[], ${parameter(open.map(({ stage }) => stage))}::text[])`;
    const { rows } = await this.database.pool.query<{ number: number; reaches: boolean }>(
      `SELECT count(*)::integer AS number, coalesce(max(s.sum), 0) >= ${parameter(missing)}::numeric AS reaches FROM (
         SELECT ${adds} AS adds, sum(${adds}) OVER (ORDER BY ${adds} DESC, r.procedure) AS sum
         FROM views.figures r JOIN ${registerView} g ON g.id = r.procedure
         WHERE ${amongPending(asked.target, asked, parameter)} AND ${adds} > 0
           AND (g.definition_id, g.definition_version, g.stage) IN (SELECT * FROM unnest${stages})) s
       WHERE s.sum - s.adds < ${parameter(missing)}::numeric`,
      values,
    );
    const [{ number, reaches } = { number: 0, reaches: false }] = rows;
    return { number, reaches, procedures: (await this.holding(asked, open, { order: 'adds', today })).slice(0, number) };
  } // prettier-ignore
}

interface Asked {
  readonly target: ProcedureTarget;
  readonly seen: Seen;
  readonly tree: UnitTree;
}

interface Group {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  readonly group: string | null;
  readonly stage: string;
  readonly unit: string;
  readonly procedures: number;
}

const wayOf = ({ id, version, kind, group, stage }: Omit<Group, 'unit' | 'procedures'>): string =>
  [id, version, kind, group ?? '', stage].join('/');

const amongPending = (target: ProcedureTarget, { seen, tree }: Pick<Asked, 'seen' | 'tree'>, parameter: Parameter): string =>
  [pending[target.metric].is, ...inScope(target, { units: tree }, parameter), ...conditionsOf(seen, parameter)]
    .map((one) => `(${one})`)
    .join(' AND ');

/** Up to the threshold, the part that is begun counted whole; null of nothing. */
function missingOf({ numerator, denominator, reached, target: { threshold } }: TargetStanding): number | null {
  if (reached) return 0;
  if (denominator === 0) return null;
  return Number(new Big(threshold).times(denominator).div(100).round(0, Big.roundUp).minus(numerator).toFixed());
}

const undated = (steps: readonly StepLeft[], stayIn: (step: StepLeft) => ExpectedStay): readonly DatedStep[] =>
  steps.map((step) => ({ ...step, stay: stayIn(step), latestOn: null }));

/** As the lifecycle limits the action, or the stay in its stage, for a publisher of the service. */
function limitOf({ stage, action }: StepLeft, { deadlines = [] }: LifecycleDefinition): ExpectedStay | null {
  const limits = deadlines.filter((rule) => rule.action === action || rule.stage === stage).map(({ days }) => (typeof days === 'number' ? days : days.service));
  return limits.length === 0 ? null : { days: Math.min(...limits), basis: 'limit' };
} // prettier-ignore

const urgencyOf = ({ steps }: AlikeWay): string => (steps === null ? '9999-12-31' : (steps[0]?.latestOn ?? '9999-12-30'));
const moreUrgent = (one: AlikeWay, other: AlikeWay): number =>
  urgencyOf(one) < urgencyOf(other) ? -1 : Number(urgencyOf(one) > urgencyOf(other));

function unitsOf(groups: readonly Group[], ways: ReadonlyMap<string, AlikeWay>, today: string): readonly HoldingUnit[] {
  const units = new Map<string, HoldingUnit>();
  for (const group of groups) {
    const { unit, procedures } = group;
    const steps = ways.get(wayOf(group))?.steps ?? null;
    const next = steps?.[0]?.latestOn ?? null;
    const before = units.get(unit) ?? { unit, procedures: 0, late: 0, stuck: 0, nextOn: null };
    units.set(unit, {
      unit,
      procedures: before.procedures + procedures,
      late: before.late + (next !== null && next < today ? procedures : 0),
      stuck: before.stuck + (steps === null ? procedures : 0),
      nextOn: next !== null && (before.nextOn === null || next < before.nextOn) ? next : before.nextOn,
    });
  }
  return [...units.values()].sort((one, other) => other.procedures - one.procedures || (one.unit < other.unit ? -1 : 1));
}
