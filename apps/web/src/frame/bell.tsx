import { Indicator } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import { stream } from '../api/stream';
import { numberText } from '../format/format';
import { useWords } from '../words/words';
import { PageLink } from './link';

/** What the stream tells is read at once; this is for where it tells nothing. */
const everyMs = { live: 120_000, else: 30_000 } as const;

/** Leads to what the person was told, and says how much of it is unread. */
export function Bell(): ReactNode {
  const { say, language } = useWords();
  const isLive = useSyncExternalStore(stream.subscribe, stream.now) === 'live';
  const told = useQuery({
    ...api.queryOptions('get', '/api/v1/notifications', { params: { query: { limit: 1 } } }),
    refetchInterval: isLive ? everyMs.live : everyMs.else,
    meta: { isOfFrame: true },
  });
  const unread = told.data?.unread ?? 0;
  const name = unread === 0 ? say('notifications.title') : say('frame.unread', { number: numberText(unread, language) });
  return (
    <PageLink to="/notifications" aria-label={name} title={name} c="inherit">
      <Indicator disabled={unread === 0} label={unread > 99 ? '99+' : unread} size={18} color="red.9" offset={2}>
        <svg
          width="24"
          height="24"
          viewBox="0 0 24 24"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.8"
          strokeLinejoin="round"
          strokeLinecap="round"
          aria-hidden="true"
          display="block"
        >
          <path d="M6 16V10a6 6 0 0 1 12 0v6l2 2H4zM10 21h4" />
        </svg>
      </Indicator>
    </PageLink>
  );
}
