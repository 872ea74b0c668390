import { randomUUID } from 'node:crypto';
import { uuidv5 } from '#event-store';
import type { EventMetadata } from '#event-store';
import type { Order, Person } from '#identity';
import { commandIdOf, metadataOf } from '#procedures/commands';
import type { Sent } from '#procedures/commands';
import { Problem } from './problem.js';

/** For what belongs to no unit. @throws Problem for whoever administers neither a service nor the ministry */
export function mustGovern({ governs }: Person): void {
  if (!governs) throw new Problem('not-authorised', { detail: 'This is for administrators of a service or of the ministry.' });
}

/** What the log shall know of an order that is not about a procedure. Nobody administers for somebody else. */
export function administeringMetadata(how: Sent, person: Person): EventMetadata {
  const sent = { ...how, by: { ...person, actingFor: undefined } };
  const role = person.roles.find((held) => held.role === 'administrator') ?? person.roles[0];
  return metadataOf(sent, { commandId: commandIdOf(sent), ...(role && { role }) });
}

export function orderOf(sent: Sent, person: Person): Order {
  return { by: person, metadata: administeringMetadata(sent, person), ifMatch: sent.ifMatch };
}

/** The id of what the order makes: the same when it is sent again under its key. */
export function newId(what: string, { idempotencyKey }: Sent, { id }: Person): string {
  return idempotencyKey === undefined ? randomUUID() : uuidv5(id, `${what}:${idempotencyKey}`);
}
