import { createFileRoute, redirect } from '@tanstack/react-router';
import { sessions } from '../api/session';
import { Frame } from '../frame/frame';

/** All pages but the sign-in: whoever is not signed in signs in first, and comes back. */
export const Route = createFileRoute('/_signed-in')({
  beforeLoad: async ({ location }) => {
    await sessions.token();
    if (sessions.now().state === 'in') return;
    throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
  },
  component: Frame,
});
