import { InvalidBody, Rejected, uuidv5, weightOf } from '#event-store';
import type { Decider, Unmet } from '#event-store';
import { nearestRole } from '#workflow';
import type { HeldRole, UnitTree } from '#workflow';
import { periodOf } from '../indicators/period.js';
import type { Period } from '../indicators/period.js';

/** A report as it read when its period was closed. */
export interface FrozenReport {
  /** Its name, such as `savings`. */
  readonly report: string;
  /** What it was asked besides: by what it groups, for instance. */
  readonly asked: Readonly<Record<string, string>>;
  readonly rows: readonly ({ readonly key: string } & Readonly<Record<string, unknown>>)[];
}

/** What a unit and those below it did in a period, as it stood when that was closed. */
export interface ClosedPeriod extends Omit<Period, 'name'> {
  /** Unit id. */
  readonly unit: string;
  /** `2025`, `2025-Q3` or `2025-09`. */
  readonly period: string;
  /** The day of a month on which periods ended by the rule of then. */
  readonly lastDay: number;
  /** Of the log, decimal: everything up to here is in the figures. */
  readonly position: string;
  /** When they were reckoned, ISO 8601 UTC: what has time left is judged by it, also later. */
  readonly at: string;
  /** Unit ids: itself and all below it, as the tree stood. */
  readonly units: readonly string[];
  readonly reports: readonly FrozenReport[];
}

/** What the log holds in `period-<uuid>`. */
export interface PeriodEvent {
  readonly type: 'PeriodClosed';
  readonly data: ClosedPeriod;
}

export interface PeriodCommand {
  readonly action: 'close-period';
  readonly closed: ClosedPeriod;
  readonly context: { readonly roles: readonly HeldRole[]; readonly units: UnitTree; readonly today: string };
}

/** As much as an event may be, with room for what stands beside it. */
const mostStored = 900_000;

/** One period of one unit, or null before it is closed. It is closed once: what comes to light later is a difference from it. */
export const closing: Decider<PeriodCommand, ClosedPeriod | null, PeriodEvent> = {
  initial: null,
  decide: (command, state) => {
    const { closed } = command;
    if (closed.ends < closed.begins) throw new InvalidBody([{ path: 'period', message: 'names no period', vi: 'không phải là một kỳ báo cáo' }]);
    const [first, ...others] = unmetBy(command, state);
    if (first) throw new Rejected([first, ...others]);
    return [{ type: 'PeriodClosed', data: closed }];
  },
  evolve: (state, { type, data }) => ((type as string) === 'PeriodClosed' ? data : state),
  authority: ({ closed, context }) => closingRole(closed.unit, context),
}; // prettier-ignore

const governing: readonly string[] = ['service', 'ministry'];

/** The role by which somebody closes periods of a unit: that of an authority of the service or ministry, or of one above; null when none lets them. */
export function closingRole(unit: string, { roles, units }: Pick<PeriodCommand['context'], 'roles' | 'units'>): HeldRole | null {
  if (!governing.includes(units.get(unit)?.level ?? '')) return null;
  return nearestRole(roles, ['authority'], unit, units);
}

function unmetBy({ closed, context }: PeriodCommand, state: ClosedPeriod | null): readonly Unmet[] {
  if (!closingRole(closed.unit, context)) return [{ code: 'not-authorised', message: 'This is for authorities of the service or ministry, or of one above.' }];
  return [
    ...(state ? [{ code: 'period-closed', message: 'The period was closed already.', path: 'period' }] : []),
    ...(closed.ends >= context.today ? [{ code: 'period-runs', message: `The period ends on ${closed.ends}.`, path: 'period' }] : []),
    ...(weightOf(closed) > mostStored ? [{ code: 'record-full', message: 'The figures are more than an event holds.' }] : []),
  ];
} // prettier-ignore

const closings = 'c1d7b4f2-90a3-5d38-8c77-53b2c0e8a1d6';

/** The id comes from unit and period, so that no period is closed twice. */
export const closingIdOf = (unit: string, period: string): string => uuidv5(closings, `${unit}/${period}`);

/** Until an administrator sets `periodLastDay`. */
export const usualLastDay = 14;

/**
 * The days of a reporting period, both included: it ends on that day of its last month, or on the last of a shorter month, and begins on the day after
 * the one before it ended. With 14, 2025 is 15 December 2024 to 14 December 2025. Null for what names no period.
 */
export function reportingPeriod(name: string, lastDay: number): Period | null {
  const period = periodOf(name);
  if (!period) return null;
  const [year, month] = period.begins.split('-').map(Number) as [number, number];
  const before = new Date(`${lastOf(month === 1 ? year - 1 : year, month === 1 ? 12 : month - 1, lastDay)}T00:00:00Z`);
  before.setUTCDate(before.getUTCDate() + 1);
  const [endYear, endMonth] = period.ends.split('-').map(Number) as [number, number];
  return { name, begins: before.toISOString().slice(0, 10), ends: lastOf(endYear, endMonth, lastDay) };
}

function lastOf(year: number, month: number, lastDay: number): string {
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return `${String(year)}-${String(month).padStart(2, '0')}-${String(Math.min(lastDay, days)).padStart(2, '0')}`;
}
