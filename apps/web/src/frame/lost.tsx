import { Alert } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { isServerReady } from '../api/client';
import { ApiProblem } from '../api/problem';
import { useWords } from '../words/words';

const everyMs = 2_000;

/** Says that the server is away, asks for it again and again, and has everything read anew when it is back. */
export function Lost(): ReactNode {
  const { say } = useWords();
  const client = useQueryClient();
  const [isAway, setAway] = useState(false);

  useEffect(() => {
    const cache = client.getQueryCache();
    // A call that fails for that reason is being tried again already.
    return cache.subscribe(({ query }) => {
      const reason: unknown = query.state.fetchFailureReason;
      if (reason instanceof ApiProblem && reason.status === 0) setAway(true);
    });
  }, [client]);

  useEffect(() => {
    if (!isAway) return;
    const timer = setInterval(() => {
      void isServerReady().then((isReady) => {
        if (!isReady) return;
        setAway(false);
        void client.invalidateQueries();
      });
    }, everyMs);
    return () => clearInterval(timer);
  }, [isAway, client]);

  return (
    <div role="status">
      {isAway && (
        <Alert color="orange" variant="light" title={say('lost.title')} mb="md">
          {say('lost.what')}
        </Alert>
      )}
    </div>
  );
}
