type Listener = (path: string) => void;

/** Who wants to know that a command of this tab was accepted, once everything has been read anew. */
const listeners = new Set<Listener>();

/** @returns ends it */
export function onAccepted(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellAccepted(path: string): void {
  for (const listener of listeners) listener(path);
}
