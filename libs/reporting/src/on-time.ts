import { dateInVietnam } from '#platform';
import type { Database } from '#platform';
import { publicationGroups, publishedAlike } from './publications.js';
import type { PublicationGroup } from './publications.js';
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
    for (const { definition, class: name, stage, kind, group, count, ...dates } of await publicationGroups(this.database, filters)) {
      const { stages } = await this.definitions.lifecycle(definition.id, definition.version);
      const ended = stages[stage]?.end === true;
      for (const limit of await this.limits(definition, name)) {
        const days = await this.counting(limit.calendar);
        const fact = punctualityOf({ ...dates, ended }, limit, days, dateInVietnam(at));
        if (!fact) continue;
        const key = `${limit.measure}/${kind}/${group ?? ''}`;
        const row = rows.get(key) ?? { measure: limit.measure, kind, group, met: 0, late: 0, open: 0, unknown: 0 };
        rows.set(key, { ...row, [fact.state]: row[fact.state] + count });
      }
    }
    return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  }

  /** The condition that the latest publication of a procedure of the register stands so by that measure. @throws Unavailable */
  async condition(
    { measure, state }: { readonly measure: PunctualityMeasure; readonly state: PunctualityState },
    sight: Sight,
    at: Date,
  ): Promise<ListCondition> {
    const alike: PublicationGroup[] = [];
    for (const group of await publicationGroups(this.database, { sight })) {
      const { stages } = await this.definitions.lifecycle(group.definition.id, group.definition.version);
      const ended = stages[group.stage]?.end === true;
      for (const limit of await this.limits(group.definition, group.class)) {
        if (limit.measure !== measure) continue;
        const days = await this.counting(limit.calendar);
        if (punctualityOf({ ...group, ended }, limit, days, dateInVietnam(at))?.state === state) alike.push(group);
      }
    }
    return publishedAlike(alike);
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
