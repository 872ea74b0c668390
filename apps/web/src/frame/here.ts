import { useMatch, useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';

const bare = (path: string): string => path.replace(/(.)\/$/, '$1');

/**
 * Tells whether the person is still on the page that asks. What leads on after an answer asks it first: whoever went elsewhere
 * meanwhile is not led back. Where they are going counts, not what still shows while the next page loads.
 */
export function useIsHere(): () => boolean {
  const router = useRouter();
  const { pathname } = useMatch({ strict: false });
  return useCallback(() => bare(router.latestLocation.pathname) === bare(pathname), [router, pathname]);
}
