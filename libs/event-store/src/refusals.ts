import { randomUUID } from 'node:crypto';
import { authorised } from './authorised.js';
import { Rejected } from './decider.js';
import type { Authority, Unmet } from './decider.js';
import { ANY } from './event-store.js';
import type { EventMetadata, EventStore } from './event-store.js';

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

/**
 * Puts a refused command on record, in the stream of its month, with the role that lets the sender do it all the same. (Default: as the
 * metadata has it) @param today `yyyy-mm-dd` @throws Unavailable
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
  await store.append(`refusals-${today.slice(0, 7)}`, [event], { expected: ANY });
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
