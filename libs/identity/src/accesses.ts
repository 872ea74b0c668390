import { createHash, randomUUID } from 'node:crypto';
import { ANY, actorWithoutPerson } from '#event-store';
import type { Actor, EventStore, NewEvent } from '#event-store';
import { dateInVietnam } from '#platform';
import type { Clock } from '#platform';

/** What somebody reads or takes away, beside what they decide; each is the type of an event in `accesses-<yyyy-mm>`. */
export const accessTypes = [
  /** Any reading call about one classified procedure. */
  'ClassifiedRead',
  'ListExported',
  'RegisterExported',
  'ReportExported',
  'PaperWritten',
  'BundleMade',
  'TrailRead',
  'TrailExported',
] as const;
export type AccessType = (typeof accessTypes)[number];

/** How many accesses were not put on record one by one. */
export const leftOutType = 'AccessesLeftOut';

/** Something that somebody reads or takes away. */
export interface Access {
  readonly type: AccessType;
  readonly by: Actor;
  /** Procedure id. (Default: it is about none, or about many) */
  readonly procedure?: string | undefined;
  /** What it is: the name of a report or paper, the pattern of a route; nothing that was typed. */
  readonly subject: string;
  /** Filters by name: ids, codes and dates. (Default: none) */
  readonly asked?: Readonly<Record<string, string>> | undefined;
  /** Joins what one request leads to. (Default: nothing else) */
  readonly correlationId?: string | undefined;
}

/** What the log holds of an access. */
type AccessData = Pick<Access, 'subject'> & { readonly procedure?: string; readonly asked?: Readonly<Record<string, string>> };

/** What the log holds of accesses that were left out: how many of each type, within the minute that begins then. */
interface LeftOutData {
  /** ISO 8601 UTC. */
  readonly minute: string;
  readonly times: { readonly [type in AccessType]?: number };
}

interface Minute {
  readonly begins: number;
  readonly actor: Actor;
  readonly recorded: Map<string, Promise<void>>;
  readonly leftOut: Map<AccessType, number>;
}

const minuteMs = 60_000;

/**
 * Puts on record what people read and take away: in the stream of the month, the same thing once in a minute, and so many of one person in
 * a minute; how many more there were is an event after it. What is counted but not told yet when a process dies is lost, so `close` it.
 */
export class Accesses {
  private readonly minutes = new Map<string, Minute>();
  private readonly telling: NodeJS.Timeout;

  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
    /** Of one person in a minute. */
    private readonly most = 120,
  ) {
    this.telling = setInterval(() => void this.tell().catch(() => undefined), minuteMs / 6).unref();
  }

  /** Returns once it is on record, or counted among those that are left out. @throws Unavailable */
  async record(access: Access): Promise<void> {
    const minute = this.minuteOf(access.by);
    const { type, procedure = '', subject, asked = {} } = access;
    const key = JSON.stringify([type, procedure, subject, asked]);
    const same = minute.recorded.get(key);
    if (same !== undefined || minute.recorded.size >= this.most) {
      minute.leftOut.set(type, (minute.leftOut.get(type) ?? 0) + 1);
      return same;
    }
    const recording = this.append(type, dataOf(access), access.by, access.correlationId);
    minute.recorded.set(key, recording);
    // What is not on record is tried again.
    recording.catch(() => minute.recorded.delete(key));
    return recording;
  }

  /** Tells how many were left out in minutes that are over. @throws Unavailable */
  async tell(until = this.now()): Promise<void> {
    for (const [person, minute] of this.minutes) {
      if (minute.begins + minuteMs > until) continue;
      this.minutes.delete(person);
      await this.tellOf(minute);
    }
  }

  /** Tells of the minute that is not over, too. */
  async close(): Promise<void> {
    clearInterval(this.telling);
    await this.tell(Infinity).catch(() => undefined);
  }

  private minuteOf(actor: Actor): Minute {
    const begins = Math.floor(this.now() / minuteMs) * minuteMs;
    const known = this.minutes.get(actor.id);
    if (known?.begins === begins) return known;
    if (known) void this.tellOf(known).catch(() => undefined);
    const minute: Minute = { begins, actor, recorded: new Map(), leftOut: new Map() };
    this.minutes.set(actor.id, minute);
    return minute;
  }

  private async tellOf({ begins, actor, leftOut }: Minute): Promise<void> {
    if (leftOut.size === 0) return;
    const data: LeftOutData = { minute: new Date(begins).toISOString(), times: Object.fromEntries(leftOut) };
    await this.append(leftOutType, data, actor);
  }

  private async append(type: string, data: object, actor: Actor, correlationId?: string): Promise<void> {
    await this.store.append(accessStream(this.clock.now()), [accessEvent(randomUUID(), { type, data, actor, correlationId })], {
      expected: ANY,
    });
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

/** The stream of accesses of the month, in Vietnam. */
export const accessStream = (now: Date): string => `accesses-${dateInVietnam(now).slice(0, 7)}`;

/** An event of that stream. (Default of `actor`: nobody is known) */
export function accessEvent(
  id: string,
  {
    type,
    data,
    actor = actorWithoutPerson('none'),
    correlationId,
  }: { readonly type: string; readonly data: object; readonly actor?: Actor; readonly correlationId?: string | undefined },
): NewEvent {
  const requestHash = createHash('sha256')
    .update(`${type} ${JSON.stringify(data)}`)
    .digest('hex');
  const metadata = { commandId: id, requestHash, $correlationId: correlationId ?? id, $causationId: id, actor };
  return { id, type, schemaVersion: 1, data, metadata };
}

function dataOf({ subject, procedure, asked }: Access): AccessData {
  const isAsked = asked !== undefined && Object.keys(asked).length > 0;
  return { subject, ...(procedure !== undefined && { procedure }), ...(isAsked && { asked }) };
}
