import { randomUUID } from 'node:crypto';
import type { Unmet } from './decider.js';
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

/** Puts a refused command on record, in the stream of its month. @param month `yyyy-mm` @throws Unavailable */
export async function recordRefusal(store: EventStore, month: string, data: RefusedCommand, metadata: EventMetadata): Promise<void> {
  const refused = { id: randomUUID(), type: 'CommandRefused', schemaVersion: 1, data, metadata };
  await store.append(`refusals-${month}`, [refused], { expected: ANY });
}
