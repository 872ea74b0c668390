import { createFileRoute, redirect } from '@tanstack/react-router';
import { sessions } from '../api/session';
import { SignInPage } from '../sign-in/sign-in-page';
import { readSignInSearch } from '../sign-in/sign-in-search';

export const Route = createFileRoute('/sign-in')({
  validateSearch: readSignInSearch,
  beforeLoad: async ({ search }) => {
    if (sessions.now().state === 'unknown') await sessions.token().catch(() => null);
    if (sessions.now().state === 'in') throw redirect({ href: search.next ?? '/' });
  },
  component: SignInPage,
});
