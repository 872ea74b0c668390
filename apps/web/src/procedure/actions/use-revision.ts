import { useState } from 'react';

interface Seen {
  /** On which the form began. */
  readonly begun: number;
  /** Sends on what the person knows: what the form began with, or the last change that they were shown. */
  readonly sent: (send: (revision: number) => Promise<unknown>) => Promise<void>;
  /** Whether the page tells what changed meanwhile. */
  readonly isOvertaken: boolean;
  /** Called once what led to that revision stands on the page. */
  readonly shown: (revision: number) => void;
}

/**
 * Keeps a form from going over what somebody else did while it was filled, and its sender has not been shown.
 * @param now The revision on the page
 * @param since That the form began with, where it was begun before. (Default: now)
 */
export function useRevision(now: number, since = now): Seen {
  const [begun] = useState(since);
  const [known, shown] = useState(begun);
  const [isSending, setSending] = useState(false);
  return {
    begun,
    shown,
    isOvertaken: now > begun && !isSending,
    sent: async (send) => {
      setSending(true);
      try {
        await send(known);
      } catch (error) {
        setSending(false);
        throw error;
      }
    },
  };
}
