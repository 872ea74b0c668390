import type { Directory, Person } from '#identity';
import type { Database } from '#platform';
import {
  findIndicator,
  indicatorHistory,
  indicatorsAt,
  indicatorsUpTo,
  listIndicators,
  periodsOf,
  standingOfIndicator,
  unitsAt,
} from '#programmes';
import type { Defined, IndicatorStanding, UnitReport } from '#programmes';
import { Problem } from '../http/problem.js';
import type { Pasts } from '../reading/pasts.js';
import type { Views } from '../reading/views.js';

type Found = NonNullable<Awaited<ReturnType<typeof findIndicator>>>;

/** An indicator as it stands, or stood. */
export interface ReadIndicator extends IndicatorStanding {
  readonly indicator: Found;
  readonly asOf: { readonly position: string; readonly at: string; readonly lagMs: number };
}

const views = ['indicators', 'past-units'] as const;

/** Indicators with what units report of them, now and at any moment of the past. */
export class IndicatorReading {
  constructor(
    private readonly database: Database,
    private readonly views: Views,
    private readonly pasts: Pasts,
    private readonly directory: Directory,
  ) {}

  /** @throws InvalidCursor, Problem */
  async list({ cursor, limit, minPosition }: { readonly cursor?: string | undefined; readonly limit: number; readonly minPosition: string | undefined }) {
    const asOf = await this.views.freshness(views, { minPosition });
    const { items, nextCursor } = await listIndicators(this.database, { cursor, limit });
    const units = this.directory.units();
    const read: (IndicatorStanding & { readonly indicator: Found })[] = [];
    for (const indicator of items) read.push({ indicator, ...(await standingOfIndicator(this.database, indicator, { units })) });
    return { items: read, nextCursor, asOf };
  } // prettier-ignore

  /** @throws Problem where there is none, or was none then, and for a moment that lies ahead */
  async read(
    id: string,
    { period, asOf: asked, minPosition }: { readonly period: string | undefined; readonly asOf: string | undefined; readonly minPosition: string | undefined },
    by: Person,
  ): Promise<ReadIndicator> {
    const asOf = await this.views.freshness(views, { minPosition });
    if (asked === undefined) {
      const indicator = await this.found(id);
      return { indicator, asOf, ...(await standingOfIndicator(this.database, indicator, { period, units: this.directory.units() })) };
    }
    const { position, at } = await this.momentOf(asked);
    return this.pasts.inTurn(by, async () => {
      const indicator = await this.found(id, position);
      const units = await unitsAt(this.database, position);
      const standing = await standingOfIndicator(this.database, indicator, { period, position, units });
      return { indicator, asOf: { position: String(position), at: at.toISOString(), lagMs: 0 }, ...standing };
    });
  } // prettier-ignore

  /** Unit ids: those that have to report of the period and did not. @throws Problem where the views are behind */
  async missing(id: string, of: Defined, period: string): Promise<readonly string[]> {
    await this.views.upToNow(views);
    const { missing } = await standingOfIndicator(this.database, { id, ...of }, { period, units: this.directory.units() });
    return missing;
  }

  periods(id: string): Promise<readonly string[]> {
    return periodsOf(this.database, id);
  }

  /** @throws InvalidCursor, Problem where there is no such indicator */
  async history(id: string, asked: Parameters<typeof indicatorHistory>[2], minPosition: string | undefined): ReturnType<typeof indicatorHistory> {
    await this.views.freshness(views, { minPosition });
    await this.found(id);
    return indicatorHistory(this.database, id, asked);
  } // prettier-ignore

  private async found(id: string, position?: bigint): Promise<Found> {
    const found = await findIndicator(this.database, id, position);
    if (!found) throw new Problem('not-found');
    return found;
  }

  /** The moment, once the views are as far as that. */
  private async momentOf(asked: string): Promise<{ readonly position: bigint; readonly at: Date }> {
    const moment = await this.views.momentOf(asked, views);
    const last =
      'position' in moment ? await indicatorsUpTo(this.database, moment.position) : await indicatorsAt(this.database, moment.time);
    if (!last) throw new Problem('not-found');
    return { position: last.position, at: last.at, ...('position' in moment ? moment : { at: moment.time }) };
  }
}

/** Whether it is in force. */
export const isVerified = ({ state }: Pick<UnitReport, 'state'>): boolean => state === 'verified';
