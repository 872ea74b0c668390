import { dueBounds } from '#deadlines';
import { dateInVietnam } from '#platform';
import { CalendarNotFound } from '#workflow';
import type { Calendar, Calendars } from '#workflow';

/** By which working days people are told how far off a due date is. */
const shownBy = 'vn';

/** Where ranges of due dates begin and end today, by the newest calendar. */
export class DueDays {
  constructor(private readonly calendars: Calendars) {}

  async bounds(): Promise<ReturnType<typeof dueBounds>> {
    return dueBounds(await this.calendar(), dateInVietnam(new Date()));
  }

  private async calendar(): Promise<Calendar | null> {
    try {
      return (await this.calendars.find(shownBy)).calendar;
    } catch (error) {
      if (error instanceof CalendarNotFound) return null;
      throw error;
    }
  }
}
