import { randomUUID } from 'node:crypto';
import type { EventMetadata, NewEvent } from '../event-store.js';

/** Metadata of a made-up officer's command. */
export function someMetadata(commandId: string = randomUUID()): EventMetadata {
  return {
    commandId,
    requestHash: 'a'.repeat(64),
    $correlationId: commandId,
    $causationId: commandId,
    actor: {
      id: '11111111-1111-4111-8111-111111111111',
      version: 1,
      commitment: 'b'.repeat(64),
      role: 'officer',
      unit: '22222222-2222-4222-8222-222222222222',
    },
  };
}

/** An event that is ready to be appended. */
export function anEvent(data: object = { findings: 'thủ tục' }, id: string = randomUUID()): NewEvent {
  return { id, type: 'SomethingHappened', schemaVersion: 1, data, metadata: someMetadata() };
}
