import type { ServerResponse } from 'node:http';

/**
 * Keeps an answer that has no end from falling silent. Where what was written before one beat has not gone out by the next, nobody reads it, and
 * `unread` is called. Answers with what ends it.
 */
export function beat(raw: ServerResponse, everyMs: number, unread: () => void): () => void {
  let isWaiting = false;
  const drained = (): void => void (isWaiting = false);
  const heartbeat = setInterval(() => {
    if (raw.writableLength === 0) {
      isWaiting = false;
      raw.write(': still here\n\n');
    } else if (isWaiting) unread();
    else isWaiting = true;
  }, everyMs);
  raw.on('drain', drained);
  return () => {
    clearInterval(heartbeat);
    raw.off('drain', drained);
  };
}
