import { randomUUID } from 'node:crypto';
import type { Actor } from './event-store.js';

/** What was not put on record one by one, of one actor within one minute. */
export interface LeftOut<Kind extends string> {
  /** UUID: the same where it is told again. */
  readonly id: string;
  readonly actor: Actor;
  /** When the minute began, ISO 8601 UTC. */
  readonly minute: string;
  /** How many, by kind. */
  readonly times: Readonly<Partial<Record<Kind, number>>>;
}

interface Minute<Kind> {
  readonly id: string;
  readonly begins: number;
  readonly actor: Actor;
  readonly recorded: Map<string, Promise<void>>;
  readonly leftOut: Map<Kind, number>;
}

const minuteMs = 60_000;

/**
 * Lets so much that one actor causes go on record in a minute, and has told how much more there was once the minute is over. Nobody can
 * flood the log so, and nobody can hide that they tried. What is counted but not told when a process dies is lost, so `close` it.
 */
export class MinuteBook<Kind extends string> {
  private readonly minutes = new Map<string, Minute<Kind>>();
  /** Those that are over and of which it was not told yet, the oldest first. */
  private readonly over: Minute<Kind>[] = [];
  private readonly telling: NodeJS.Timeout;

  constructor(
    private readonly on: {
      /** Milliseconds. */
      readonly now: () => number;
      /** Of one actor in a minute. */
      readonly most: number;
      readonly tell: (leftOut: LeftOut<Kind>) => Promise<void>;
    },
  ) {
    this.telling = setInterval(() => void this.tell().catch(() => undefined), minuteMs / 6).unref();
  }

  /**
   * Has it put on record, unless there is no room left in the minute or the same is on record in it already. Returns once it is on record,
   * or counted among what is left out.
   * @param key Of what is the same. (Default: nothing is) @throws what `append` throws
   */
  async record(of: { readonly actor: Actor; readonly kind: Kind; readonly key?: string }, append: () => Promise<void>): Promise<void> {
    const { actor, kind, key = randomUUID() } = of;
    const minute = this.minuteOf(actor);
    const same = minute.recorded.get(key);
    if (same !== undefined || minute.recorded.size >= this.on.most) {
      minute.leftOut.set(kind, (minute.leftOut.get(kind) ?? 0) + 1);
      return same;
    }
    const recording = append();
    minute.recorded.set(key, recording);
    // What is not on record is tried again.
    recording.catch(() => minute.recorded.delete(key));
    return recording;
  }

  /** Tells how many were left out in minutes that are over; what cannot be told is told the next time. @throws what `tell` throws */
  async tell(until = this.on.now()): Promise<void> {
    for (const [actor, minute] of this.minutes) {
      if (minute.begins + minuteMs > until) continue;
      this.minutes.delete(actor);
      this.over.push(minute);
    }
    for (let minute = this.over.shift(); minute; minute = this.over.shift())
      try {
        await this.tellOf(minute);
      } catch (error) {
        this.over.unshift(minute);
        throw error;
      }
  }

  /** Tells of the minute that is not over, too. */
  async close(): Promise<void> {
    clearInterval(this.telling);
    await this.tell(Infinity).catch(() => undefined);
  }

  private minuteOf(actor: Actor): Minute<Kind> {
    const begins = Math.floor(this.on.now() / minuteMs) * minuteMs;
    const known = this.minutes.get(actor.id);
    if (known?.begins === begins) return known;
    if (known) this.over.push(known);
    const minute: Minute<Kind> = { id: randomUUID(), begins, actor, recorded: new Map(), leftOut: new Map() };
    this.minutes.set(actor.id, minute);
    if (known) void this.tell().catch(() => undefined);
    return minute;
  }

  private async tellOf({ id, begins, actor, leftOut }: Minute<Kind>): Promise<void> {
    if (leftOut.size === 0) return;
    const times = Object.fromEntries(leftOut) as Partial<Record<Kind, number>>;
    await this.on.tell({ id, actor, minute: new Date(begins).toISOString(), times });
  }
}
