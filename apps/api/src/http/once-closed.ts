import type { ServerResponse } from 'node:http';

/** Runs it once the answer is sent or its reader is gone; at once where they went before this. */
export function onceClosed(raw: ServerResponse, then: () => void): void {
  if (raw.destroyed || raw.closed) then();
  else raw.once('close', then);
}
