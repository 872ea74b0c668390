import { NotCovered, daysRun, endOfDay, milestonesOf, plusDays } from '#workflow';
import type { CalendarDays, Deadline } from '#workflow';
import { dateInVietnam } from '#platform';
import { actionOf, readCorrection } from '#procedures';
import type { IsoDate, ProcedureEvent, ReadCorrection } from '#procedures';

/** Deadline events, in the order in which one clock has them. */
export const firings = ['warned', 'missed', 'escalated'] as const;
export type Firing = (typeof firings)[number];

/** One running of a deadline on one procedure. */
export interface Clock {
  /** Which deadline of the definition. */
  readonly rule: string;
  /** Revision of the event that started it; names it among the runnings of its rule. */
  readonly startRevision: number;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  /** Counted from this date on. */
  readonly startedOn: IsoDate;
  readonly deadline: Omit<Deadline, 'rule' | 'stages'>;
  /** Calendar version that it is counted by; null where every day counts, or while there is none. */
  readonly calendarVersion: number | null;
  readonly stops: readonly {
    readonly revision: number;
    readonly from: IsoDate;
    readonly resumed: number | null;
    readonly to: IsoDate | null;
  }[];
  /** How it ended: done, whether in time or not, or dropped because there is nothing to be done any more. */
  readonly ended: { readonly revision: number; readonly on: IsoDate; readonly how: 'done' | 'dropped' } | null;
  /** What has become an event. */
  readonly fired: readonly Firing[];
}

/** What clocks depend on. */
export interface Timed {
  readonly stage: string;
  readonly suspended: boolean;
  /** Returned and not proposed again. */
  readonly returned: boolean;
  /** In the order in which they started. */
  readonly clocks: readonly Clock[];
}

/** What an event happens under. */
export interface Timing {
  /** Of the definition that the procedure keeps. */
  readonly deadlines: readonly Deadline[];
  readonly isEnd: (stage: string) => boolean;
  /** The newest version of the calendar, null when there is none. */
  readonly newest: (calendar: string) => number | null;
  /** Counts by that version; every day where there is no calendar. Null when it was never published. */
  readonly counting: (calendar: string | null, version: number | null) => CalendarDays | null;
}

interface At {
  readonly revision: number;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
}

/** Before its registration. */
export const untimed: Timed = { stage: '', suspended: false, returned: false, clocks: [] };

/** Starts, stops, ends and resumes clocks, as the procedure goes on. Counts by the dates on paper. */
export function timedAfter(before: Timed, event: ProcedureEvent, at: At, timing: Timing): Timed {
  const { stage, occurredOn: on } = event.data as Partial<ProcedureEvent['data']>;
  if (stage === undefined || on === undefined) return before;
  const action = actionOf(event);
  const now = {
    stage,
    suspended: action === 'suspend' || (before.suspended && action !== 'resume'),
    returned: action === 'return' || (before.returned && action !== 'propose' && action !== 'propose-option'),
  };
  const correction = event.type === 'RecordCorrected' ? readCorrection(event.data) : null;
  const known = correction ? before.clocks.map((clock) => corrected(clock, correction)) : before.clocks;
  const clocks = known.map((clock) => {
    if (clock.ended) return clock;
    const deadline = timing.deadlines.find(({ rule }) => rule === clock.rule);
    const end = (how: 'done' | 'dropped'): Clock => ({ ...clock, ended: { revision: at.revision, on, how } });
    if (!deadline) return end('dropped');
    if (action === clock.deadline.action) return end('done');
    const waits = now.returned && clock.deadline.stopsWhile.includes('returned') && !timing.isEnd(stage);
    if (!waits && !deadline.stages.includes(stage)) return end(clock.deadline.action === null ? 'done' : 'dropped');
    return stoppedOrGoing(clock, now, on, at.revision);
  });
  const started = timing.deadlines
    .filter((deadline) => enters(deadline, before, stage) && !clocks.some(({ rule, ended }) => rule === deadline.rule && ended === null))
    .map((deadline) => stoppedOrGoing(start(deadline, on, at, timing), now, on, at.revision));
  return { ...now, clocks: [...clocks, ...started] };
}

/** What becomes of the clocks when the procedure gets another version of its lifecycle; `timing` is that of the new one. */
export function timedAfterMigration(
  before: Timed,
  { stage, occurredOn: on, clocks: plan }: { readonly stage: string; readonly occurredOn: IsoDate; readonly clocks: string },
  at: At,
  { from, to }: { readonly from: readonly Deadline[]; readonly to: Timing },
): Timed {
  const now = { ...before, stage };
  const restarted = new Set<string>();
  const clocks = before.clocks.map((clock): Clock => {
    if (clock.ended) return clock;
    const deadline = to.deadlines.find(({ rule }) => rule === clock.rule);
    const waits = now.returned && deadline?.stopsWhile.includes('returned');
    const goesOn = deadline !== undefined && (waits || deadline.stages.includes(stage));
    if (goesOn && plan === 'keep-due') return clock;
    if (goesOn && plan === 'keep-remaining') return withRemaining(clock, deadline, on, to);
    if (goesOn) restarted.add(clock.rule);
    return { ...clock, ended: { revision: at.revision, on, how: 'dropped' } };
  });
  const isNew = ({ rule }: Deadline): boolean => restarted.has(rule) || !from.some((one) => one.rule === rule);
  const started = to.deadlines
    .filter((deadline) => isNew(deadline) && (restarted.has(deadline.rule) || deadline.stages.includes(stage)))
    .map((deadline) => stoppedOrGoing(start(deadline, on, at, to), now, on, at.revision));
  return { ...now, clocks: [...clocks, ...started] };
}

/** The clock with what became an event. */
export function afterFiring(clock: Clock, firing: Firing): Clock {
  return clock.fired.includes(firing) ? clock : { ...clock, fired: [...clock.fired, firing] };
}

/** Whether a clock that runs can still come to its end in time by another calendar version. */
export function isOpen({ ended, fired }: Clock): boolean {
  return ended === null && !fired.includes('missed');
}

/** When each event of the clock is due by that counting, ISO 8601 UTC; null where there is none, none yet, or none that its calendar knows. */
export function instantsOf({ deadline, ...course }: Clock, counting: CalendarDays | null): Readonly<Record<Firing, string | null>> {
  const none = { warned: null, missed: null, escalated: null };
  if (!counting) return none;
  try {
    const { warned, missed, escalated } = milestonesOf(deadline, course, counting);
    return { warned: instant(warned), missed: instant(missed), escalated: instant(escalated) };
  } catch (error) {
    if (error instanceof NotCovered) return none;
    throw error;
  }
}

const instant = (date: IsoDate | null): string | null => (date === null ? null : endOfDay(date).toISOString());

export function isStopped({ stops }: Clock): boolean {
  return stops.at(-1)?.to === null;
}

/** A limit of an action starts when the procedure comes to where the action is open, one of a stage when it comes to the stage. */
function enters({ stages }: Deadline, before: Timed, stage: string): boolean {
  return stages.includes(stage) && !stages.includes(before.stage);
}

function start(deadline: Deadline, on: IsoDate, { revision, recordedAt }: At, { newest }: Timing): Clock {
  return {
    rule: deadline.rule,
    startRevision: revision,
    // What is entered later than it happened starts with its day.
    startedAt: dateInVietnam(new Date(recordedAt)) === on ? recordedAt : beginOf(on),
    startedOn: on,
    deadline: limitOf(deadline),
    calendarVersion: deadline.calendar === null ? null : newest(deadline.calendar),
    stops: [],
    ended: null,
    fired: [],
  };
}

function stoppedOrGoing(clock: Clock, now: Omit<Timed, 'clocks'>, on: IsoDate, revision: number): Clock {
  const { stopsWhile } = clock.deadline;
  const stands = (now.suspended && stopsWhile.includes('suspended')) || (now.returned && stopsWhile.includes('returned'));
  if (stands === isStopped(clock)) return clock;
  if (stands) return { ...clock, stops: [...clock.stops, { revision, from: on, resumed: null, to: null }] };
  return { ...clock, stops: clock.stops.map((stop) => (stop.to === null ? { ...stop, resumed: revision, to: on } : stop)) };
}

/** Counts what is left of the old limit by the new rule, from the date on. One that is over stays over. */
function withRemaining(clock: Clock, deadline: Deadline, on: IsoDate, timing: Timing): Clock {
  const old = timing.counting(clock.deadline.calendar, clock.calendarVersion);
  if (!old) return clock;
  const left = clock.deadline.days - runUntil(clock, on, old);
  if (left < 0) return clock;
  return {
    ...clock,
    startedOn: on,
    deadline: { ...limitOf(deadline), days: left },
    calendarVersion: deadline.calendar === null ? null : timing.newest(deadline.calendar),
    stops: isStopped(clock) ? clock.stops.slice(-1).map((stop) => ({ ...stop, from: on })) : [],
  };
}

/** Where the calendar does not know, nothing is known to have run. */
function runUntil(clock: Clock, on: IsoDate, counting: CalendarDays): number {
  try {
    return daysRun(clock, on, counting);
  } catch (error) {
    if (error instanceof NotCovered) return 0;
    throw error;
  }
}

/** What a clock keeps of its deadline, whatever becomes of the definition. */
function limitOf({ action, stage, days, calendar, warnBefore, escalateAfter, stopsWhile }: Deadline): Clock['deadline'] {
  return { action, stage, days, calendar, warnBefore, escalateAfter, stopsWhile };
}

/** A date on paper that was mistyped counts as it should have read. */
function corrected(clock: Clock, { revision, ...correction }: ReadCorrection): Clock {
  const on = correction.text('occurredOn');
  if (on === undefined) return clock;
  // A migration may have moved the date that is counted from.
  const isStart = clock.startRevision === revision && clock.startedOn === dateInVietnam(new Date(clock.startedAt));
  return {
    ...clock,
    ...(isStart && { startedOn: on, startedAt: beginOf(on) }),
    stops: clock.stops.map((stop) => ({
      ...stop,
      from: stop.revision === revision ? on : stop.from,
      to: stop.resumed === revision ? on : stop.to,
    })),
    ended: clock.ended?.revision === revision ? { ...clock.ended, on } : clock.ended,
  };
}

const beginOf = (date: IsoDate): string => endOfDay(plusDays(date, -1)).toISOString();
