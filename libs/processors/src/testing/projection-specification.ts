import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { RecordedEvent } from '#event-store';
import { someMetadata } from '#event-store/testing';
import type { Projection } from '../projection/projection.js';

/** An event in a specification: what is left out is made up. */
export type GivenEvent = Pick<RecordedEvent, 'stream' | 'type' | 'data'> & Partial<RecordedEvent>;

interface Then<Rows> {
  /** The view has these rows, of which only the columns that are named are looked at; and the same when every event comes again. */
  then(rows: Expected<Rows>): void;
}

type Expected<Rows> = Rows extends readonly (infer Row)[]
  ? readonly Partial<Row>[]
  : { readonly [Name in keyof Rows]?: Rows[Name] extends readonly (infer Row)[] ? readonly Partial<Row>[] : never };

/** Given these events, then the view has these rows, without a database. */
export function projectionSpecification<Rows extends object>(view: Projection<Rows>): (...events: readonly GivenEvent[]) => Then<Rows> {
  return (...events) => {
    const recorded = recordedAll(events);
    return {
      then: (rows) => {
        expect(view.rowsOf(recorded)).toMatchObject(rows);
        expect(view.rowsOf([...recorded, ...recorded])).toEqual(view.rowsOf(recorded));
      },
    };
  };
}

/** In one log, one second after the other. */
function recordedAll(events: readonly GivenEvent[]): readonly RecordedEvent[] {
  const revisions = new Map<string, number>();
  return events.map((event, index) => {
    const revision = event.revision ?? (revisions.get(event.stream) ?? -1) + 1;
    revisions.set(event.stream, revision);
    const recordedAt = new Date(Date.UTC(2025, 0, 1, 0, 0, index)).toISOString();
    return { id: randomUUID(), schemaVersion: 1, metadata: someMetadata(), position: BigInt(index + 1), recordedAt, ...event, revision };
  });
}
