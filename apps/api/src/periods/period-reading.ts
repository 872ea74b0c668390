import type { EventStore } from '#event-store';
import type { Person } from '#identity';
import type { Database } from '#platform';
import { listPeriods, reportingPeriod, usualLastDay } from '#programmes';
import type { ClosedPeriod, Periods } from '#programmes';
import type { Difference, PeriodFigures } from '#reporting';
import { inForceOn } from '#workflow';
import type { Definitions, Sender } from '#workflow';
import { Problem } from '../http/problem.js';
import { loadedOnce } from '../reading/loaded-once.js';
import type { Pasts } from '../reading/pasts.js';
import type { Views } from '../reading/views.js';

/** What the figures of a period rest on. */
export const figureViews = ['figures', 'publications', 'counts', 'register'] as const;

/** A period of a unit, without its figures. */
type PeriodSpan = Omit<ClosedPeriod, 'position' | 'at' | 'reports'>;

type Event = Difference['events'][number] & { readonly reason: string | null };
type ReasonedDifference = Omit<Difference, 'events'> & { readonly events: readonly Event[] };

/** Reads closed periods, and what one would say that is closed now: for whoever sees the unit. */
export class PeriodReading {
  constructor(
    private readonly log: { readonly database: Database; readonly store: EventStore; readonly definitions: Definitions },
    private readonly views: Views,
    private readonly pasts: Pasts,
    private readonly periods: { readonly closed: Periods; readonly figures: PeriodFigures },
  ) {}

  /** @throws Problem, InvalidCursor */
  async list(by: Person, { minPosition, ...page }: { readonly minPosition: string | undefined; readonly cursor: string | undefined; readonly limit: number }): ReturnType<typeof listPeriods> {
    const { sight } = await this.views.open(['periods'], { minPosition }, by);
    return listPeriods(this.log.database, { ...page, sight });
  } // prettier-ignore

  /** What the asker may do, of some unit. */
  allowed(by: Pick<Sender, 'roles' | 'actingFor'>): readonly 'close-period'[] {
    return this.periods.closed.allowed(by);
  }

  /** @throws Problem where there is none in sight */
  async seen(id: string, by: Person): Promise<ClosedPeriod> {
    const { sight } = await this.views.open(['periods'], {}, by);
    const found = await this.periods.closed.find(id);
    if (!found || (sight.units !== null && !sight.units.has(found.closed.unit))) throw new Problem('not-found');
    return found.closed;
  }

  /** The period by the rule in force today, without figures. @throws Problem where it names none */
  async span(unit: string, name: string, units: readonly string[], today: string): Promise<PeriodSpan> {
    const lastDay = inForceOn(await this.log.definitions.parameters.versions('periodLastDay'), today)?.value ?? usualLastDay;
    const period = reportingPeriod(name, lastDay);
    if (!period) throw new Problem('invalid-body', { errors: [{ path: 'period', message: 'names no period' }] });
    return { unit, period: name, begins: period.begins, ends: period.ends, lastDay, units };
  }

  /** Whether it is somebody's to close, over and not closed yet, so that its figures are worth reckoning. */
  async mayClose(
    { unit, period, ends }: Pick<ClosedPeriod, 'unit' | 'period' | 'ends'>,
    today: string,
    by: Pick<Sender, 'roles' | 'actingFor'>,
  ): Promise<boolean> {
    return ends < today && this.periods.closed.mayClose(unit, by) && !(await this.periods.closed.isClosed(unit, period));
  }

  /**
   * The period with what its reports say now, as of one position that all of their views have reached. It is closed once, so nothing that was recorded
   * before may be left out. @throws TooBusy, Problem where the views do not hold all of the log in time
   */
  async withFigures(span: PeriodSpan, by: Person): Promise<ClosedPeriod> {
    await this.views.upToNow(figureViews);
    const positions = figureViews.map((view) => BigInt(this.views.asOf(view).position));
    const position = positions.reduce((least, one) => (one < least ? one : least));
    const at = new Date();
    const reports = await this.pasts.inTurn(by, () => this.periods.figures.frozen(span, { position, at }));
    return { ...span, position: String(position), at: at.toISOString(), reports };
  }

  /** @throws TooBusy */
  differences(closed: ClosedPeriod, by: Person): Promise<{ readonly items: readonly ReasonedDifference[]; readonly more: boolean }> {
    return this.pasts.inTurn(by, async () => {
      const { items, more } = await this.periods.figures.differences(closed);
      const reasonOf = loadedOnce(
        (event: Difference['events'][number]) => this.reason(event),
        ({ stream, revision }) => `${stream}/${String(revision)}`,
      );
      const reasoned: ReasonedDifference[] = [];
      for (const { events, ...item } of items) {
        const named: Event[] = [];
        for (const event of events) named.push({ ...event, reason: await reasonOf(event) });
        reasoned.push({ ...item, events: named });
      }
      return { items: reasoned, more };
    });
  }

  private async reason({ stream, revision }: Difference['events'][number]): Promise<string | null> {
    const [event] = await this.log.store.read(stream, { from: revision, limit: 1 });
    const { reason } = (event?.data ?? {}) as { readonly reason?: unknown };
    return typeof reason === 'string' ? reason : null;
  }
}
