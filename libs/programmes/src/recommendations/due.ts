import { NotCovered } from '#workflow';
import type { CalendarDays } from '#workflow';

/** The calendar by whose days people are told how long something has. */
export const dueCalendar = 'vn';

/** Working days from tomorrow to the date, 0 on it and after; null where no calendar knows. */
export function workingDaysLeft(days: CalendarDays | null, today: string, dueOn: string): number | null {
  if (dueOn <= today) return 0;
  try {
    return days?.between(today, dueOn) ?? null;
  } catch (error) {
    if (error instanceof NotCovered) return null;
    throw error;
  }
}
