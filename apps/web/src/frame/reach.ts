import { useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { isCaughtUp, isServerReady } from '../api/client';
import { freshness } from '../api/freshness';
import { ApiProblem } from '../api/problem';
import { stream } from '../api/stream';
import { shownLag } from './shown';

const askEveryMs = 2_000;
const lookEveryMs = 5_000;

/** Since when the server is away, ISO 8601; asks for it again and again, and has everything read anew when it is back. */
export function useReconnecting(): string | null {
  const client = useQueryClient();
  const streamed = useSyncExternalStore(stream.subscribe, stream.now);
  const [since, setSince] = useState<string | null>(null);
  const isAway = since !== null;

  useEffect(() => {
    // A call that fails for that reason is being tried again already.
    return client.getQueryCache().subscribe(({ query }) => {
      const reason: unknown = query.state.fetchFailureReason;
      if (reason instanceof ApiProblem && reason.status === 0) setSince(earlier);
    });
  }, [client]);

  useEffect(() => {
    // Something between may cut streams and nothing else.
    if (streamed === 'away') void isServerReady().then((isReady) => !isReady && setSince(earlier));
  }, [streamed]);

  useEffect(() => {
    if (!isAway) return;
    const timer = setInterval(() => {
      void isServerReady().then((isReady) => {
        if (!isReady) return;
        setSince(null);
        stream.wake();
        void client.invalidateQueries();
      });
    }, askEveryMs);
    return () => clearInterval(timer);
  }, [isAway, client]);

  return since;
}

const earlier = (since: string | null): string => since ?? new Date().toISOString();

/** Whether a view has less than what is known to have happened; asks until it has, and then has everything read anew. */
export function useCatchingUp(): boolean {
  const client = useQueryClient();
  const address = useSyncExternalStore(freshness.subscribe, freshness.now);
  useEffect(() => {
    if (address === null) return;
    let isAsking = false;
    const ask = async (): Promise<void> => {
      if (isAsking || document.hidden) return;
      // The server waits for the view, too.
      isAsking = true;
      const isFresh = await isCaughtUp(address);
      isAsking = false;
      if (!isFresh) return;
      freshness.fallBehind(null);
      await client.invalidateQueries();
    };
    const timer = setInterval(() => void ask(), lookEveryMs);
    return () => clearInterval(timer);
  }, [address, client]);
  return address !== null;
}

/** Up to when what is shown is true, where that is too long ago; has it read again until it is not. */
export function useShownLag(): string | null {
  const client = useQueryClient();
  const [lag, setLag] = useState<string | null>(null);
  useEffect(() => {
    const look = (): void => setLag(shownLag(shown(client)));
    // What answers come with is looked at after they have been shown.
    const stop = client.getQueryCache().subscribe(({ type }) => {
      if (type === 'updated') queueMicrotask(look);
    });
    return stop;
  }, [client]);
  const isLate = lag !== null;
  useEffect(() => {
    if (!isLate) return;
    const timer = setInterval(() => void client.invalidateQueries(), lookEveryMs);
    return () => clearInterval(timer);
  }, [isLate, client]);
  return lag;
}

const shown = (client: QueryClient) =>
  client
    .getQueryCache()
    .findAll({ type: 'active' })
    .map(({ state }): unknown => state.data);
