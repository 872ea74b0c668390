import type { RecordedEvent } from '#event-store';
import type { Transaction } from '#platform';
import { WorkingDays, deadlinesOf, everyDay } from '#workflow';
import type { AuthorityPolicy, Calendar, CalendarDays, CalendarPublished, Deadline, LifecycleDefinition } from '#workflow';
import type { Timing } from './clocks.js';

/** What deadlines are computed from besides the procedures, by stream and version. */
type Source = LifecycleDefinition | AuthorityPolicy | Calendar;

export interface DefinitionVersion {
  readonly id: string;
  readonly version: number;
}

/** Definitions, policies and calendars up to where the view is, kept in a table of it and in memory. */
export class DeadlineSources {
  private loaded: Map<string, Source> | undefined;
  private readonly newestVersions = new Map<string, number>();
  private readonly timings = new Map<string, Timing>();
  private readonly calendars = new Map<string, CalendarDays>();

  /** @param table Full name of the table. */
  constructor(private readonly table: string) {}

  static async create(transaction: Transaction, table: string): Promise<void> {
    await transaction.query(`CREATE TABLE ${table} (stream text, version integer, data jsonb NOT NULL, PRIMARY KEY (stream, version))`);
  }

  /** Reads what is not in memory; to be called before anything is looked up. */
  async load(transaction: Transaction): Promise<void> {
    if (this.loaded) return;
    const { rows } = await transaction.query<{ stream: string; version: number; data: Source }>(
      `SELECT stream, version, data FROM ${this.table} ORDER BY stream, version`,
    );
    this.loaded = new Map();
    for (const { stream, version, data } of rows) this.remember(stream, version, data);
  }

  /** Keeps what the event published, if it did. */
  async take(transaction: Transaction, event: RecordedEvent): Promise<void> {
    const source = published(event);
    if (!source) return;
    this.remember(event.stream, source.version, source);
    await transaction.query(
      `INSERT INTO ${this.table} (stream, version, data) VALUES ($1, $2, $3) ON CONFLICT (stream, version) DO NOTHING`,
      [event.stream, source.version, JSON.stringify(source)],
    );
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

  forget(): void {
    this.loaded = undefined;
    this.newestVersions.clear();
    this.timings.clear();
    this.calendars.clear();
  }

  private deadlines(definition: LifecycleDefinition, name: string): readonly Deadline[] {
    const { id, version } = definition.authority;
    return deadlinesOf(definition, this.get(`authority-${id}`, version) as AuthorityPolicy | undefined, name);
  }

  /** The name of the stream says what is in it. */
  private get(stream: string, version: number): Source | undefined {
    return this.loaded?.get(keyOf(stream, version));
  }

  private remember(stream: string, version: number, source: Source): void {
    this.loaded?.set(keyOf(stream, version), source);
    this.newestVersions.set(stream, Math.max(version, this.newestVersions.get(stream) ?? 0));
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
