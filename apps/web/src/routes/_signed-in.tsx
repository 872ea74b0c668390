import { createFileRoute, redirect } from '@tanstack/react-router';
import { acting } from '../api/acting';
import { queries } from '../api/client';
import { preferencesQuery } from '../api/preferences';
import { sessions } from '../api/session';
import { accountQuery } from '../frame/account';
import { readId } from '../frame/address';
import { Frame } from '../frame/frame';
import { unitsQuery } from '../frame/units';

/** All pages but the sign-in: whoever is not signed in signs in first, and comes back. */
export const Route = createFileRoute('/_signed-in')({
  beforeLoad: async ({ location }) => {
    await sessions.token();
    acting.name(readId('for' in location.search ? location.search.for : undefined) ?? null);
    if (sessions.now().state === 'in') return;
    // Whoever signs in next acts for themselves.
    acting.choose(null);
    throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
  },
  // Known before the frame is there: what it says of the person stands still, and nobody waits for what a frame that goes again asked for.
  loader: () => {
    void Promise.allSettled([queries.query(unitsQuery()), queries.query(preferencesQuery)]);
    return queries.query({ ...accountQuery(), staleTime: 'static' }).catch(() => undefined);
  },
  component: Frame,
  // Comes with the pages that it is around.
  codeSplitGroupings: [],
});
