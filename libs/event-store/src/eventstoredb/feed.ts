import { START, eventTypeFilter, streamNameFilter } from '@eventstore/db-client';
import type { AllStreamSubscription, EventStoreDBClient, Filter, Position } from '@eventstore/db-client';
import type { RecordedEvent, SubscriptionBatch } from '../event-store.js';
import { toRecorded } from './recorded.js';

/** Events that the server looks at between two words about how far it is. */
const searchWindow = 500;
/** Events read ahead of the reader before the server is made to wait. */
const readAhead = 4_000;
/** The server counts positions by signed numbers of 64 bits. */
const lastPosition = 2n ** 63n - 1n;
/** While there is much to catch up with, a batch is filled for this long: what is done with it costs by the batch. */
const gatherMs = 20;

export const tombstoneType = '$streamDeleted';

/** Whether the server put it into the stream to end it for ever. Whoever appends may take the type, but not this revision. */
export const isTombstone = ({ type, revision }: { readonly type: string; readonly revision: bigint | number }): boolean =>
  type === tombstoneType && revision > Number.MAX_SAFE_INTEGER;

interface Search {
  readonly maxSearchWindow: number;
  readonly checkpointReached: (subscription: AllStreamSubscription, position: Position) => void;
}

/** Streams of the server's own begin with a dollar sign. */
const ofStreams = (prefixes: readonly string[], search: Search): Filter =>
  prefixes.includes('') ? streamNameFilter({ ...search, regex: '^[^$]' }) : streamNameFilter({ ...search, prefixes: [...prefixes] });

/** One subscription to `$all`, from its beginning until it fails or is closed. */
export class Feed {
  private readonly subscription: AllStreamSubscription;
  private readonly events: RecordedEvent[] = [];
  private checkpoint: bigint | null = null;
  private caughtUp = false;
  private told: { readonly position: bigint | null; readonly caughtUp: boolean };
  private failure: { readonly error: unknown } | undefined;
  private wake: () => void = () => undefined;

  /**
   * @param head Newest position of the log before the subscription began: once caught up, all up to here was looked at.
   */
  constructor(
    client: EventStoreDBClient,
    private readonly options: {
      readonly after: bigint | null;
      readonly head: bigint | null;
      readonly prefixes?: readonly string[] | undefined;
      /** Events of the server's own, by their types, instead of those of streams. (Default: none) */
      readonly types?: readonly string[];
      readonly metadata: boolean;
    },
  ) {
    const { after, prefixes = [''], types, metadata } = options;
    const search = {
      maxSearchWindow: searchWindow,
      checkpointReached: (_: AllStreamSubscription, position: Position): void => this.reached(position.commit),
    };
    this.told = { position: after, caughtUp: false };
    this.subscription = client.subscribeToAll(
      {
        fromPosition: after === null ? START : { commit: after, prepare: after },
        filter: types ? eventTypeFilter({ ...search, prefixes: [...types] }) : ofStreams(prefixes, search),
      },
      { highWaterMark: readAhead },
    );
    this.subscription
      .on('data', ({ event }) => {
        // What was delivered before a connection was lost may be delivered again.
        if (!event || (after !== null && event.position.commit <= after)) return;
        if (!types && isTombstone(event)) return;
        this.events.push(toRecorded(event, metadata));
        if (this.events.length >= readAhead) this.subscription.pause();
        this.wake();
      })
      .on('caughtUp', () => this.turned(true))
      .on('fellBehind', () => this.turned(false))
      .on('error', (error: unknown) => this.failed(error))
      .on('end', () => this.failed(new Error('The subscription ended.')))
      .on('close', () => this.failed(new Error('The subscription was closed.')));
  }

  /** Waits until there is something to tell; undefined once the signal aborts. @throws what ended the subscription */
  async next(limit: number, signal: AbortSignal): Promise<SubscriptionBatch | undefined> {
    for (;;) {
      if (signal.aborted) return undefined;
      const isBehind = (): boolean => !this.caughtUp && !this.failure && this.events.length < Math.min(limit, readAhead);
      if (this.events.length > 0 && isBehind()) await this.until(() => !isBehind(), signal, gatherMs);
      const events = this.events.splice(0, limit);
      if (this.subscription.isPaused() && this.events.length < readAhead / 2) this.subscription.resume();
      // How far the server is says nothing of events that wait here to be read.
      const drained = this.events.length === 0 && this.subscription.readableLength === 0;
      const position = newest(this.told.position, events.at(-1)?.position ?? null, drained ? this.looked : null);
      const caughtUp = drained && this.caughtUp;
      if (events.length > 0 || position !== this.told.position || caughtUp !== this.told.caughtUp) {
        this.told = { position, caughtUp };
        return { events, position, caughtUp };
      }
      if (this.failure) throw this.failure.error;
      await this.until(() => true, signal);
    }
  }

  close(): void {
    this.failure ??= { error: new Error('Closed.') };
    this.subscription.resume();
    void this.subscription.unsubscribe().catch(() => undefined);
  }

  /** How far the server has looked. */
  private get looked(): bigint | null {
    return this.caughtUp ? newest(this.checkpoint, this.options.head) : this.checkpoint;
  }

  private reached(position: bigint): void {
    // A server that has not looked at anything yet says so with a place that no log can have.
    if (position > lastPosition) return;
    this.checkpoint = position;
    this.wake();
  }

  private turned(caughtUp: boolean): void {
    this.caughtUp = caughtUp;
    this.wake();
  }

  private failed(error: unknown): void {
    this.failure ??= { error };
    this.wake();
  }

  /** Waits for a word that finds it so, for the end, or for as long as is given. (Default: however long) */
  private until(isSo: () => boolean, signal: AbortSignal, withinMs?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = withinMs === undefined ? undefined : setTimeout(() => done(), withinMs);
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.wake = () => undefined;
        resolve();
      };
      this.wake = () => {
        if (isSo()) done();
      };
      signal.addEventListener('abort', done, { once: true });
    });
  }
}

function newest(...positions: readonly (bigint | null)[]): bigint | null {
  return positions.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
}
