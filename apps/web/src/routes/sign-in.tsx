import { createFileRoute, redirect } from '@tanstack/react-router';
import { sessions } from '../api/session';
import { SignInPage } from '../sign-in/sign-in-page';

interface Search {
  /** Where to go on afterwards: an address of this application. */
  readonly next?: string;
  /** Why the issuer's sign-in did not end here signed in. */
  readonly failed?: string;
}

export const Route = createFileRoute('/sign-in')({
  validateSearch: ({ next, failed }: Record<string, unknown>): Search => ({
    ...(typeof next === 'string' && /^\/(?![/\\])/.test(next) && { next }),
    ...(typeof failed === 'string' && { failed }),
  }),
  beforeLoad: async ({ search }) => {
    if (sessions.now().state === 'unknown') await sessions.token().catch(() => null);
    if (sessions.now().state === 'in') throw redirect({ href: search.next ?? '/' });
  },
  component: SignInPage,
});
