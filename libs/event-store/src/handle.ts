import { traced } from '#platform';
import { authorised } from './authorised.js';
import { reserveCommand } from './command-key.js';
import { Rejected } from './decider.js';
import type { Decider } from './decider.js';
import { DuplicateEventId, StreamNotFound, WrongExpectedRevision } from './errors.js';
import { NO_STREAM } from './event-store.js';
import type { Appended, EventMetadata, EventStore, NewEvent, RecordedEvent } from './event-store.js';
import { readOrNothing } from './read-or-nothing.js';
import type { FoldedStream, StateCache } from './state-cache.js';
import { uuidv5 } from './uuid.js';
import { weightOf } from './weight.js';
import { noPerson } from './without-person.js';

/** Turns an event as it was once stored into its shape of today. */
export type Upcast = (event: RecordedEvent) => RecordedEvent;

type AnyEvent = { readonly type: string; readonly data: object };

/** What a command led to. */
export interface Handled<State> {
  /** The command's own events. */
  readonly events: readonly RecordedEvent[];
  /** After these events. */
  readonly state: State;
  /** Of the last event; -1 when there is none. */
  readonly revision: number;
  readonly position: bigint;
  /** The command was in the stream already; this is the answer of that time. */
  readonly repeated: boolean;
}

/** The stream is not at the revision that the caller saw; `actual` is null when it does not exist. */
export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict';
  constructor(
    readonly expected: number,
    readonly actual: number | null,
  ) {
    super(`Expected revision ${String(expected)}, the stream is at ${String(actual ?? 'nothing')}.`);
  }
}

/** The command id belongs to another request. */
export class KeyReused extends Error {
  override readonly name = 'KeyReused';
  constructor(readonly commandId: string) {
    super(`Command ${commandId} was used for another request.`);
  }
}

const retries = 3;

/**
 * Reads the stream, folds it, decides and appends: the only writer of decided events. The same command twice is stored
 * once and answered the same.
 * @throws Rejected from the decider, RevisionConflict, KeyReused, TooLarge, Unavailable
 */
export async function handle<Command, State, Event extends AnyEvent>(options: {
  readonly store: EventStore;
  readonly decider: Decider<Command, State, Event>;
  readonly stream: string;
  readonly command: Command;
  /** The role of its actor counts only where the decider does not tell by which one the command is allowed. */
  readonly metadata: EventMetadata;
  /** The revision that the caller saw. */
  readonly ifMatch?: number;
  /** Whether the stream is presumed not to be there: it is read only where that turns out to be wrong. (Default: false) */
  readonly isNew?: boolean;
  /** Of the events that the decider makes. (Default: 1) */
  readonly schemaVersion?: number;
  readonly upcast?: Upcast;
  readonly cache?: StateCache<State>;
}): Promise<Handled<State>> {
  const { cache, stream, metadata } = options;
  const attributes = {
    'tinhgon.stream': stream,
    'tinhgon.command_id': metadata.commandId,
    'tinhgon.correlation_id': metadata.$correlationId,
  };
  return traced('handle', attributes, () => (cache ? cache.exclusive(stream, () => decideAndAppend(options)) : decideAndAppend(options)));
}

async function decideAndAppend<Command, State, Event extends AnyEvent>(
  options: Parameters<typeof handle<Command, State, Event>>[0],
): Promise<Handled<State>> {
  const { store, decider, stream, command, metadata, ifMatch, upcast, cache, isNew = false } = options;
  const known = cache?.get(stream) ?? (isNew ? nothing(decider) : undefined);
  let folded = known ?? (await foldOnwards(store, decider, stream, nothing(decider), upcast));
  let fresh = known === undefined;
  const refresh = async (): Promise<void> => {
    folded = await foldOnwards(store, decider, stream, folded, upcast);
    cache?.set(stream, folded);
    fresh = true;
  };

  let reserved = store.uniqueEventIds;
  for (let attempt = 0; ;) {
    const requestHash = folded.commands.get(metadata.commandId);
    if (requestHash !== undefined) return answerAgain(options, requestHash);

    let decided: readonly Event[];
    try {
      if (ifMatch !== undefined && ifMatch !== folded.revision) throw new RevisionConflict(ifMatch, existing(folded.revision));
      decided = decider.decide(command, folded.state);
    } catch (error) {
      // What is known may be behind; no one is refused on the ground of an old one.
      if (fresh) throw error instanceof Rejected ? inRole(error, options, folded.state) : error;
      await refresh();
      continue;
    }
    if (decided.length === 0) {
      if (fresh) return { events: [], state: folded.state, revision: folded.revision, position: folded.position, repeated: false };
      await refresh();
      continue;
    }

    const shown = metadataIn(options, folded.state);
    const events = decided.map(({ type, data }, index): NewEvent => ({
      id: uuidv5(metadata.commandId, String(index)),
      type,
      schemaVersion: options.schemaVersion ?? 1,
      data,
      metadata: shown,
    }));
    reserved ||= await reserveCommand(store, stream, shown);
    if (!reserved) throw new KeyReused(metadata.commandId);
    let appended: Appended;
    try {
      const expected = folded.revision === -1 ? NO_STREAM : folded.revision;
      appended = await traced('append', { 'tinhgon.stream': stream, 'tinhgon.events': events.length }, async (span) => {
        const { position, ...rest } = await store.append(stream, events, { expected });
        span.setAttribute('tinhgon.position', String(position));
        return { position, ...rest };
      });
    } catch (error) {
      if (error instanceof DuplicateEventId && error.stream !== stream) throw new KeyReused(metadata.commandId);
      if (!(error instanceof WrongExpectedRevision || error instanceof DuplicateEventId)) throw error;
      if (attempt++ === retries)
        throw new RevisionConflict(folded.revision, error instanceof WrongExpectedRevision ? error.actual : error.revision);
      await refresh();
      continue;
    }
    if (appended.repeated === true) {
      await refresh();
      continue;
    }

    const recorded = await asRecorded(store, stream, events, appended);
    // A log that does not tell repetitions apart acknowledges the ids, whatever was sent with them.
    if (recorded.some((event) => event.metadata.requestHash !== metadata.requestHash)) throw new KeyReused(metadata.commandId);
    const state = fold(decider, folded.state, recorded);
    folded.commands.set(metadata.commandId, metadata.requestHash);
    const weight = folded.weight + totalWeight(recorded);
    cache?.set(stream, { ...folded, state, revision: appended.revision, position: appended.position, weight });
    return { events: recorded, state, revision: appended.revision, position: appended.position, repeated: false };
  }
}

/** With the role by which it was decided. What nobody in person does is done by none. */
function metadataIn<Command, State, Event extends AnyEvent>(
  { decider, command, metadata }: Parameters<typeof handle<Command, State, Event>>[0],
  state: State,
): EventMetadata {
  if (!decider.authority || metadata.actor.id === noPerson) return metadata;
  const authority = decider.authority(command, state);
  if (!authority) throw new Error('What no role allows was accepted.');
  return authorised(metadata, authority);
}

function inRole<Command, State, Event extends AnyEvent>(
  { unmet }: Rejected,
  { decider, command }: Parameters<typeof handle<Command, State, Event>>[0],
  state: State,
): Rejected {
  return new Rejected(unmet, decider.authority?.(command, state));
}

/** The stream's state, with the events it was folded from; null when there is no such stream. */
export async function loadState<Command, State, Event extends AnyEvent>(
  store: EventStore,
  decider: Decider<Command, State, Event>,
  stream: string,
  options: {
    /** Last revision folded, inclusive. (Default: the newest) */
    readonly to?: number;
    readonly upcast?: Upcast;
  } = {},
): Promise<{ readonly state: State; readonly revision: number; readonly events: readonly RecordedEvent[] } | null> {
  const events = await upcastEvents(store, stream, options);
  const last = events.at(-1);
  return last ? { state: fold(decider, decider.initial, events), revision: last.revision, events } : null;
}

async function answerAgain<Command, State, Event extends AnyEvent>(
  { store, decider, stream, metadata, upcast }: Parameters<typeof handle<Command, State, Event>>[0],
  requestHash: string,
): Promise<Handled<State>> {
  if (requestHash !== metadata.requestHash) throw new KeyReused(metadata.commandId);
  const all = await upcastEvents(store, stream, upcast ? { upcast } : {});
  const events = all.filter((event) => event.metadata.commandId === metadata.commandId);
  const last = events.at(-1);
  if (!last) throw new StreamNotFound(stream);
  const state = fold(decider, decider.initial, all.slice(0, all.indexOf(last) + 1));
  return { events, state, revision: last.revision, position: last.position, repeated: true };
}

/** The stream's state as it is now, folded on from what the cache knows of it; revision -1 when there is no such stream. @throws Unavailable */
export async function loadOnwards<Command, State, Event extends AnyEvent>(
  store: EventStore,
  decider: Decider<Command, State, Event>,
  stream: string,
  cache: StateCache<State>,
): Promise<FoldedStream<State>> {
  const folded = await foldOnwards(store, decider, stream, cache.get(stream) ?? nothing(decider), undefined);
  // A command may have put a newer one there meanwhile.
  if ((cache.get(stream)?.revision ?? -1) < folded.revision) cache.set(stream, folded);
  return folded;
}

async function foldOnwards<Command, State, Event extends AnyEvent>(
  store: EventStore,
  decider: Decider<Command, State, Event>,
  stream: string,
  from: FoldedStream<State>,
  upcast: Upcast | undefined,
): Promise<FoldedStream<State>> {
  const events = await upcastEvents(store, stream, { from: from.revision + 1, ...(upcast && { upcast }) });
  const last = events.at(-1);
  if (!last) return from;
  for (const { metadata } of events) from.commands.set(metadata.commandId, metadata.requestHash);
  const weight = from.weight + totalWeight(events);
  return { ...from, state: fold(decider, from.state, events), revision: last.revision, position: last.position, weight };
}

async function upcastEvents(
  store: EventStore,
  stream: string,
  { upcast, ...range }: { readonly from?: number; readonly to?: number; readonly upcast?: Upcast },
): Promise<readonly RecordedEvent[]> {
  const events = await readOrNothing(store, stream, range);
  return upcast ? events.map(upcast) : events;
}

/** The events as the log holds them; read back only where the answer of the append does not say it all. */
async function asRecorded(
  store: EventStore,
  stream: string,
  events: readonly NewEvent[],
  { revision, position, recordedAt }: Appended,
): Promise<readonly RecordedEvent[]> {
  const first = revision - events.length + 1;
  if (recordedAt === undefined || (events.length > 1 && !store.densePositions)) return store.read(stream, { from: first, to: revision });
  return events.map((event, index) => ({
    ...event,
    stream,
    revision: first + index,
    position: position - BigInt(events.length - 1 - index),
    recordedAt,
  }));
}

// The log's data is what a decider once made; upcasting has brought it to the shape of today.
const fold = <Command, State, Event extends AnyEvent>(
  decider: Decider<Command, State, Event>,
  state: State,
  events: readonly RecordedEvent[],
): State => {
  const stored = events as unknown as readonly Event[];
  return decider.fold ? decider.fold(state, stored) : stored.reduce((folded, event) => decider.evolve(folded, event), state);
};

const nothing = <Command, State, Event>(decider: Decider<Command, State, Event>): FoldedStream<State> => ({
  state: decider.initial,
  revision: -1,
  position: 0n,
  commands: new Map(),
  weight: 0,
});

const totalWeight = (events: readonly RecordedEvent[]): number => events.reduce((sum, event) => sum + weightOf(event), 0);

const existing = (revision: number): number | null => (revision === -1 ? null : revision);
