import { dateInVietnam } from '#platform';
import type { Database } from '#platform';
import { conditionsOf } from '#procedures';
import type { ProcedureFilters } from '#procedures';
import { indicatorIn, targetState } from '#programmes';
import type { AskedMoment, Baseline, Metric, Moment, Programme, ProgrammeTarget, Programmes, Target, TargetState } from '#programmes';
import type { Calendars, Sight, UnitTree } from '#workflow';
import { countIndicators, lastReport } from './indicator-count.js';
import { standingOf } from './standing.js';
import type { Counted, Standing } from './standing.js';

/** A target of a programme with how it stands. */
export interface TargetStanding extends Standing {
  readonly target: ProgrammeTarget;
  readonly state: TargetState;
}

/** How a programme stands, or stood. */
export interface ProgrammeProgress {
  readonly targets: readonly TargetStanding[];
}

export interface ProgrammePast extends ProgrammeProgress {
  /** That it was asked about; a position stands for the time of the last change before it. */
  readonly moment: Moment;
}

/** Which procedures count at all: those that the reader may see, and among these those that are asked about. */
export type Seen = Omit<ProcedureFilters, 'q' | 'stage'>;

/** The calendar by which days that are left are counted. */
const calendar = 'vn';

/** How far programmes have come. */
export class Progress {
  constructor(
    private readonly database: Database,
    private readonly programmes: Programmes,
    private readonly calendars: Calendars,
    private readonly units: () => UnitTree,
  ) {}

  /** As it stands now; null where there is no such programme. @throws Unavailable */
  async now(id: string, seen: Seen, now: Date): Promise<ProgrammeProgress | null> {
    const found = await this.programmes.find(id);
    return found && { targets: await this.standings(found.state, { seen, at: now }) };
  }

  /** As it stood, without any target before it was made; null where there is no such programme. @throws Unavailable */
  async past(id: string, asked: AskedMoment, seen: Seen): Promise<ProgrammePast | null> {
    const found = await this.programmes.findAt(id, asked);
    if (!found) return null;
    const { state, last } = found;
    const changes = [last, await lastChange(this.database, asked), await lastReport(this.database, asked)];
    const newest = changes.reduce<Moment>((newer, one) => (one && one.position > newer.position ? one : newer), last);
    const moment = {
      position: 'position' in asked ? asked.position : newest.position,
      at: 'time' in asked ? asked.time : newest.at,
    };
    return { moment, targets: state ? await this.standings(state, { seen, ...moment }) : [] };
  }

  private async standings(
    { made, closed, targets }: Programme,
    { seen, at, position }: { readonly seen: Seen; readonly at: Date; readonly position?: bigint },
  ): Promise<readonly TargetStanding[]> {
    const counted = await this.count(targets, { seen, position });
    const day = { on: dateInVietnam(at), from: made.from, days: await this.calendars.workingDays(calendar) };
    return targets.map((target, index) => ({
      ...{ target, state: targetState(target, { closed }) },
      ...standingOf(counted[index] ?? nothing, target, day),
    }));
  }

  /** What counts for each target, in their order. */
  private async count(
    targets: readonly Target[],
    { seen, position }: { readonly seen: Seen; readonly position: bigint | undefined },
  ): Promise<readonly Counted[]> {
    const ofProcedures = targets.filter((target): target is ProcedureTarget => indicatorIn(target.metric) === null);
    const units = this.units();
    const counted = await countTargets(this.database, { targets: ofProcedures, seen, units, position });
    const reported = await countIndicators(this.database, targets, { units, position });
    return targets.map((target) => reported.get(target.metric) ?? counted[ofProcedures.findIndex(({ id }) => id === target.id)] ?? nothing);
  }
}

/** A target that is counted from procedures. */
type ProcedureTarget = Target & { readonly metric: Metric };

const nothing: Counted = { numerator: 0, denominator: 0, withoutBaseline: null };

/** The last change of anything that counts up to that moment; null where there was none. The log finds nothing by time, and not every number is one of its positions. */
async function lastChange(database: Database, asked: AskedMoment): Promise<Moment | null> {
  const [condition, value] = 'time' in asked ? ['p.recorded_at <= $1', asked.time] : ['p.position <= $1', String(asked.position)];
  const { rows } = await database.pool.query<{ shown: string; at: Date }>(
    `SELECT p.position::text AS shown, p.recorded_at AS at FROM views.past_figures p WHERE ${condition} ORDER BY p.position DESC LIMIT 1`,
    [value],
  );
  return rows[0] ? { position: BigInt(rows[0].shown), at: rows[0].at } : null;
}

interface Asked {
  readonly targets: readonly ProcedureTarget[];
  readonly seen: Seen;
  readonly units: UnitTree;
  /** As it stood at that position. (Default: as it stands) */
  readonly position?: bigint | undefined;
}

/** What counts for each target, in their order: all of them in one reading of the figures. */
async function countTargets(database: Database, { targets, seen, units, position }: Asked): Promise<readonly Counted[]> {
  if (targets.length === 0) return [];
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const columns = targets.map((target, index) => {
    const { numerator, denominator, without } = measureOf(target.metric, target.baseline, parameter);
    const { unit, ...scope } = target.scope;
    const inScope = { ...scope, ...(unit !== undefined && { units: units.subtree(unit) }), sight: everything };
    const among = ['NOT r.withdrawn', ...conditionsOf(inScope, parameter)].join(' AND ');
    const filtered = (aggregate: string): string => `(${aggregate} FILTER (WHERE ${among}))::text`;
    return `ARRAY[${filtered(numerator)}, ${filtered(denominator)}, ${without === null ? 'NULL' : filtered(without)}] AS t${String(index)}`;
  });
  const visible = conditionsOf(seen, parameter);
  const { rows } = await database.pool.query<Readonly<Record<string, readonly (string | null)[]>>>(
    `SELECT ${columns.join(', ')} FROM ${figuresAt(position, parameter)} r ${visible.length === 0 ? '' : `WHERE ${visible.join(' AND ')}`}`,
    values,
  );
  return targets.map(({ baseline }, index) => {
    const [numerator, denominator, without = null] = rows[0]?.[`t${String(index)}`] ?? [];
    return {
      numerator: Number(numerator ?? 0),
      denominator: baseline && 'value' in baseline ? Number(baseline.value) : Number(denominator ?? 0),
      withoutBaseline: without === null ? null : Number(without),
    };
  });
}

/** No limit of its own: what the reader may see is asked once, of all targets. */
const everything: Sight = { units: null, clearance: 'topSecret' };

/** The figures as they stand, or as they stood after the last event up to the position. */
function figuresAt(position: bigint | undefined, parameter: (value: unknown) => string): string {
  if (position === undefined) return 'views.figures';
  return `(SELECT DISTINCT ON (p.procedure) p.* FROM views.past_figures p WHERE p.position <= ${parameter(String(position))}
     ORDER BY p.procedure, p.revision DESC)`;
}

interface Measure {
  readonly numerator: string;
  readonly denominator: string;
  /** Counts those that nothing is known of; null where there are none by nature. */
  readonly without: string | null;
}

const counting = (what: string): string => `sum(CASE WHEN ${what} THEN 1 ELSE 0 END)`;

/** What a year of it cost at the end of that year where it is known, else before anything was simplified. */
function baseAt(baseline: Baseline | undefined, parameter: (value: unknown) => string): string {
  if (!baseline || 'value' in baseline) return 'r.base';
  const end = parameter(`${String(baseline.year)}-12-31`);
  return `coalesce((SELECT (cost ->> 1)::bigint FROM jsonb_array_elements(r.costs) WITH ORDINALITY AS of (cost, place)
     WHERE cost ->> 0 <= ${end} ORDER BY place DESC LIMIT 1), r.base)`;
}

/** Sums over rows `r` of the figures. */
function measureOf(metric: Metric, baseline: Baseline | undefined, parameter: (value: unknown) => string): Measure {
  const part = (what: string, of: string): Measure => ({ numerator: counting(what), denominator: counting(of), without: null });
  switch (metric) {
    case 'published':
      return part('r.published', 'true');
    case 'optionProposed':
      return part('r.published AND r.option_proposed', 'r.published');
    case 'optionApproved':
      return part('r.published AND r.option_approved', 'r.published');
    case 'simplified':
      return part('r.published AND r.simplified', 'r.published');
    case 'proceduresCut':
      return part('r.abolished', 'r.published');
    case 'timeCut':
      return { numerator: 'sum(r.days_before - r.days_after)', denominator: 'sum(r.days_before)', without: null };
    case 'conditionsCut':
      return { numerator: 'sum(r.conditions_before - r.conditions_after)', denominator: 'sum(r.conditions_before)', without: null };
    case 'costCut': {
      const base = baseAt(baseline, parameter);
      return {
        // What was abolished without an option costs nothing any more.
        numerator: `sum(CASE WHEN r.abolished AND NOT r.simplified THEN ${base} ELSE r.implemented END)`,
        denominator: `sum(${base})`,
        without: `sum(CASE WHEN ${base} IS NULL THEN 1 ELSE 0 END)`,
      };
    }
  }
}
