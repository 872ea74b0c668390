import { nextDeadlines } from '#deadlines';
import type { NextDeadline } from '#deadlines';
import { dateInVietnam } from '#platform';
import type { Database } from '#platform';
import type { DueDays } from '../deadlines/due-days.js';
import type { DueAnswer } from './worklist.dto.js';

/** Says of procedures by when something has to be done, and how many working days there are until then. */
export class DueDates {
  constructor(
    private readonly database: Database,
    private readonly days: DueDays,
  ) {}

  /** By procedure id; one without a running deadline is left out. */
  async of(procedures: readonly string[]): Promise<ReadonlyMap<string, DueAnswer>> {
    const next = await nextDeadlines(this.database, procedures);
    return new Map(await Promise.all([...next].map(async ([procedure, deadline]) => [procedure, await this.dueOf(deadline)] as const)));
  }

  private async dueOf({ action, stage, dueAt, state, stopped, calendar }: NextDeadline): Promise<DueAnswer> {
    // It ends with its day, so that the instant is the first of the next one.
    const dueOn = dueAt === null ? null : dateInVietnam(new Date(Date.parse(dueAt) - 1));
    return { action, stage, dueOn, state, stopped, workingDays: dueOn === null ? null : await this.days.until(dueOn, calendar) };
  }
}
