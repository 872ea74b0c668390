import { punctualityMeasures } from './lifecycle.js';
import type { CalendarDays } from './calendar.js';
import type { AnyAction, AuthorityPolicy, DayLimit, DeadlineRule, LifecycleDefinition, PunctualityMeasure } from './lifecycle.js';

/** A deadline of a definition, as it holds for the procedures of one class. */
export interface Deadline {
  /** Names it among the deadlines of its definition, the same in each version that has it. */
  readonly rule: string;
  /** What has to be done in time; null where leaving the stage is enough. */
  readonly action: AnyAction | null;
  /** Null for the limit of an action. */
  readonly stage: string | null;
  /** The clock runs in these. */
  readonly stages: readonly string[];
  readonly days: number;
  /** Id of the calendar that working days are counted by; null where every day counts. */
  readonly calendar: string | null;
  readonly warnBefore: number | null;
  readonly escalateAfter: number | null;
  readonly stopsWhile: NonNullable<DeadlineRule['stopsWhile']>;
}

/** The deadlines of procedures of that class (group, or kind without groups). */
export function deadlinesOf(definition: LifecycleDefinition, policy: AuthorityPolicy | undefined, name: string): readonly Deadline[] {
  const seen = new Map<string, number>();
  return (definition.deadlines ?? []).map((deadline) => {
    const { action = null, stage = null, days, counting, warnBefore = null, escalateAfter = null, stopsWhile = [] } = deadline;
    const named = action === null ? `stage:${stage ?? ''}` : `action:${action}`;
    const count = (seen.get(named) ?? 0) + 1;
    seen.set(named, count);
    return {
      rule: count === 1 ? named : `${named}:${String(count)}`,
      action,
      stage,
      stages: action === null ? [stage ?? ''] : stagesBefore(action, definition),
      ...limitFor({ days, counting }, definition, policy?.classes[name]),
      warnBefore,
      escalateAfter,
      stopsWhile,
    };
  });
}

/** When publications are on time, as it holds for the procedures of one class. */
export interface PunctualityLimit extends Pick<Deadline, 'days' | 'calendar'> {
  readonly measure: PunctualityMeasure;
}

/** By what publications of procedures of that class (group, or kind without groups) are on time. */
export function punctualityLimitsOf(definition: LifecycleDefinition, policy: AuthorityPolicy, name: string): readonly PunctualityLimit[] {
  return punctualityMeasures.flatMap((measure) => {
    const limit = definition.punctuality?.[measure];
    return limit ? [{ measure, ...limitFor(limit, definition, policy.classes[name]) }] : [];
  });
}

function limitFor(
  { days, counting }: DayLimit,
  { calendar = '' }: LifecycleDefinition,
  of: AuthorityPolicy['classes'][string] | undefined,
): Pick<Deadline, 'days' | 'calendar'> {
  const level = of?.publisher === 'ministry' ? 'ministry' : 'service';
  return { days: typeof days === 'number' ? days : days[level], calendar: counting === 'working' ? calendar : null };
}

function stagesBefore(action: AnyAction, { transitions, stages }: LifecycleDefinition): readonly string[] {
  const open = Object.keys(stages).filter((stage) => stages[stage]?.end !== true);
  return [...new Set(transitions.filter((one) => one.action === action).flatMap(({ from }) => (from === 'open' ? open : from)))];
}

/** When a clock started and when it stood still. Dates are `YYYY-MM-DD`. */
export interface Course {
  readonly startedOn: string;
  /** In order; the last one has no end while the clock stands still. */
  readonly stops: readonly { readonly from: string; readonly to: string | null }[];
}

/**
 * The date on which so many days of the clock's running are over: the n-th day after its start, what it stood still left
 * out. Null while it stands still before that. A day on which it stops has run; one on which it goes on has not.
 * @throws NotCovered
 */
function dateAfter({ startedOn, stops }: Course, days: number, counting: CalendarDays): string | null {
  let from = startedOn;
  let left = days;
  for (const stop of stops) {
    const over = counting.after(from, left);
    if (over < stop.from) return over;
    if (stop.to === null) return null;
    left = Math.max(0, left - counting.between(from, stop.from));
    from = stop.to;
  }
  return counting.after(from, left);
}

/** How many days the clock has run up to the date, that one included. @throws NotCovered */
export function daysRun({ startedOn, stops }: Course, until: string, counting: CalendarDays): number {
  let from = startedOn;
  let run = 0;
  for (const stop of stops) {
    run += counting.between(from, stop.from);
    if (stop.to === null) return run;
    from = stop.to;
  }
  return run + counting.between(from, until);
}

/** Dates at whose end a warning is due, the deadline is missed, and it is escalated; null where there is none, or none yet. @throws NotCovered */
export function milestonesOf(
  { days, warnBefore, escalateAfter }: Pick<Deadline, 'days' | 'warnBefore' | 'escalateAfter'>,
  course: Course,
  counting: CalendarDays,
): { readonly warned: string | null; readonly missed: string | null; readonly escalated: string | null } {
  return {
    warned: warnBefore === null ? null : dateAfter(course, Math.max(0, days - warnBefore), counting),
    missed: dateAfter(course, days, counting),
    escalated: escalateAfter === null ? null : dateAfter(course, days + escalateAfter, counting),
  };
}
