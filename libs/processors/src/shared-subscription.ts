import { EventEmitter, once } from 'node:events';
import { weightOf } from '#event-store';
import type { EventStore, RecordedEvent, SubscribeOptions, SubscriptionBatch } from '#event-store';
import { readAhead } from '#platform';
import { backoffMs, pause } from './pause.js';

/** Most characters of them, about. */
const mostWeight = 16_000_000;
/** So many are kept although all have taken them, for whoever comes next. */
const keptForOthers = 256;
/** Most events that are read before anybody takes them. */
const mostUntaken = 1_000;
interface Kept {
  readonly event: RecordedEvent;
  readonly weight: number;
}

/** One who takes what is read for all. */
interface Member {
  position: bigint;
  caughtUp: boolean;
}

/** The one reading of the log on which members live. */
interface Reading {
  readonly stop: AbortController;
  /** What was read of late, in order of position: all events after `since`, and up to `position`. */
  kept: Kept[];
  weight: number;
  since: bigint;
  position: bigint;
  caughtUp: boolean;
}

/** Before the first event. */
const beginning = -1n;

/**
 * The log as one process follows it: whoever is at its end takes what is read once for all. Who is behind, or falls
 * behind by more than is kept, reads for itself until it has caught up, and holds nobody up.
 */
export class SharedSubscription {
  private reading: Reading | undefined;
  /** How often in a row reading for all failed, and when it is tried again. */
  private failures = 0;
  private retryAt = 0;
  private readonly members = new Set<Member>();
  private readonly changes = new EventEmitter().setMaxListeners(0);

  private readonly prefixes: readonly string[];
  private readonly gatherMs: number;
  private readonly mostGathers: number;
  private readonly mostKept: number;

  constructor(
    private readonly store: EventStore,
    options: {
      /** What any of the members wants. */
      readonly prefixes: readonly string[];
      /** Events that follow each other closely are gathered for this long, because what is done with a batch costs by the batch. (Default: 8) */
      readonly gatherMs?: number;
      /** By how many times that is prolonged as more events come, up to one for each. (Default: 1) */
      readonly mostGathers?: number;
      /** Most events that are kept for those who are slower than others. (Default: 4,000) */
      readonly mostKept?: number;
    },
  ) {
    this.prefixes = options.prefixes;
    this.gatherMs = options.gatherMs ?? 8;
    this.mostGathers = options.mostGathers ?? 1;
    this.mostKept = options.mostKept ?? 4_000;
  }

  /** As the store's own, but that metadata may come unasked. */
  async *subscribe(options: SubscribeOptions): AsyncGenerator<SubscriptionBatch, void, undefined> {
    const { signal } = options;
    let { from } = options;
    while (!signal.aborted) {
      let member: Member | undefined;
      for await (const batch of this.alone({ ...options, from })) {
        yield batch;
        from = batch.position;
        member = this.join(from ?? beginning, batch.caughtUp);
        if (member) break;
      }
      if (!member) return;
      try {
        for await (const batch of this.together(member, options)) {
          yield batch;
          from = batch.position;
        }
      } finally {
        this.leave(member);
      }
    }
  }

  private async *alone(options: SubscribeOptions): AsyncGenerator<SubscriptionBatch, void, undefined> {
    const stop = new AbortController();
    try {
      yield* readAhead(this.store.subscribe({ ...options, signal: AbortSignal.any([options.signal, stop.signal]) }));
    } finally {
      stop.abort();
    }
  }

  /** Undefined where what is kept begins later than that. Where nobody reads yet, whoever is at the end begins; where it failed, after a while. */
  private join(position: bigint, caughtUp: boolean): Member | undefined {
    if (!this.reading && caughtUp && Date.now() >= this.retryAt) void this.read(position);
    if (!this.reading || position < this.reading.since) return undefined;
    const member = { position, caughtUp };
    this.members.add(member);
    return member;
  }

  private leave(member: Member): void {
    this.members.delete(member);
    if (this.members.size === 0) this.reading?.stop.abort();
    this.changes.emit('taken');
  }

  /** Ends when the member has to read for itself. */
  private async *together(
    member: Member,
    { prefixes, batchSize = 1_000, signal }: SubscribeOptions,
  ): AsyncGenerator<SubscriptionBatch, void, undefined> {
    const { reading } = this;
    while (reading && this.reading === reading && !signal.aborted && member.position >= reading.since) {
      if (reading.position <= member.position && (reading.caughtUp === member.caughtUp || reading.position < member.position)) {
        await this.changed('read', signal);
        continue;
      }
      const batch = taken(reading, member.position, batchSize, prefixes);
      Object.assign(member, { position: batch.position ?? beginning, caughtUp: batch.caughtUp });
      this.changes.emit('taken');
      yield batch;
    }
  }

  private async read(from: bigint): Promise<void> {
    const stop = new AbortController();
    const reading: Reading = { stop, kept: [], weight: 0, since: from, position: from, caughtUp: true };
    this.reading = reading;
    const { signal } = stop;
    try {
      const subscription = { from: from === beginning ? null : from, prefixes: this.prefixes, batchSize: mostUntaken, signal };
      for await (const batch of this.store.subscribe(subscription)) {
        this.failures = 0;
        this.keep(reading, batch);
        this.changes.emit('read');
        if (batch.events.length > 0) await pause(this.gatherMs * Math.min(batch.events.length, this.mostGathers), signal);
        while (!signal.aborted && this.untaken(reading) >= mostUntaken) await this.changed('taken', signal);
      }
    } catch {
      // Each member reads for itself now, and hears itself what is wrong.
      this.retryAt = Date.now() + backoffMs(this.failures++);
    } finally {
      if (this.reading === reading) this.reading = undefined;
      this.changes.emit('read');
    }
  }

  private keep(reading: Reading, { events, position, caughtUp }: SubscriptionBatch): void {
    for (const event of events) {
      const weight = weightOf(event.data);
      reading.kept.push({ event, weight });
      reading.weight += weight;
    }
    Object.assign(reading, { position: position ?? beginning, caughtUp });
    const positions = [...this.members].map((member) => member.position);
    const [slowest, fastest] = [least(positions), greatest(positions)];
    let drop = 0;
    for (const { event, weight } of reading.kept) {
      const left = reading.kept.length - drop;
      const isTaken = event.position <= slowest && left > Math.min(keptForOthers, this.mostKept);
      const isTooMuch = event.position <= fastest && (left > this.mostKept || reading.weight > mostWeight);
      if (!isTaken && !isTooMuch) break;
      reading.weight -= weight;
      reading.since = event.position;
      drop++;
    }
    if (drop > 0) reading.kept = reading.kept.slice(drop);
  }

  private untaken(reading: Reading): number {
    const fastest = greatest([...this.members].map(({ position }) => position));
    return reading.kept.length - firstAfter(reading.kept, fastest);
  }

  private async changed(what: 'read' | 'taken', signal: AbortSignal): Promise<void> {
    await once(this.changes, what, { signal }).catch(() => undefined);
  }
}

function taken(
  { kept, position, caughtUp }: Reading,
  after: bigint,
  limit: number,
  prefixes: readonly string[] | undefined,
): SubscriptionBatch {
  const events: RecordedEvent[] = [];
  for (let index = firstAfter(kept, after); index < kept.length; index++) {
    const event = kept[index]?.event;
    if (!event || (prefixes && !prefixes.some((prefix) => event.stream.startsWith(prefix)))) continue;
    if (events.length === limit) return { events, position: events.at(-1)?.position ?? null, caughtUp: false };
    events.push(event);
  }
  return { events, position: position === beginning ? null : position, caughtUp };
}

function firstAfter(kept: readonly Kept[], position: bigint): number {
  let [low, high] = [0, kept.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((kept[middle]?.event.position ?? beginning) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

const least = (positions: readonly bigint[]): bigint => positions.reduce((a, b) => (b < a ? b : a), positions[0] ?? beginning);
const greatest = (positions: readonly bigint[]): bigint => positions.reduce((a, b) => (b > a ? b : a), positions[0] ?? beginning);
