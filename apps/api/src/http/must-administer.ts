import { randomUUID } from 'node:crypto';
import { uuidv5 } from '#event-store';
import type { EventMetadata } from '#event-store';
import type { Order, Person } from '#identity';
import { commandIdOf, metadataOf } from '#workflow';
import type { Sent } from '#workflow';
import { Problem } from './problem.js';

/** For what belongs to no unit. @throws Problem for whoever administers neither a service nor the ministry */
export function mustGovern({ governs }: Person): void {
  if (!governs) throw new Problem('not-authorised', { detail: 'This is for administrators of a service or of the ministry.' });
}

/** What the log shall know of an order about what belongs to no unit: it is given by the role that governs. */
export function administeringMetadata(sent: Sent, { governs }: Person): EventMetadata {
  return metadataOf(sent, { commandId: commandIdOf(sent), ...(governs && { role: governs }) });
}

/** An order whose rules say by which role it is given. Nobody administers for somebody else. */
export function orderOf(sent: Sent, person: Person): Order {
  const metadata = metadataOf(sent, { commandId: commandIdOf(sent) });
  return { by: person, metadata, ifMatch: sent.ifMatch, formerHash: sent.formerHash };
}

/** The id of what the order makes: the same when it is sent again under its key. */
export function newId(what: string, { idempotencyKey }: Sent, { id }: Person): string {
  return idempotencyKey === undefined ? randomUUID() : uuidv5(id, `${what}:${idempotencyKey}`);
}
