import { Rejected, RevisionConflict, handle, weightOf } from '#event-store';
import type { Decider, EventMetadata, EventStore, Handled, RecordedEvent } from '#event-store';
import { WorkingDays, calendarFindings } from './calendar.js';
import type { Calendar, CalendarContent } from './calendar.js';
import { doubtsAbout } from './calendar-doubts.js';
import type { CalendarDoubt } from './calendar-doubts.js';
import { mostOfVersions } from './most-of-versions.js';
import { publishOnce } from './publish-once.js';
import { StreamTail } from './stream-tail.js';
import vn from './definitions/calendar-vn.json' with { type: 'json' };

/** What the log holds in `calendar-<id>`. */
export interface CalendarPublished {
  readonly type: 'CalendarPublished';
  readonly data: {
    readonly calendar: Calendar;
    readonly reason: string;
    /** Whether due dates that are still open are computed anew by this version; else they keep theirs. */
    readonly recompute: boolean;
    /** Codes of the warnings that whoever published it confirmed. */
    readonly confirmed?: readonly string[];
  };
}

/** The calendars that an installation starts with. The JSON file is the source; a spec holds it against `date-holidays`. */
export const initialCalendars = [vn] as readonly Calendar[];

/** There is no such calendar, or not in that version. */
export class CalendarNotFound extends Error {
  override readonly name = 'CalendarNotFound';
}

/** A calendar that contradicts itself or the version before it. Names every field at once. */
export class InvalidCalendar extends Error {
  override readonly name = 'InvalidCalendar';
  constructor(readonly findings: ReturnType<typeof calendarFindings>) {
    super(`${findings[0]?.path ?? ''} ${findings[0]?.message ?? ''}.`);
  }
}

interface PublishCalendar {
  readonly id: string;
  readonly content: Omit<CalendarContent, 'weekend' | 'covers' | 'source'> & Partial<CalendarContent>;
  readonly reason: string;
  readonly recompute: boolean;
  /** The version that it was made from, or the one that it becomes. (Default: the newest) */
  readonly from?: number | undefined;
  /** Warnings that are right all the same. (Default: none) */
  readonly confirm?: readonly CalendarDoubt[] | undefined;
}

/** The newest version of a calendar, and how many characters all of them have, about. */
interface CalendarState {
  readonly newest: Calendar | null;
  readonly stored: number;
}

/** The versions of one calendar. */
export const calendarVersions: Decider<PublishCalendar, CalendarState, CalendarPublished> = {
  initial: { newest: null, stored: 0 },
  decide: (command, { newest, stored }) => {
    const { reason, recompute, confirm = [] } = command;
    const { calendar, doubts } = drawUp(command, newest);
    if ((newest?.version ?? 0) >= mostOfVersions.count || stored >= mostOfVersions.characters)
      throw new Rejected([{ code: 'record-full', message: 'There are so many versions of the calendar that no more are published.' }]);
    const [first, ...others] = doubts.filter(({ code }) => !confirm.includes(code));
    if (first) throw new Rejected([first, ...others]);
    const confirmed = [...new Set(doubts.map(({ code }) => code))];
    return [{ type: 'CalendarPublished', data: { calendar, reason, recompute, ...(confirmed.length > 0 && { confirmed }) } }];
  },
  evolve: (state, { type, data }) =>
    (type as string) === 'CalendarPublished' ? { newest: data.calendar, stored: state.stored + weightOf(data.calendar) } : state,
};

/** A version that can be published, and what is hardly right with it. */
export interface DrawnUp {
  readonly calendar: Calendar;
  readonly doubts: ReturnType<typeof doubtsAbout>;
}

/** @throws InvalidCalendar, RevisionConflict */
function drawUp({ id, content, reason, from }: PublishCalendar, newest: Calendar | null): DrawnUp {
  const next = (newest?.version ?? 0) + 1;
  if (from !== undefined && from !== next && from !== next - 1) throw new RevisionConflict(from - 1, newest ? newest.version - 1 : null);
  const { holidays, workingDays, weekend = newest?.weekend ?? ['saturday', 'sunday'] } = content;
  const { covers = newest?.covers, source = newest?.source ?? reason } = content;
  if (!covers) throw new InvalidCalendar([{ path: 'covers', message: 'is required for the first version of a calendar' }]);
  const sent = { weekend, covers, holidays, workingDays, source };
  const findings = calendarFindings(sent, newest);
  if (findings.length > 0) throw new InvalidCalendar(findings);
  const named = { id, version: next };
  const calendar = { ...named, ...sent, holidays: sorted(holidays), workingDays: sorted(workingDays) };
  // Doubts name places in the lists as they were sent.
  return { calendar, doubts: doubtsAbout({ ...named, ...sent }, newest) };
}

const initialReason = 'Installation';

/** The published calendars, as the log has them whenever they are asked for: another process may have published a version. */
export class Calendars {
  private readonly tails = new Map<string, StreamTail<readonly PublishedVersion[], RecordedEvent>>();
  private readonly laidOut = new Map<string, WorkingDays>();

  constructor(private readonly store: EventStore) {}

  /** Whether any version of it was published. @throws Unavailable */
  async has(id: string): Promise<boolean> {
    return (await this.published(id)).length > 0;
  }

  /** Puts what an installation starts with into the log. Safe to repeat, also by several processes at once. */
  async publishInitial(): Promise<void> {
    for (const calendar of initialCalendars) {
      if (await this.has(calendar.id)) continue;
      await publishOnce(this.store, streamOf(calendar.id), calendar.version, {
        ...calendarVersions,
        isThere: ({ newest }) => newest !== null,
        event: { type: 'CalendarPublished', data: { calendar, reason: initialReason, recompute: false } },
      });
    }
  }

  /** The version asked for, with why it was published. (Default: the newest) @throws CalendarNotFound, Unavailable */
  async find(id: string, version?: number): Promise<PublishedVersion> {
    const all = await this.published(id);
    const found = version === undefined ? all.at(-1) : all.find(({ calendar }) => calendar.version === version);
    if (!found) throw new CalendarNotFound(`There is no calendar ${id}${version === undefined ? '' : `, version ${String(version)}`}.`);
    return found;
  }

  /** The version that held just before that position of the log; null where there was none. @throws Unavailable */
  async before(id: string, position: bigint): Promise<PublishedVersion | null> {
    return (await this.published(id)).findLast((one) => one.position < position) ?? null;
  }

  /** The working days of the newest version, laid out once for each; null where there is no such calendar. @throws Unavailable */
  async workingDays(id: string): Promise<WorkingDays | null> {
    const calendar = (await this.published(id)).at(-1)?.calendar;
    if (!calendar) return null;
    const known = this.laidOut.get(id);
    if (known?.calendar === calendar) return known;
    const days = new WorkingDays(calendar);
    this.laidOut.set(id, days);
    return days;
  }

  /**
   * Publishes the next version. What the content leaves out stays as it was. The same command twice publishes once.
   * @throws InvalidCalendar, Rejected for what is doubtful and not confirmed, RevisionConflict, KeyReused, TooLarge, Unavailable
   */
  async publish(
    command: PublishCalendar,
    { metadata, ifMatch }: { readonly metadata: EventMetadata; readonly ifMatch?: number | undefined },
  ): Promise<Handled<Calendar | null>> {
    const on = { store: this.store, decider: calendarVersions, stream: streamOf(command.id), command, metadata };
    const handled = await handle({ ...on, ...(ifMatch !== undefined && { ifMatch }) });
    return { ...handled, state: handled.state.newest };
  }

  /** The version that the command would publish, with all that is hardly right with it; nothing is stored. @throws InvalidCalendar, RevisionConflict, Unavailable */
  async preview(command: PublishCalendar): Promise<DrawnUp> {
    return drawUp(command, (await this.published(command.id)).at(-1)?.calendar ?? null);
  }

  private async published(id: string): Promise<readonly PublishedVersion[]> {
    const tail = this.tails.get(id) ?? new StreamTail<readonly PublishedVersion[], RecordedEvent>(this.store, streamOf(id), everyVersion);
    const versions = await tail.read();
    // Whoever asks for names that there are not shall not fill the memory.
    if (versions.length > 0) this.tails.set(id, tail);
    return versions;
  }
}

/** A version with why it was published, and its place in the stream. */
type PublishedVersion = CalendarPublished['data'] & Pick<RecordedEvent, 'revision' | 'position'>;

const everyVersion = {
  initial: [],
  evolve: (versions: readonly PublishedVersion[], { type, data, revision, position }: RecordedEvent): readonly PublishedVersion[] =>
    type === 'CalendarPublished' ? [...versions, { ...(data as CalendarPublished['data']), revision, position }] : versions,
};

const streamOf = (id: string): string => `calendar-${id}`;

const sorted = <Dated extends { readonly date: string }>(dates: readonly Dated[]): readonly Dated[] =>
  [...dates].sort((one, other) => (one.date < other.date ? -1 : 1));
