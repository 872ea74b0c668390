import { dateInVietnam } from '#platform';
import type { Database } from '#platform';
import { conditionsOf } from '#procedures';
import type { ProcedureFilters, Restated } from '#procedures';
import { indicatorIn, targetState, unitsAt } from '#programmes';
import type { AskedMoment, Metric, Moment, Programme, ProgrammeTarget, Programmes, Target, TargetState } from '#programmes';
import type { Calendars, Sight, UnitTree } from '#workflow';
import { lastChange } from '../reports/report.js';
import { rowsAt } from '../reports/past-rows.js';
import type { Parameter } from '../reports/past-rows.js';
import { countIndicators, lastReport } from './indicator-count.js';
import { measureOf } from './measures.js';
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
export type Seen = Omit<ProcedureFilters, 'q' | 'stage'> & Restated;

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

  /** One target as it stands now; null where there is no such programme or target. @throws Unavailable */
  async ofTarget(id: string, target: string, { seen, now }: { readonly seen: Seen; readonly now: Date }): Promise<TargetStanding | null> {
    const found = await this.programmes.find(id);
    const targets = found?.state.targets.filter((one) => one.id === target) ?? [];
    if (!found || targets.length === 0) return null;
    const [standing = null] = await this.standings({ ...found.state, targets }, { seen, at: now });
    return standing;
  }

  /**
   * As it stood, without any target before it was made; null where there is no such programme.
   * @param units By which it is told what lies below the unit of a target. (Default: as they stood) @throws Unavailable
   */
  async past(id: string, asked: AskedMoment, seen: Seen, units?: UnitTree): Promise<ProgrammePast | null> {
    const found = await this.programmes.findAt(id, asked);
    if (!found) return null;
    const { state, last } = found;
    const changes = [last, await lastChange(this.database, ['past_figures'], asked), await lastReport(this.database, asked)];
    const newest = changes.reduce<Moment>((newer, one) => (one && one.position > newer.position ? one : newer), last);
    const moment = {
      position: 'position' in asked ? asked.position : newest.position,
      at: 'time' in asked ? asked.time : newest.at,
    };
    return {
      moment,
      targets: state
        ? await this.standings(state, { seen, units: units ?? (await unitsAt(this.database, moment.position)), ...moment })
        : [],
    };
  }

  private async standings(
    { made, closed, targets }: Programme,
    { at, ...asked }: { readonly seen: Seen; readonly at: Date; readonly position?: bigint; readonly units?: UnitTree },
  ): Promise<readonly TargetStanding[]> {
    const counted = await this.count(targets, asked);
    const day = { on: dateInVietnam(at), from: made.from, days: await this.calendars.workingDays(calendar) };
    return targets.map((target, index) => ({
      ...{ target, state: targetState(target, { closed }) },
      ...standingOf(counted[index] ?? nothing, target, day),
    }));
  }

  /** What counts for each target, in their order. */
  private async count(
    targets: readonly Target[],
    { seen, position, units = this.units() }: { readonly seen: Seen; readonly position?: bigint; readonly units?: UnitTree },
  ): Promise<readonly Counted[]> {
    const ofProcedures = targets.filter(isCounted);
    const counted = await countTargets(this.database, { targets: ofProcedures, seen, units, position });
    const reported = await countIndicators(this.database, targets, { units, position });
    return targets.map((target) => reported.get(target.metric) ?? counted[ofProcedures.findIndex(({ id }) => id === target.id)] ?? nothing);
  }
}

/** A target that is counted from procedures. */
export type ProcedureTarget = Target & { readonly metric: Metric };

/** Whether it is counted from procedures, and not reported by units. */
export const isCounted = (target: Target): target is ProcedureTarget => indicatorIn(target.metric) === null;

const nothing: Counted = { numerator: 0, denominator: 0, withoutBaseline: null };

interface Asked {
  readonly targets: readonly ProcedureTarget[];
  readonly seen: Seen;
  readonly units: UnitTree;
  /** As it stood at that position. (Default: as it stands) */
  readonly position?: bigint | undefined;
}

/** Sums of what is alike, as rows `r` of the figures that are of many procedures each. */
const keptSums = `(SELECT m.kind, m."group", m.field_key, m.owning_unit, m.classification, m.published, m.abolished, m.option_proposed, m.option_approved, m.simplified,
    false AS withdrawn, CASE WHEN m.has_base THEN m.before END AS base, m.by_options AS implemented, m.days_before, m.days_after, m.conditions_before,
    m.conditions_after, m.procedures
  FROM views.figure_sums m)`;

/** Sums do not say what each cost in some year. */
const isInSums = ({ baseline }: Target): boolean => !(baseline && 'year' in baseline);

/** What counts for each target, in their order. */
async function countTargets(database: Database, { targets, ...asked }: Asked): Promise<readonly Counted[]> {
  if (asked.position !== undefined || asked.seen.owner) return countOver(database, { ...asked, targets, isKept: false });
  const [kept, others] = [targets.filter(isInSums), targets.filter((target) => !isInSums(target))];
  const counted = [
    ...(await countOver(database, { ...asked, targets: kept, isKept: true })),
    ...(await countOver(database, { ...asked, targets: others, isKept: false })),
  ];
  return targets.map((target) => counted[[...kept, ...others].indexOf(target)] ?? nothing);
}

/** All of them in one reading of the figures, or of their sums. */
async function countOver(
  database: Database,
  { targets, seen, units, position, isKept }: Asked & { readonly isKept: boolean },
): Promise<readonly Counted[]> {
  if (targets.length === 0) return [];
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const columns = targets.map((target, index) => {
    const { numerator, denominator, without } = measureOf(target.metric, target.baseline, parameter, isKept ? 'r.procedures' : '1');
    const among = inScope(target, { units, owner: seen.owner }, parameter).join(' AND ');
    const filtered = (of: string): string => `(sum(${of}) FILTER (WHERE ${among}))::text`;
    return `ARRAY[${filtered(numerator)}, ${filtered(denominator)}, ${without === null ? 'NULL' : filtered(without)}] AS t${String(index)}`;
  });
  const visible = conditionsOf(seen, parameter);
  const { rows } = await database.pool.query<Readonly<Record<string, readonly (string | null)[]>>>(
    `SELECT ${columns.join(', ')} FROM ${isKept ? keptSums : rowsAt({ now: 'figures', past: 'past_figures' }, position, parameter)} r ${visible.length === 0 ? '' : `WHERE ${visible.join(' AND ')}`}`,
    values,
  );
  return targets.map(({ metric, baseline }, index) => {
    const [numerator, denominator, without] = rows[0]?.[`t${String(index)}`] ?? [];
    return {
      numerator: Number(numerator ?? 0),
      denominator: baseline && 'value' in baseline ? Number(baseline.value) : Number(denominator ?? 0),
      // No procedure in scope is none that is left out.
      withoutBaseline: metric === 'costCut' ? Number(without ?? 0) : null,
    };
  });
}

/** The conditions on rows `r` of the figures that they count for the target, whoever reads. */
export function inScope(
  { scope: { unit, ...scope } }: Pick<Target, 'scope'>,
  { units, owner }: Restated & { readonly units: UnitTree },
  parameter: Parameter,
): readonly string[] {
  const filters = { ...scope, ...(unit !== undefined && { units: units.subtree(unit) }), sight: everything, owner };
  return ['NOT r.withdrawn', ...conditionsOf(filters, parameter)];
}

/** No limit of its own: what the reader may see is asked once, of all targets. */
const everything: Sight = { units: null, clearance: 'topSecret' };
