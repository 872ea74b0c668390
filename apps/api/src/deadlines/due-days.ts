import { dueBounds } from '#deadlines';
import type { Directory } from '#identity';
import { NotCovered } from '#workflow';
import type { Calendars } from '#workflow';

/** The calendar by whose working days people are told how far off something is, where it names none of its own. */
const usual = 'vn';

/** How far off due dates are today, in working days of the newest calendar. */
export class DueDays {
  constructor(
    private readonly calendars: Calendars,
    private readonly directory: Directory,
  ) {}

  /** Where ranges of due dates begin and end. @throws Unavailable */
  async bounds(): Promise<ReturnType<typeof dueBounds>> {
    return dueBounds(await this.calendars.workingDays(usual), this.directory.date());
  }

  /**
   * Working days from tomorrow to the date, 0 on the day itself; below 0 those that have passed since. Null where no calendar knows.
   * @param calendar By which it is due; null where every day counts. @throws Unavailable
   */
  async until(date: string, calendar: string | null): Promise<number | null> {
    const days = await this.calendars.workingDays(calendar ?? usual);
    if (!days) return null;
    const today = this.directory.date();
    try {
      return date >= today ? days.between(today, date) : 0 - days.between(date, today);
    } catch (error) {
      if (error instanceof NotCovered) return null;
      throw error;
    }
  }
}
