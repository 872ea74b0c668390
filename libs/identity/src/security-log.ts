import { ANY, DuplicateEventId } from '#event-store';
import type { Actor, EventStore, NewEvent } from '#event-store';
import type { Clock, Database } from '#platform';
import { accessEvent, accessStream } from './accesses.js';
import type { Directory } from './directory.js';
import type { SecurityEvent, SecurityEventType } from './security-events.js';

/** What the log holds of a security event, in `accesses-<yyyy-mm>` under the event's own type. */
interface SecurityData {
  /** When it happened, ISO 8601 UTC; the log knows when it was told. */
  readonly at: string;
  /** Whom it is about; left out where nobody has the username that was tried. */
  readonly person?: string;
  /** How often within the minute. (Default: once) */
  readonly times?: number;
  /** A webhook id. (Default: it is about people alone) */
  readonly subject?: string;
}

/** What nobody who is signed in does. */
const byNobody: readonly SecurityEventType[] = ['SignInFailed', 'SignInLocked', 'RefreshTokenReused'];

const everyMs = 1_000;
const atOnce = 500;
/** Of the same person and type at once, one by one; the others are one event with their number. */
const mostOfOne = 5;

interface Row extends Omit<SecurityEvent, 'at'> {
  readonly at: Date;
  readonly event: string;
}

/**
 * Takes security events from their table to the log. The table has them in the transaction of what they tell of, so none is lost when the log cannot
 * be written just then; the log has them for good.
 */
export class SecurityLog {
  private readonly timer: NodeJS.Timeout;
  private taking: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly store: EventStore,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {
    // What fails is tried again.
    this.timer = setInterval(() => void this.take().catch(() => undefined), everyMs).unref();
  }

  /** Takes what there is. @throws Unavailable */
  take(): Promise<void> {
    this.taking ??= this.takeAll().finally(() => (this.taking = undefined));
    return this.taking;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.taking?.catch(() => undefined);
  }

  private async takeAll(): Promise<void> {
    for (;;) {
      const { rows } = await this.database.pool.query<Row>(
        `SELECT e.id::text, e.at, e.type, e.person, e.by, e.times, e.subject, e.event FROM identity.security_events e
         WHERE NOT e.logged AND (e.person IS NOT NULL OR e.at < date_trunc('minute', now())) ORDER BY e.id LIMIT $1`,
        [atOnce],
      );
      if (rows.length === 0) return;
      for (const event of this.eventsOf(rows)) await this.append(event);
      await this.database.pool.query('UPDATE identity.security_events SET logged = true WHERE id = ANY ($1)', [rows.map(({ id }) => id)]);
      if (rows.length < atOnce) return;
    }
  }

  private eventsOf(rows: readonly Row[]): readonly NewEvent[] {
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const group = `${row.type} ${String(row.person)} ${String(row.by)} ${String(row.subject)}`;
      groups.set(group, [...(groups.get(group) ?? []), row]);
    }
    return [...groups.values()].flatMap((group) => {
      const [first, ...others] = group.slice(mostOfOne);
      const merged = first ? [{ ...first, times: [first, ...others].reduce((sum, { times }) => sum + times, 0) }] : [];
      return [...group.slice(0, mostOfOne), ...merged].map((row) => this.eventOf(row));
    });
  }

  private eventOf({ event, type, at, person, by, times, subject }: Row): NewEvent {
    const data: SecurityData = {
      at: at.toISOString(),
      ...(person !== null && { person }),
      ...(times !== 1 && { times }),
      ...(subject !== null && { subject }),
    };
    const actor = byNobody.includes(type) ? undefined : this.actor(by ?? person);
    return accessEvent(event, { type, data, ...(actor && { actor }) });
  }

  private actor(id: string | null): Actor | undefined {
    const person = id === null ? undefined : this.directory.person(id);
    if (!person) return undefined;
    const { version, commitment, unit, roles } = person;
    return { id: person.id, version, commitment, role: roles[0]?.role ?? 'none', unit };
  }

  /** What another process has taken meanwhile is there. */
  private async append(event: NewEvent): Promise<void> {
    try {
      await this.store.append(accessStream(this.clock.now()), [event], { expected: ANY });
    } catch (error) {
      if (!(error instanceof DuplicateEventId)) throw error;
    }
  }
}
