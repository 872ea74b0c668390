import { useEffect, useState } from 'react';
import { renewing } from './client';
import { ServerSentReader } from './server-sent';

interface Hearing<Progress> {
  readonly heard: (progress: Progress) => void;
  /** It ended, or is not heard any more. */
  readonly ended: () => void;
}

/**
 * Hears how far something has come, as it comes on, until it ends.
 * @param path Of its server-sent events; null hears nothing
 * @returns whether it is heard; whoever does not hear it asks now and then
 */
export function useProgress<Progress extends object>(path: string | null, { heard, ended }: Hearing<Progress>): boolean {
  const [isHeard, setHeard] = useState(false);
  useEffect(() => {
    if (path === null) return;
    const ending = new AbortController();
    const follow = async (): Promise<void> => {
      const response = await renewing(new Request(new URL(path, window.location.origin), { signal: ending.signal }));
      if (!response.ok || !response.body) return;
      setHeard(true);
      const reader = new ServerSentReader();
      const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece = await pieces.read(); !piece.done; piece = await pieces.read())
        for (const { data } of reader.read(piece.value)) if (data !== '') heard(JSON.parse(data) as Progress);
    };
    void follow()
      .catch(() => undefined)
      .finally(() => {
        if (ending.signal.aborted) return;
        setHeard(false);
        ended();
      });
    return () => {
      ending.abort();
      setHeard(false);
    };
    // It is followed anew where it is another one; what is done with what is heard rests on the same.
  }, [path]);
  return isHeard;
}
