import { dateInVietnam } from '#platform';
import type { Database } from '#platform';
import { publicationGroups, publishedAlike } from './publications.js';
import type { Alike, PublicationGroup } from './publications.js';
import { publicationOf, punctualityOf } from './punctuality.js';
import type { Punctuality, PunctualityState } from './punctuality.js';
import type { ListCondition, RegisteredProcedure } from '#procedures';
import { WorkingDays, everyDay, punctualityLimitsOf } from '#workflow';
import type { Calendars, CalendarDays, Definitions, PunctualityLimit, PunctualityMeasure, Sight } from '#workflow';

/** By which limit a publication is on time or not. */
export interface OnTimeFact extends Punctuality {
  readonly measure: PunctualityMeasure;
  readonly days: number;
  /** Null where every day counts, or there is no calendar. */
  readonly calendarVersion: number | null;
}

export interface OnTimeRow extends Readonly<Record<PunctualityState, number>> {
  readonly measure: PunctualityMeasure;
  readonly kind: string;
  readonly group: string | null;
}

/** How publications that are alike stand by one of their limits. */
interface Standing {
  readonly group: PublicationGroup;
  readonly measure: PunctualityMeasure;
  readonly state: PunctualityState;
}

/** Whether publications were signed and disclosed in time, by the lifecycle version that each procedure keeps and the newest calendar. */
export class OnTime {
  constructor(
    private readonly database: Database,
    private readonly definitions: Definitions,
    private readonly calendars: Calendars,
  ) {}

  /** Of the latest publication, as things stood at that time; nothing for what was never published. @throws Unavailable */
  async of(state: RegisteredProcedure, at: Date): Promise<readonly OnTimeFact[]> {
    const publication = publicationOf(state);
    if (!publication) return [];
    const facts: OnTimeFact[] = [];
    for (const limit of await this.limits(state.definition, state.group ?? state.kind)) {
      const days = await this.counting(limit.calendar);
      const fact = punctualityOf(publication, limit, days, dateInVietnam(at));
      const calendarVersion = days instanceof WorkingDays ? days.calendar.version : null;
      if (fact) facts.push({ measure: limit.measure, days: limit.days, ...fact, calendarVersion });
    }
    return facts;
  }

  /** How many are on time, by measure, kind and group. @throws Unavailable */
  async report(filters: Parameters<typeof publicationGroups>[1], at: Date): Promise<readonly OnTimeRow[]> {
    const rows = new Map<string, OnTimeRow>();
    for (const { group: alike, measure, state } of await this.standings(filters, at)) {
      const { kind, group, count } = alike;
      const key = `${measure}/${kind}/${group ?? ''}`;
      const row = rows.get(key) ?? { measure, kind, group, met: 0, late: 0, open: 0, unknown: 0 };
      rows.set(key, { ...row, [state]: row[state] + count });
    }
    return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  }

  /** The condition that the latest publication of a procedure of the register stands so by that measure. @throws Unavailable */
  async condition(
    { measure, state }: { readonly measure: PunctualityMeasure; readonly state: PunctualityState },
    sight: Sight,
    at: Date,
  ): Promise<ListCondition> {
    const standings = await this.standings({ sight }, at);
    return publishedAlike(standings.flatMap((one) => (one.measure === measure && one.state === state ? [one.group] : [])));
  }

  /** How publications stand by each of their limits on that day. */
  judge(at: Date): (alike: Alike) => Promise<readonly { readonly measure: PunctualityMeasure; readonly state: PunctualityState }[]> {
    const today = dateInVietnam(at);
    // Asked for once: there may be as many groups as dates on paper.
    const counted = new Map<string | null, CalendarDays | null>();
    return async (alike) => {
      const { definition } = alike;
      const { stages } = await this.definitions.lifecycle(definition.id, definition.version);
      const publication = { ...alike, ended: stages[alike.stage]?.end === true };
      const states: { readonly measure: PunctualityMeasure; readonly state: PunctualityState }[] = [];
      for (const limit of await this.limits(definition, alike.class)) {
        const { measure, calendar } = limit;
        if (!counted.has(calendar)) counted.set(calendar, await this.counting(calendar));
        const fact = punctualityOf(publication, limit, counted.get(calendar) ?? null, today);
        if (fact) states.push({ measure, state: fact.state });
      }
      return states;
    };
  }

  /** The latest publication of each procedure, by each limit that it can be on time with. */
  private async standings(filters: Parameters<typeof publicationGroups>[1], at: Date): Promise<readonly Standing[]> {
    const statesOf = this.judge(at);
    const standings: Standing[] = [];
    for (const group of await publicationGroups(this.database, filters))
      for (const state of await statesOf(group)) standings.push({ group, ...state });
    return standings;
  }

  private async limits({ id, version }: RegisteredProcedure['definition'], name: string): Promise<readonly PunctualityLimit[]> {
    const definition = await this.definitions.lifecycle(id, version);
    if (!definition.punctuality) return [];
    return punctualityLimitsOf(definition, await this.definitions.authority(definition.authority.id, definition.authority.version), name);
  }

  /** Null where there is no such calendar. */
  private async counting(calendar: string | null): Promise<CalendarDays | null> {
    return calendar === null ? everyDay : this.calendars.workingDays(calendar);
  }
}
