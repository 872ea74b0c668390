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
 * The leaf of an event, canonical JSON in UTF-8, the same whenever it is made of the same event, index and salt. Its fields are put in
 * order by hand, for it is made of every event: generic canonicalisation would take longer than all its hashes.
 * @param salt the event's, 32 octets
 * @throws Malformed where it would be longer than 65,535 octets, or the event is no JSON
 */
export function leafOf(event: LoggedEvent, index: number, salt: Uint8Array, { classified, hash = sha256 }: LeafOptions): Uint8Array {
  const data = commitmentTo(event.data, partSalt(salt, 'data', hash), hash);
  const metadata = commitmentTo(event.metadata, partSalt(salt, 'metadata', hash), hash);
  const id = `"id":${quoted(event.id)},"index":${index},"metadata":"${metadata}","recordedAt":${quoted(event.recordedAt)}`;
  const schema = `"schemaVersion":${event.schemaVersion}`;
  const before = actorToCorrelation(event);
  const definition = definitionOf(event);
  const revision = `"revision":${event.revision}`;
  const last = `"stream":${quoted(event.stream)},"type":${quoted(event.type)}`;
  const json = classified
    ? `{"data":"${data}","head":"${commitmentToJson(`{${before}${definition},${revision},${last}}`, partSalt(salt, 'head', hash), hash)}",${id},${schema},"v":1}`
    : `{${before},"data":"${data}"${definition},${id},${revision},${schema},${last},"v":1}`;
  const octets = utf8(json);
  if (octets.length > longestEntry) throw new Malformed(`A leaf has at most ${longestEntry} octets.`);
  return octets;
}

function actorToCorrelation({ metadata }: LoggedEvent): string {
  const { actor, batch } = metadata;
  const actingFor = actor.onBehalfOf === undefined ? '' : `"onBehalfOf":${quoted(actor.onBehalfOf)},`;
  const person = `"commitment":${quoted(actor.commitment)},"id":${quoted(actor.id)},${actingFor}`;
  return (
    `"actor":{${person}"role":${quoted(actor.role)},"unit":${quoted(actor.unit)},"version":${actor.version}}` +
    (batch === undefined ? '' : `,"batch":${quoted(batch)}`) +
    `,"causation":${quoted(metadata.$causationId)},"command":${quoted(metadata.commandId)},"correlation":${quoted(metadata.$correlationId)}`
  );
}

function definitionOf({ metadata: { definition } }: LoggedEvent): string {
  return definition === undefined ? '' : `,"definition":{"id":${quoted(definition.id)},"version":${definition.version}}`;
}
