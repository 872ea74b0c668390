import { createRouter } from '@tanstack/react-router';
import { Failed } from './frame/failed';
import { NotThere } from './frame/not-there';
import { Waiting } from './frame/waiting';
import { routeTree } from './route-tree.gen';

export const router = createRouter({
  routeTree,
  // What an address holds besides what its page reads never reaches the page.
  search: { strict: true },
  defaultPreload: false,
  scrollRestoration: true,
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultPendingComponent: Waiting,
  defaultErrorComponent: Failed,
  defaultNotFoundComponent: NotThere,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
