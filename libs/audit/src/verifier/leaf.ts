import { quoted } from './canonical.js';
import { commitmentTo, commitmentToJson, partSalt } from './commitments.js';
import { longestEntry } from './entry-bundles.js';
import { Malformed } from './malformed.js';
import { utf8 } from './octets.js';
import { sha256, type Sha256 } from './sha256.js';

/** Who acted, as the log has it; what else an actor has is under the commitment to the metadata alone. */
export interface LeafActor {
  readonly id: string;
  readonly version: number;
  readonly commitment: string;
  readonly role: string;
  readonly unit: string;
  readonly onBehalfOf?: string | undefined;
}

/** An event as the log holds it: what a leaf is made of. Its position is not, for that differs after a move. */
export interface LoggedEvent {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
  readonly schemaVersion: number;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly data: object;
  readonly metadata: {
    readonly commandId: string;
    readonly $causationId: string;
    readonly $correlationId: string;
    readonly actor: LeafActor;
    readonly definition?: { readonly id: string; readonly version: number } | undefined;
    readonly batch?: string | undefined;
  };
}

/** What of an event stands in its leaf in clear, unless it was classified when it was sealed. */
export interface LeafHead {
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly actor: LeafActor;
  readonly definition?: { readonly id: string; readonly version: number } | undefined;
  readonly command: string;
  readonly causation: string;
  readonly correlation: string;
  readonly batch?: string | undefined;
}

/** What every leaf shows. Commitments are lower-case hexadecimal. */
export interface LeafFrame {
  readonly v: 1;
  /** Of the leaf in the tree, counted from 0. */
  readonly index: number;
  readonly id: string;
  readonly recordedAt: string;
  readonly schemaVersion: number;
  readonly data: string;
  readonly metadata: string;
}

export type ClearLeaf = LeafFrame & LeafHead;
/** `head` is the commitment to what a clear leaf shows instead. */
export type ClassifiedLeaf = LeafFrame & { readonly head: string };
export type Leaf = ClearLeaf | ClassifiedLeaf;

export interface LeafOptions {
  /** Whether the head is committed to instead of shown. */
  readonly classified: boolean;
  /** (Default: the one that runs everywhere) */
  readonly hash?: Sha256;
}

/**
 * The leaf of an event, canonical JSON in UTF-8, the same whenever it is made of the same event, index and salt.
 * @param salt the event's, 32 octets
 * @throws Malformed where it would be longer than 65,535 octets, or the event is no JSON
 */
export function leafOf(event: LoggedEvent, index: number, salt: Uint8Array, { classified, hash = sha256 }: LeafOptions): Uint8Array {
  const data = commitmentTo(event.data, partSalt(salt, 'data', hash), hash);
  const metadata = commitmentTo(event.metadata, partSalt(salt, 'metadata', hash), hash);
  const { id, recordedAt, schemaVersion } = event;
  const head = headOf(event, event.metadata);
  const shown = classified ? { head: commitmentToJson(canonicalHead(head), partSalt(salt, 'head', hash), hash) } : head;
  const octets = utf8(canonicalLeaf({ v: 1, index, id, recordedAt, schemaVersion, data, metadata }, shown));
  if (octets.length > longestEntry) throw new Malformed(`A leaf has at most ${longestEntry} octets.`);
  return octets;
}

/** The head of an event. */
export const headOf = (
  { stream, revision, type }: Pick<LoggedEvent, 'stream' | 'revision' | 'type'>,
  metadata: LoggedEvent['metadata'],
): LeafHead => ({
  stream,
  revision,
  type,
  actor: metadata.actor,
  definition: metadata.definition,
  command: metadata.commandId,
  causation: metadata.$causationId,
  correlation: metadata.$correlationId,
  batch: metadata.batch,
});

/**
 * Canonical JSON of a leaf: these fields, and nothing else that the objects may have. In order by hand, for leaves are made and opened
 * by the million: generic canonicalisation would take longer than all their hashes.
 */
export function canonicalLeaf(frame: LeafFrame, shown: LeafHead | Pick<ClassifiedLeaf, 'head'>): string {
  const id = `"id":${quoted(frame.id)},"index":${frame.index},"metadata":${quoted(frame.metadata)},"recordedAt":${quoted(frame.recordedAt)}`;
  const schema = `"schemaVersion":${frame.schemaVersion}`;
  if ('head' in shown) return `{"data":${quoted(frame.data)},"head":${quoted(shown.head)},${id},${schema},"v":1}`;
  const { revision } = shown;
  return `{${actorToCorrelation(shown)},"data":${quoted(frame.data)}${definitionOf(shown)},${id},"revision":${revision},${schema},${streamAndType(shown)},"v":1}`;
}

/** Canonical JSON of a head as one object: what the leaf of a classified event commits to. */
export const canonicalHead = (head: LeafHead): string =>
  `{${actorToCorrelation(head)}${definitionOf(head)},"revision":${head.revision},${streamAndType(head)}}`;

function actorToCorrelation({ actor, batch, causation, command, correlation }: LeafHead): string {
  const actingFor = actor.onBehalfOf === undefined ? '' : `"onBehalfOf":${quoted(actor.onBehalfOf)},`;
  const person = `"commitment":${quoted(actor.commitment)},"id":${quoted(actor.id)},${actingFor}`;
  return (
    `"actor":{${person}"role":${quoted(actor.role)},"unit":${quoted(actor.unit)},"version":${actor.version}}` +
    (batch === undefined ? '' : `,"batch":${quoted(batch)}`) +
    `,"causation":${quoted(causation)},"command":${quoted(command)},"correlation":${quoted(correlation)}`
  );
}

const definitionOf = ({ definition }: LeafHead): string =>
  definition === undefined ? '' : `,"definition":{"id":${quoted(definition.id)},"version":${definition.version}}`;

const streamAndType = ({ stream, type }: LeafHead): string => `"stream":${quoted(stream)},"type":${quoted(type)}`;
