import { commitmentTo, type CommittedPart } from './commitments.js';
import { headOf, type Leaf, type LeafActor, type LeafHead, type LoggedEvent } from './leaf.js';
import { Malformed } from './malformed.js';
import { sha256, type Sha256 } from './sha256.js';

/** An event as it is shown to somebody, who may not see, or no longer see, its data and metadata. */
export type ShownEvent = Omit<LoggedEvent, 'data' | 'metadata'> & Partial<Pick<LoggedEvent, 'data' | 'metadata'>>;

/** Salts of parts, as `partSalt` makes them; one that was erased or is withheld is not there. */
export type PartSalts = Partial<Readonly<Record<CommittedPart, Uint8Array>>>;

const frameFields = ['id', 'recordedAt', 'schemaVersion'] as const;
const eventFields = ['stream', 'revision', 'type'] as const;
const metadataFields = ['command', 'causation', 'correlation', 'batch'] as const;

/** What of a leaf an event is compared with. */
export type LeafField =
  (typeof frameFields)[number] | (typeof eventFields)[number] | (typeof metadataFields)[number] | 'actor' | 'definition' | CommittedPart;

export interface LeafMatch {
  /** Fields in which the event is not the one that was sealed. */
  readonly wrong: readonly LeafField[];
  /** Commitments that cannot be checked, because the part or its salt is not there. */
  readonly unproven: readonly CommittedPart[];
}

/** Whether the event is the one that this leaf was made of, as far as what is shown of it can tell. */
export function matches(leaf: Leaf, event: ShownEvent, salts: PartSalts, hash: Sha256 = sha256): LeafMatch {
  const wrong: LeafField[] = frameFields.filter((field) => event[field] !== leaf[field]);
  const unproven: CommittedPart[] = [];
  const { data, metadata } = event;
  const head = metadata && headOf(event, metadata);

  if (!('head' in leaf)) {
    wrong.push(...eventFields.filter((field) => event[field] !== leaf[field]));
    if (head) wrong.push(...differing(head, leaf));
  } else if (head === undefined || salts.head === undefined) unproven.push('head');
  else if (!isCommitted(sealedHead(head), salts.head, leaf.head, hash)) wrong.push('head');

  if (data === undefined || salts.data === undefined) unproven.push('data');
  else if (!isCommitted(data, salts.data, leaf.data, hash)) wrong.push('data');
  if (metadata === undefined || salts.metadata === undefined) unproven.push('metadata');
  else if (!isCommitted(metadata, salts.metadata, leaf.metadata, hash)) wrong.push('metadata');
  return { wrong, unproven };
}

function differing(shown: LeafHead, sealed: LeafHead): readonly LeafField[] {
  const fields: LeafField[] = metadataFields.filter((field) => shown[field] !== sealed[field]);
  const [left, right] = [shown.definition, sealed.definition];
  if (left?.id !== right?.id || left?.version !== right?.version) fields.push('definition');
  if (actorFields.some((field) => shown.actor[field] !== sealed.actor[field])) fields.push('actor');
  return fields;
}

const actorFields = ['id', 'version', 'commitment', 'role', 'unit', 'onBehalfOf'] as const satisfies readonly (keyof LeafActor)[];

/** The head without what else an actor or a definition may have, which stays under the commitment to the metadata. */
function sealedHead(head: LeafHead): LeafHead {
  const { id, version, commitment, role, unit, onBehalfOf } = head.actor;
  const { definition } = head;
  return {
    ...head,
    actor: { id, version, commitment, role, unit, onBehalfOf },
    definition: definition && { id: definition.id, version: definition.version },
  };
}

/** What is no JSON was never sealed. */
function isCommitted(value: object, salt: Uint8Array, commitment: string, hash: Sha256): boolean {
  try {
    return commitmentTo(value, salt, hash) === commitment;
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}

/**
 * An event of somebody's file, of the shape that can be compared with a leaf; what it says is not looked at.
 * @throws Malformed
 */
export function shownEvent(value: unknown): ShownEvent {
  if (!isShownEvent(value)) throw new Malformed('This is not an event.');
  return value;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isOptionalObject = (value: unknown): boolean => value === undefined || isObject(value);

function isShownEvent(value: unknown): value is ShownEvent {
  if (!isObject(value) || !isOptionalObject(value['data'])) return false;
  const { metadata } = value;
  return metadata === undefined || (isObject(metadata) && isObject(metadata['actor']) && isOptionalObject(metadata['definition']));
}
