import { dueCounts, dueRanges } from '#deadlines';
import type { Database } from '#platform';
import type { ProcedureFilters } from '#procedures';
import type { DueDays } from '../deadlines/due-days.js';

type Counts = Awaited<ReturnType<typeof dueCounts>>[number];

/** What runs at this moment. */
export class Running {
  constructor(
    private readonly database: Database,
    private readonly days: DueDays,
  ) {}

  /** Deadlines that run by unit and by how far off they are due, and all of them together. */
  async due(
    filters: Omit<ProcedureFilters, 'q' | 'stage'>,
  ): Promise<{ readonly rows: readonly Counts[]; readonly totals: Omit<Counts, 'unit'> }> {
    const rows = await dueCounts(this.database, { ...filters, bounds: await this.days.bounds() });
    const totals = { lateOver10: 0, late6To10: 0, late1To5: 0, in0To5: 0, in6To10: 0, inOver10: 0, undated: 0, running: 0 };
    for (const row of rows) for (const of of [...dueRanges, 'running'] as const) totals[of] += row[of];
    return { rows, totals };
  }
}
