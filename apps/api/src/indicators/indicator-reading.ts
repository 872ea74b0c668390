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
import { isAhead, withPlus } from '../reading/reading.dto.js';
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
    if (/^\d+$/.test(asked)) {
      const head = await this.views.head();
      if (BigInt(asked) > head) throw ahead(`the newest position is ${String(head)}`);
      await this.views.upTo(asked, views);
      const last = await indicatorsUpTo(this.database, BigInt(asked));
      if (!last) throw new Problem('not-found');
      return { position: BigInt(asked), at: last.at };
    }
    if (isAhead(asked)) throw ahead('what will be there then is not known yet');
    await this.views.upToNow(views);
    const at = new Date(withPlus(asked));
    const last = await indicatorsAt(this.database, at);
    if (!last) throw new Problem('not-found');
    return { position: last.position, at };
  }
}

const ahead = (why: string): Problem => new Problem('invalid-query', { errors: [{ path: 'asOf', message: `must not lie ahead: ${why}` }] });

/** Whether it is in force. */
export const isVerified = ({ state }: Pick<UnitReport, 'state'>): boolean => state === 'verified';
