import { randomUUID } from 'node:crypto';
import { uuidv5 } from '#event-store';
import type { EventMetadata } from '#event-store';
import type { Order, Person } from '#identity';
import { actorOf } from '#procedures/commands';
import type { Sent } from '#procedures/commands';
import { Problem } from './problem.js';

/** @throws Problem for whoever administers nothing */
export function mustAdminister({ roles }: Person): void {
  if (!roles.some(({ role }) => role === 'administrator')) throw new Problem('not-authorised', { detail: 'This is for administrators.' });
}

/** What the log shall know of an order that is not about a procedure. */
export function metadataOf({ idempotencyKey, requestHash, correlationId }: Sent, person: Person): EventMetadata {
  const commandId = idempotencyKey === undefined ? randomUUID() : uuidv5(person.id, idempotencyKey);
  const administering = person.roles.find(({ role }) => role === 'administrator') ?? null;
  return {
    commandId,
    requestHash,
    $correlationId: correlationId ?? commandId,
    $causationId: commandId,
    actor: actorOf(person, administering),
  };
}

export function orderOf(sent: Sent, person: Person): Order {
  return { by: person, metadata: metadataOf(sent, person), ifMatch: sent.ifMatch };
}

/** The id of what the order makes: the same when it is sent again under its key. */
export function newId(what: string, { idempotencyKey }: Sent, { id }: Person): string {
  return idempotencyKey === undefined ? randomUUID() : uuidv5(id, `${what}:${idempotencyKey}`);
}
