import { randomUUID } from 'node:crypto';
import { uuidv5 } from '#event-store';
import type { Actor, EventMetadata } from '#event-store';
import type { HeldRole } from './authority.js';
import type { ActingFor } from './delegation.js';
import type { LifecycleDefinition } from './lifecycle.js';
import type { Classification } from './sight.js';

/** Who sends a command, as the log will remember them. */
export interface Sender {
  readonly id: string;
  readonly version: number;
  readonly commitment: string;
  readonly roles: readonly HeldRole[];
  /** Unit id, for a refusal where no role counts. */
  readonly unit: string;
  /** (Default: none) */
  readonly clearance?: Classification | undefined;
  /** Ids of who else counts as the sender where people must differ. (Default: nobody) */
  readonly countsAs?: readonly string[] | undefined;
  /** Whom the sender acts for, under a delegation. (Default: nobody) */
  readonly actingFor?: ActingFor | undefined;
}

/** Who would act, as far as the rules ask. */
export type Who = Pick<Sender, 'id' | 'roles' | 'clearance' | 'countsAs' | 'actingFor'>;

/** How a command was sent. */
export interface Sent {
  readonly by: Sender;
  /** The client's key, lower case; the same key is the same command. */
  readonly idempotencyKey?: string | undefined;
  /** SHA-256 of the request, hexadecimal. */
  readonly requestHash: string;
  /** The hash with what is left out of it, which events of earlier versions have. (Default: nothing is left out) */
  readonly formerHash?: string | undefined;
  /** Joins what the request leads to. (Default: the command's id) */
  readonly correlationId?: string | undefined;
  /** The revision that the sender saw. */
  readonly ifMatch?: number | undefined;
  /** The bulk run that it is an item of. (Default: none) */
  readonly batch?: string | undefined;
}

/**
 * What the log shall know of a command: how it was sent, by whom, for whom, and under which lifecycle where it is about a procedure. In which
 * role is what the decider says, or else what is said here. (Default: in none)
 */
export function metadataOf(
  { by, requestHash, correlationId, batch }: Sent,
  known: { readonly commandId: string; readonly role?: HeldRole; readonly definition?: LifecycleDefinition },
): EventMetadata {
  const { commandId, role, definition } = known;
  return {
    commandId,
    requestHash,
    $correlationId: correlationId ?? commandId,
    $causationId: commandId,
    actor: { ...actorOf(by), ...role },
    ...(definition && { definition: { id: definition.id, version: definition.version } }),
    ...(batch !== undefined && { batch }),
  };
}

/** The person as an event shows them before it is known which role lets them act; where none does, it stays so. */
export const actorOf = ({ id, version, commitment, unit, actingFor }: Sender): Actor => ({
  ...{ id, version, commitment, role: 'none', unit },
  ...(actingFor && { onBehalfOf: actingFor.id }),
});

/** Made from the sender and the key, so that the same command has it again; a new one without a key. */
export const commandIdOf = ({ by, idempotencyKey }: Sent): string =>
  idempotencyKey === undefined ? randomUUID() : uuidv5(by.id, idempotencyKey);
