import { createRootRoute, Outlet } from '@tanstack/react-router';
import { allWords } from '../words/words';

/** What is made of the words that come first. */
const firstPages: readonly string[] = ['/', '/sign-in'];

export const Route = createRootRoute({
  beforeLoad: ({ location }) => (firstPages.includes(location.pathname) ? undefined : allWords()),
  component: Outlet,
});
