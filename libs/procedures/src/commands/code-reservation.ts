import { createHash } from 'node:crypto';
import { NO_STREAM, WrongExpectedRevision, readOrNothing, uuidv5 } from '#event-store';
import type { Actor, EventStore } from '#event-store';

/** How long a reservation counts whose procedure has not appeared. */
const graceMs = 60_000;

/** Who has an official code, and the revision of the stream that says so. */
export interface CodeHolder {
  /** Procedure id; null when the code is free. */
  readonly heldBy: string | null;
  /** Null when nobody ever reserved it. */
  readonly revision: number | null;
}

/** Looks up who has the code. A reservation that was never followed by its procedure is void after a minute. */
export async function codeHolder(
  store: EventStore,
  code: string,
  { now, exists }: { readonly now: Date; readonly exists: (procedure: string) => Promise<boolean> },
): Promise<CodeHolder> {
  const [newest] = await readOrNothing(store, streamOf(code), { direction: 'backwards', limit: 1 });
  if (!newest) return { heldBy: null, revision: null };
  const { procedure } = newest.data as { readonly procedure: string };
  const isFresh = now.getTime() - Date.parse(newest.recordedAt) < graceMs;
  return { heldBy: isFresh || (await exists(procedure)) ? procedure : null, revision: newest.revision };
}

/** Takes the code for the procedure; false when somebody else was faster. */
export async function reserveCode(
  store: EventStore,
  code: string,
  procedure: string,
  { after, actor, correlationId }: { readonly after: number | null; readonly actor: Actor; readonly correlationId: string | undefined },
): Promise<boolean> {
  const stream = streamOf(code);
  const commandId = uuidv5(procedure, `${stream}@${String(after)}`);
  const requestHash = createHash('sha256').update(`${stream} ${procedure}`).digest('hex');
  const metadata = { commandId, requestHash, $correlationId: correlationId ?? commandId, $causationId: commandId, actor };
  try {
    await store.append(stream, [{ id: uuidv5(commandId, '0'), type: 'CodeReserved', schemaVersion: 1, data: { procedure }, metadata }], {
      expected: after ?? NO_STREAM,
    });
    return true;
  } catch (error) {
    if (error instanceof WrongExpectedRevision) return false;
    throw error;
  }
}

const streamOf = (code: string): string => `code-${encodeURIComponent(code.toUpperCase())}`;
