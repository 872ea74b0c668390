import { Big } from 'big.js';
import { plusDays, daysBetween } from '#workflow';
import type { CalendarDays } from '#workflow';
import type { Target } from '#programmes';

/** What was counted for a target. Money is đồng. */
export interface Counted {
  readonly numerator: number;
  readonly denominator: number;
  /** Procedures that are left out because nothing says what they cost; null for what is not about cost. */
  readonly withoutBaseline: number | null;
}

/** How a target stands on a day. */
export interface Standing extends Counted {
  /** Percentage with two decimals, half up; null where there is nothing to count. */
  readonly value: string | null;
  /** "100.00" where it is reached, else value ÷ threshold × 100; null with the value. */
  readonly score: string | null;
  readonly reached: boolean;
  /** Percentage points a day since the programme began, with four decimals; null where the day is not after it, or with the value. */
  readonly pace: string | null;
  /** The day on which it is reached at that pace; null where it is reached, or not at this pace. */
  readonly forecastOn: string | null;
  /** From the day after up to the deadline, 0 after it; null where no calendar covers it. */
  readonly workingDaysLeft: number | null;
  /** Not reached, and the deadline is over. */
  readonly overdue: boolean;
}

const Exact = Big();
Exact.DP = 40;
/** Divides to whole days, the last one begun. */
const Days = Big();
Days.DP = 0;
Days.RM = Big.roundUp;
const lastDay = '9999-12-31';

/** @param on The day, YYYY-MM-DD @param from The first day of the programme @param days What counts as a working day; null where there is no calendar */
export function standingOf(
  counted: Counted,
  { threshold, deadline }: Pick<Target, 'threshold' | 'deadline'>,
  { on, from, days }: { readonly on: string; readonly from: string; readonly days: CalendarDays | null },
): Standing {
  const { numerator, denominator } = counted;
  const value = denominator === 0 ? null : Exact(numerator).times(100).div(denominator);
  const aim = Exact(threshold);
  const reached = value !== null && value.gte(aim);
  const elapsed = daysBetween(from, on);
  const pace = value === null || elapsed <= 0 ? null : value.div(elapsed);
  return {
    ...counted,
    value: value === null ? null : value.toFixed(2, Big.roundHalfUp),
    score: value === null ? null : reached ? '100.00' : value.times(100).div(aim).toFixed(2, Big.roundHalfUp),
    reached,
    pace: pace === null ? null : pace.toFixed(4, Big.roundHalfUp),
    forecastOn: reached || pace === null ? null : dayReached(counted, aim, { on, elapsed }),
    workingDaysLeft: workingDays(days, on, deadline),
    overdue: !reached && deadline < on,
  };
}

/** What is missing divided by what comes a day, from the counts themselves, so that a round number of days stays one. */
function dayReached(
  { numerator, denominator }: Counted,
  aim: Big,
  { on, elapsed }: { readonly on: string; readonly elapsed: number },
): string | null {
  if (numerator <= 0) return null;
  const come = Exact(numerator).times(100);
  const days = Days(aim.times(denominator).minus(come).times(elapsed).toFixed()).div(come.toFixed());
  return days.gt(daysBetween(on, lastDay)) ? null : plusDays(on, days.toNumber());
}

function workingDays(days: CalendarDays | null, on: string, deadline: string): number | null {
  if (deadline <= on) return 0;
  try {
    return days?.between(on, deadline) ?? null;
  } catch (error) {
    if (error instanceof Error && error.name === 'NotCovered') return null;
    throw error;
  }
}
