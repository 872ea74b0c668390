import type { RecordedEvent } from '#event-store';
import type { ProcedureEvent } from './events.js';

const prefix = 'procedure-';

export const isProcedureStream = (stream: string): boolean => stream.startsWith(prefix);

/** The id of the procedure whose stream it is. */
export function procedureIdOf(stream: string): string {
  return stream.slice(prefix.length);
}

/** The stream of a procedure. */
export function procedureStream(id: string): string {
  return `${prefix}${id}`;
}

/** What is said about a procedure, which is a stream of its own because revision n of a procedure is its n-th action. */
export function commentStream(id: string): string {
  return `comments-${id}`;
}

/** The fact alone, without what the log knows about it; the stream says that it is a procedure's. */
export function factOf({ type, data }: RecordedEvent): ProcedureEvent {
  return { type, data } as ProcedureEvent;
}

/** Which procedure is classified from this event on, which may reserve its code; null where none is. What is registered as classified stays so. */
export function newlyClassified({ type, stream, data }: Pick<RecordedEvent, 'type' | 'stream' | 'data'>): string | null {
  if (type !== 'ProcedureRegistered' && type !== 'CodeReserved') return null;
  const { classification = 'none', procedure } = data as { readonly classification?: string; readonly procedure?: string };
  return classification === 'none' ? null : (procedure ?? procedureIdOf(stream));
}
