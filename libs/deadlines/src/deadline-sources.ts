import type { RecordedEvent } from '#event-store';
import { column, table } from '#processors';
import type { RowIn } from '#processors';
import { WorkingDays, deadlinesOf, everyDay } from '#workflow';
import type { AuthorityPolicy, Calendar, CalendarDays, CalendarPublished, Deadline, LifecycleDefinition } from '#workflow';
import type { Timing } from './clocks.js';

/** What deadlines are computed from besides the procedures, by stream and version. */
type Source = LifecycleDefinition | AuthorityPolicy | Calendar;

export interface DefinitionVersion {
  readonly id: string;
  readonly version: number;
}

export const sourceTable = table({
  name: 'deadline_sources',
  key: ['stream', 'version'],
  columns: { stream: column.text, version: column.integer, data: column.jsonb<Source>() },
});
type SourceRow = RowIn<typeof sourceTable>;

/** With what the event published, if it did. */
export function sourcesAfter(before: readonly SourceRow[], event: RecordedEvent): readonly SourceRow[] {
  const data = published(event);
  if (!data || before.some(({ stream, version }) => stream === event.stream && version === data.version)) return before;
  return [...before, { stream: event.stream, version: data.version, data }];
}

/** Definitions, policies and calendars up to where the view is. */
export class DeadlineSources {
  private readonly sources: ReadonlyMap<string, Source>;
  private readonly newestVersions = new Map<string, number>();
  private readonly timings = new Map<string, Timing>();
  private readonly calendars = new Map<string, CalendarDays>();

  constructor(rows: readonly SourceRow[]) {
    this.sources = new Map(rows.map(({ stream, version, data }) => [keyOf(stream, version), data]));
    for (const { stream, version } of rows) this.newestVersions.set(stream, Math.max(version, this.newestVersions.get(stream) ?? 0));
  }

  /** What procedures of that definition and class happen under. */
  timing(definition: DefinitionVersion, name: string): Timing {
    const key = `${definition.id}@${String(definition.version)}/${name}`;
    const known = this.timings.get(key);
    if (known) return known;
    const found = this.get(`lifecycle-${definition.id}`, definition.version) as LifecycleDefinition | undefined;
    const timing: Timing = {
      deadlines: found ? this.deadlines(found, name) : [],
      isEnd: (stage) => found?.stages[stage]?.end === true,
      newest: (calendar) => this.newestVersions.get(`calendar-${calendar}`) ?? null,
      counting: (calendar, version) => this.counting(calendar, version),
    };
    if (found) this.timings.set(key, timing);
    return timing;
  }

  /** Counts by that version; null when it was never published. */
  counting(calendar: string | null, version: number | null): CalendarDays | null {
    if (calendar === null) return everyDay;
    if (version === null) return null;
    const key = `${calendar}@${String(version)}`;
    const known = this.calendars.get(key);
    if (known) return known;
    const found = this.get(`calendar-${calendar}`, version) as Calendar | undefined;
    if (!found) return null;
    const days = new WorkingDays(found);
    this.calendars.set(key, days);
    return days;
  }

  private deadlines(definition: LifecycleDefinition, name: string): readonly Deadline[] {
    const { id, version } = definition.authority;
    return deadlinesOf(definition, this.get(`authority-${id}`, version) as AuthorityPolicy | undefined, name);
  }

  /** The name of the stream says what is in it. */
  private get(stream: string, version: number): Source | undefined {
    return this.sources.get(keyOf(stream, version));
  }
}

/** Streams that deadlines are computed from besides those of procedures. */
export const sourcePrefixes = ['lifecycle-', 'authority-', 'calendar-'] as const;

export const isSource = (stream: string): boolean => sourcePrefixes.some((prefix) => stream.startsWith(prefix));

/** The calendar that the event published, with the answer whether to recompute by it; null for any other event. */
export function publishedCalendar({ type, data }: RecordedEvent): CalendarPublished['data'] | null {
  return type === 'CalendarPublished' ? (data as CalendarPublished['data']) : null;
}

function published(event: RecordedEvent): Source | null {
  const { type, data } = event;
  if (type === 'LifecyclePublished') return (data as { readonly definition: LifecycleDefinition }).definition;
  if (type === 'AuthorityPublished') return (data as { readonly policy: AuthorityPolicy }).policy;
  return publishedCalendar(event)?.calendar ?? null;
}

const keyOf = (stream: string, version: number): string => `${stream}@${String(version)}`;
