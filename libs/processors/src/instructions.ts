import { handle } from '#event-store';
import type { Decider, EventMetadata, EventStore, RecordedEvent, SubscriptionBatch } from '#event-store';

/** What an administrator decided about the dead letters of a stream. */
export interface Instruction {
  readonly stream: string;
  /** Position of the event that is given up; undefined when all are to be tried again. */
  readonly discarded?: bigint;
}

/** A run of events that a processor takes at once, up to `position`. */
export interface Part {
  readonly events: readonly RecordedEvent[];
  readonly position: bigint;
  /** The one event is an instruction to this processor. */
  readonly instruction: boolean;
}

type Data = { readonly stream: string; readonly position?: string };

/** The stream in which a processor is told what to do, so that it stands in the log who decided it and when. */
export const streamOfInstructions = (processor: string): string => `processor-${processor}`;

/**
 * Puts the instruction in the log, once for a command and only where there is something to do; the processor obeys when its turn has come.
 * Answers the position up to which it was told. @throws KeyReused, Unavailable
 */
export async function instruct(
  store: EventStore,
  processor: string,
  { stream, discarded }: Instruction,
  { metadata, isNeeded }: { readonly metadata: EventMetadata; readonly isNeeded: boolean },
): Promise<bigint> {
  const data: Data = { stream, ...(discarded !== undefined && { position: String(discarded) }) };
  const event: Told = { type: discarded === undefined ? 'DeadLettersRetried' : 'DeadLetterDiscarded', data };
  return (await handle({ store, decider: told, stream: streamOfInstructions(processor), command: isNeeded ? [event] : [], metadata }))
    .position;
}

interface Told {
  readonly type: 'DeadLettersRetried' | 'DeadLetterDiscarded';
  readonly data: Data;
}

/** What an administrator says is taken down where it changes something. */
const told: Decider<readonly Told[], null, Told> = { initial: null, decide: (events) => events, evolve: () => null };

export function instructionOf({ data }: RecordedEvent): Instruction {
  const { stream, position } = data as Data;
  return { stream, ...(position !== undefined && { discarded: BigInt(position) }) };
}

/** The batch, taken apart where there are instructions in it. */
export function partsOf({ events, position }: SubscriptionBatch, processor: string): readonly Part[] {
  const parts: { events: RecordedEvent[]; position: bigint; instruction: boolean }[] = [];
  for (const event of events) {
    const instruction = event.stream === streamOfInstructions(processor);
    const last = parts.at(-1);
    if (last && !last.instruction && !instruction) {
      last.events.push(event);
      last.position = event.position;
    } else parts.push({ events: [event], position: event.position, instruction });
  }
  const last = parts.at(-1);
  if (last && position !== null) last.position = position;
  return parts;
}
