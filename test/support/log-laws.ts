import { expect } from '@jest/globals';
import type { EventStore, RecordedEvent } from '#event-store';

export async function wholeLog(store: EventStore): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (let caughtUp = false; !caughtUp;) {
    const batch = await store.readAll({ from: events.at(-1)?.position ?? null, limit: 5_000 });
    caughtUp = batch.caughtUp;
    events.push(...batch.events);
  }
  return events;
}

/** Positions grow, and revisions of each stream have no hole. */
export function expectDense({ densePositions }: EventStore, events: readonly RecordedEvent[]): void {
  const revisions = new Map<string, number>();
  const misplaced = events.filter(({ position, stream, revision }, index) => {
    const expected = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const grows = position > (events[index - 1]?.position ?? -1n);
    return !grows || (densePositions && position !== BigInt(index + 1)) || revision !== expected;
  });
  expect(misplaced).toEqual([]);
}

/** A command of one event that was acknowledged. */
export interface AcknowledgedCommand {
  readonly commandId: string;
  readonly answer: { readonly revision: number; readonly position: string };
}

/** Every acknowledged command stands in the log once, where its answer said. */
export function expectOnce(events: readonly RecordedEvent[], acknowledged: readonly AcknowledgedCommand[]): void {
  const byCommand = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    // The reservation of a command carries its metadata.
    if (event.type === 'CommandReserved') continue;
    const { commandId } = event.metadata;
    byCommand.set(commandId, [...(byCommand.get(commandId) ?? []), event]);
  }
  const wrong = acknowledged.filter(({ commandId, answer }) => {
    const [event, ...more] = byCommand.get(commandId) ?? [];
    return more.length > 0 || event?.revision !== answer.revision || String(event.position) !== answer.position;
  });
  expect(wrong).toEqual([]);
}
