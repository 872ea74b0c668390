import { useState } from 'react';
import { ApiProblem } from '../../api/problem';

interface Seen {
  /** On which the form began. */
  readonly begun: number;
  /** Sends on what the person knows: at first what the form began with; once they were told of a change, what stands on the page. */
  readonly sent: (send: (revision: number) => Promise<unknown>) => Promise<void>;
  /** Whether the page tells what changed meanwhile. */
  readonly isOvertaken: boolean;
}

/**
 * Keeps a form from going over what somebody else did while it was filled.
 * @param now The revision on the page
 * @param since That the form began with, where it was begun before. (Default: now)
 */
export function useRevision(now: number, since = now): Seen {
  const [begun] = useState(since);
  const [wasTold, tell] = useState(false);
  const [isSending, setSending] = useState(false);
  return {
    begun,
    isOvertaken: now > begun && !isSending,
    sent: async (send) => {
      setSending(true);
      try {
        await send(wasTold ? now : begun);
      } catch (error) {
        // What changed stands on the page by the time that it is sent again.
        if (error instanceof ApiProblem && error.status === 412) tell(true);
        setSending(false);
        throw error;
      }
    },
  };
}
