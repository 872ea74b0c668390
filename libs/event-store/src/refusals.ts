import { createHash, randomUUID } from 'node:crypto';
import { dateInVietnam } from '#platform';
import { authorised } from './authorised.js';
import { Rejected } from './decider.js';
import type { Authority, Unmet } from './decider.js';
import { ANY } from './event-store.js';
import type { EventMetadata, EventStore } from './event-store.js';
import { MinuteBook } from './minute-book.js';
import type { LeftOut } from './minute-book.js';

/** A command that a rule said no to, as auditors ask for it. */
export interface RefusedCommand {
  /** Procedure id; null where there was none yet, or where the command is about something else. */
  readonly procedure: string | null;
  readonly action: string;
  /** Of the stream that was decided on. */
  readonly revision: number | null;
  readonly stage: string | null;
  readonly unmet: readonly Unmet[];
}

/** The type of how many refused commands were not put on record one by one. */
export const refusalsLeftOutType = 'RefusalsLeftOut';

/** Of one person in a minute, and of one log: whoever is refused more often tries for its own sake. */
const mostInMinute = 300;
const books = new WeakMap<EventStore, MinuteBook<'CommandRefused'>>();

function bookOf(store: EventStore): MinuteBook<'CommandRefused'> {
  const known = books.get(store);
  if (known) return known;
  const tell = async ({ id, actor, minute, times }: LeftOut<'CommandRefused'>): Promise<void> => {
    const data = { minute, times };
    const requestHash = createHash('sha256').update(JSON.stringify(data)).digest('hex');
    const metadata = { commandId: id, requestHash, $correlationId: id, $causationId: id, actor };
    const stream = streamOf(dateInVietnam(new Date(minute)));
    await store.append(stream, [{ id, type: refusalsLeftOutType, schemaVersion: 1, data, metadata }], { expected: ANY });
  };
  const book = new MinuteBook<'CommandRefused'>({ now: () => Date.now(), most: mostInMinute, tell });
  books.set(store, book);
  return book;
}

const streamOf = (today: string): string => `refusals-${today.slice(0, 7)}`;

/** Tells how many refusals were left out, before the log is closed. */
export async function closeRefusals(store: EventStore): Promise<void> {
  await books.get(store)?.close();
  books.delete(store);
}

/**
 * Puts a refused command on record, in the stream of its month, with the role that lets the sender do it all the same. (Default: as the
 * metadata has it) Those past 300 of one person in a minute are counted. @param today `yyyy-mm-dd` @throws Unavailable
 */
export async function recordRefusal(
  store: EventStore,
  today: string,
  {
    procedure = null,
    revision = null,
    stage = null,
    ...refused
  }: Pick<RefusedCommand, 'action' | 'unmet'> & Partial<RefusedCommand> & { readonly authority?: Authority | null | undefined },
  metadata: EventMetadata,
): Promise<void> {
  const { action, unmet, authority } = refused;
  const data: RefusedCommand = { procedure, action, revision, stage, unmet };
  const event = { id: randomUUID(), type: 'CommandRefused', schemaVersion: 1, data, metadata: authorised(metadata, authority) };
  await bookOf(store).record({ actor: metadata.actor, kind: 'CommandRefused' }, async () => {
    await store.append(streamOf(today), [event], { expected: ANY });
  });
}

/** Runs the work of a command; what the rules refuse goes on record. @throws what the work throws */
export async function recordingRefusals<Result>(
  on: {
    readonly store: EventStore;
    readonly today: string;
    readonly action: string;
    readonly metadata: EventMetadata;
    /** Procedure id, where the command is about one. (Default: none) */
    readonly procedure?: string;
  },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { store, today, metadata, action, procedure = null } = on;
    if (error instanceof Rejected) {
      const { unmet, authority } = error;
      await recordRefusal(store, today, { action, procedure, unmet, authority }, metadata);
    }
    throw error;
  }
}
