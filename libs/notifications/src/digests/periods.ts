import { NotCovered } from '#workflow';
import type { WorkingDays } from '#workflow';

/** How often somebody gets what is new by mail. */
export const digestRhythms = ['daily', 'hourly', 'off'] as const;
export type DigestRhythm = (typeof digestRhythms)[number];

/** What is sent once per person: the newest of each rhythm; null where it has not begun. */
export interface Periods {
  /** A date in Vietnam. */
  readonly daily: string | null;
  /** A date and hour in Vietnam, such as `2026-01-05T07`. */
  readonly hourly: string;
}

const dailyFrom = '07:30';
/** Vietnam's clock is seven hours ahead all year. */
const aheadMs = 7 * 3_600_000;

/** Daily from 07:30 in Vietnam on working days, and hourly by the clock on any day. */
export function periodsAt(now: Date, days: WorkingDays): Periods {
  const local = new Date(now.getTime() + aheadMs).toISOString();
  const date = local.slice(0, 10);
  return { daily: local.slice(11, 16) >= dailyFrom && isWorked(date, days) ? date : null, hourly: local.slice(0, 13) };
}

/** When a period begins, which is when its mail is due. */
export function beginningOf(period: string): Date {
  const time = period.includes('T') ? ':00' : `T${dailyFrom}`;
  return new Date(`${period}${time}+07:00`);
}

function isWorked(date: string, days: WorkingDays): boolean {
  try {
    return days.isWorkingDay(date);
  } catch (error) {
    // A mail on a holiday is better than none from the day on which the calendar ends.
    if (error instanceof NotCovered) return true;
    throw error;
  }
}
