import { createHash } from 'node:crypto';
import type { Actor, EventMetadata } from './event-store.js';

/** Who acts where no person does. */
export const noPerson = '00000000-0000-0000-0000-000000000000';

/** What nobody in person does, as an event shows it. */
export const actorWithoutPerson = (role: string, unit = ''): Actor => ({ id: noPerson, version: 0, commitment: '', role, unit });

/** Of what an installation orders by itself, setting itself up or told by an issuer: as an administrator would. `request` says what. */
export function metadataWithoutPerson(commandId: string, request: string, unit?: string): EventMetadata {
  const requestHash = createHash('sha256').update(request).digest('hex');
  return { commandId, requestHash, $correlationId: commandId, $causationId: commandId, actor: actorWithoutPerson('administrator', unit) };
}
