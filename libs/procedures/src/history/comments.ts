import { readInSteps, readOrNothing } from '#event-store';
import type { Actor, EventStore, RecordedEvent } from '#event-store';
import type { CommentEvent } from '../comments.js';
import { commentStream, procedureStream } from '../stream.js';

/** Beyond every log's revisions, which a cursor that somebody made up may be. */
const noRevision = 2 ** 31 - 2;

type CommentData = CommentEvent['data'];

/** What somebody said about a procedure; the name is personal data and is looked up by the actor's id and version. */
export interface Comment extends Omit<CommentData, 'procedure'> {
  readonly id: string;
  /** Decimal. */
  readonly position: string;
  /** ISO 8601 UTC. */
  readonly addedAt: string;
  readonly actor: Actor;
}

/** Comments of a procedure, oldest first, read from their stream; `next` is what to go on after, null on the last page. */
export async function commentsOf(
  store: EventStore,
  procedure: string,
  { after = -1, limit }: { readonly after?: number; readonly limit: number },
): Promise<{ readonly items: readonly Comment[]; readonly next: number | null }> {
  const events = await readOrNothing(store, commentStream(procedure), { from: Math.min(after, noRevision) + 1, limit: limit + 1 });
  const shown = events.slice(0, limit);
  return { items: shown.map(toComment), next: events.length > limit ? (shown.at(-1)?.revision ?? null) : null };
}

/** Where a file is named. */
export interface Naming {
  /** Of the procedure. */
  readonly revisions: readonly number[];
  /** Comment ids. */
  readonly comments: readonly string[];
}

/** Where each file of a procedure is named, by its hash. */
export async function namedFilesOf(store: EventStore, procedure: string): Promise<ReadonlyMap<string, Naming>> {
  const named = new Map<string, { readonly revisions: number[]; readonly comments: string[] }>();
  const namingOf = (hash: string): { readonly revisions: number[]; readonly comments: string[] } => {
    const naming = named.get(hash) ?? { revisions: [], comments: [] };
    named.set(hash, naming);
    return naming;
  };
  for await (const event of readInSteps(store, procedureStream(procedure)))
    for (const hash of filesIn(event)) namingOf(hash).revisions.push(event.revision);
  for await (const event of readInSteps(store, commentStream(procedure)))
    for (const hash of filesIn(event)) namingOf(hash).comments.push(event.id);
  return named;
}

/** The hashes that an event names, each once. */
function filesIn({ data }: RecordedEvent): ReadonlySet<string> {
  const { attachments = [], decision } = data as {
    readonly attachments?: CommentData['attachments'];
    readonly decision?: { readonly scan?: string };
  };
  return new Set([...attachments.map(({ hash }) => hash), ...(decision?.scan === undefined ? [] : [decision.scan])]);
}

function toComment({ id, position, recordedAt, metadata, data }: RecordedEvent): Comment {
  const { text, revision, attachments } = data as CommentData;
  return {
    ...{ id, position: String(position), addedAt: recordedAt, actor: metadata.actor, text },
    ...(revision !== undefined && { revision }),
    ...(attachments && { attachments }),
  };
}
