import { canonicalJson } from './canonical.js';
import { commitmentTo, committedParts, type CommittedPart } from './commitments.js';
import type { Leaf, LeafHead, LoggedEvent } from './leaf.js';
import { Malformed } from './malformed.js';
import { sha256, type Sha256 } from './sha256.js';

/** An event as it is shown to somebody, who may not see, or no longer see, its data and metadata. */
export type ShownEvent = Omit<LoggedEvent, 'data' | 'metadata'> & Partial<Pick<LoggedEvent, 'data' | 'metadata'>>;

/** Salts of parts, as `partSalt` makes them; one that was erased or is withheld is not there. */
export type PartSalts = Partial<Readonly<Record<CommittedPart, Uint8Array>>>;

const frameFields = ['id', 'recordedAt', 'schemaVersion'] as const;
const headFields = ['stream', 'revision', 'type', 'actor', 'definition', 'command', 'causation', 'correlation', 'batch'] as const;
const clearFields = [...frameFields, ...headFields];

/** What of a leaf an event is compared with. */
export type LeafField = (typeof clearFields)[number] | CommittedPart;

export interface LeafMatch {
  /** Fields in which the event is not the one that was sealed. */
  readonly wrong: readonly LeafField[];
  /** Commitments that cannot be checked, because the part or its salt is not there. */
  readonly unproven: readonly CommittedPart[];
}

/** The head of an event; what else its actor or definition has is under the commitment to the metadata alone. */
export function headOf({ stream, revision, type, metadata }: Pick<LoggedEvent, 'stream' | 'revision' | 'type' | 'metadata'>): LeafHead {
  const { actor, definition, batch } = metadata;
  const { id, version, commitment, role, unit, onBehalfOf } = actor;
  return {
    ...{ stream, revision, type, batch },
    ...{ command: metadata.commandId, causation: metadata.$causationId, correlation: metadata.$correlationId },
    actor: { id, version, commitment, role, unit, onBehalfOf },
    definition: definition && { id: definition.id, version: definition.version },
  };
}

/** Whether the event is the one that this leaf was made of, as far as what is shown of it can tell. */
export function matches(leaf: Leaf, event: ShownEvent, salts: PartSalts, hash: Sha256 = sha256): LeafMatch {
  const { id, recordedAt, schemaVersion, stream, revision, type, data, metadata } = event;
  const head = metadata && headOf({ stream, revision, type, metadata });
  const clear: Partial<Record<LeafField, unknown>> = {
    id,
    recordedAt,
    schemaVersion,
    ...(!('head' in leaf) && { stream, revision, type, ...head }),
  };
  const sealed: Partial<Record<LeafField, unknown>> = leaf;
  const wrong: LeafField[] = clearFields.filter((field) => field in clear && !isSame(clear[field], sealed[field]));

  const parts = { data, metadata, head } satisfies Partial<Record<CommittedPart, object | undefined>>;
  const unproven: CommittedPart[] = [];
  for (const part of committedParts) {
    const commitment = sealed[part];
    if (commitment === undefined) continue;
    const salt = salts[part];
    const value = parts[part];
    if (value === undefined || salt === undefined) unproven.push(part);
    else if (!holds(() => commitmentTo(value, salt, hash) === commitment)) wrong.push(part);
  }
  return { wrong, unproven };
}

const isSame = (shown: unknown, sealed: unknown): boolean =>
  shown === undefined || sealed === undefined ? shown === sealed : holds(() => canonicalJson(shown) === canonicalJson(sealed));

/** What is no JSON was never sealed. */
function holds(check: () => boolean): boolean {
  try {
    return check();
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}
