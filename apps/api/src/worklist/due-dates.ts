import { nextDeadlines } from '#deadlines';
import type { NextDeadline } from '#deadlines';
import type { Directory } from '#identity';
import { dateInVietnam } from '#platform';
import type { Database } from '#platform';
import { CalendarNotFound, NotCovered, WorkingDays } from '#workflow';
import type { Calendars } from '#workflow';
import type { DueAnswer } from './worklist.dto.js';

/** The calendar whose working days are told where a deadline counts every day. */
const usual = 'vn';

/** Says of procedures by when something has to be done, and how many working days there are until then. */
export class DueDates {
  private readonly known = new Map<string, WorkingDays>();

  constructor(
    private readonly database: Database,
    private readonly calendars: Calendars,
    private readonly directory: Directory,
  ) {}

  /** By procedure id; one without a running deadline is left out. */
  async of(procedures: readonly string[]): Promise<ReadonlyMap<string, DueAnswer>> {
    const next = await nextDeadlines(this.database, procedures);
    return new Map(await Promise.all([...next].map(async ([procedure, deadline]) => [procedure, await this.dueOf(deadline)] as const)));
  }

  private async dueOf({ action, stage, dueAt, state, stopped, calendar }: NextDeadline): Promise<DueAnswer> {
    // It ends with its day, so that the instant is the first of the next one.
    const dueOn = dueAt === null ? null : dateInVietnam(new Date(Date.parse(dueAt) - 1));
    const workingDays = dueOn === null ? null : await this.workingDaysTo(dueOn, calendar ?? usual);
    return { action, stage, dueOn, state, stopped, workingDays };
  }

  private async workingDaysTo(date: string, calendar: string): Promise<number | null> {
    try {
      const days = await this.workingDays(calendar);
      const today = this.directory.date();
      return date >= today ? days.between(today, date) : 0 - days.between(date, today);
    } catch (error) {
      if (error instanceof NotCovered || error instanceof CalendarNotFound) return null;
      throw error;
    }
  }

  /** Laid out once for each version. */
  private async workingDays(id: string): Promise<WorkingDays> {
    const { calendar } = await this.calendars.find(id);
    const known = this.known.get(id);
    if (known?.calendar.version === calendar.version) return known;
    const days = new WorkingDays(calendar);
    this.known.set(id, days);
    return days;
  }
}
