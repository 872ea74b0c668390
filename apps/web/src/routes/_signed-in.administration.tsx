import { createFileRoute, notFound, Outlet } from '@tanstack/react-router';
import { mayAdminister } from '../frame/account';

/** All pages of the administration: one that is of no use to the person is not there, and asks for nothing. */
export const Route = createFileRoute('/_signed-in/administration')({
  beforeLoad: async ({ location }) => {
    const [, , page = ''] = location.pathname.split('/');
    if (!(await mayAdminister(page))) notFound({ throw: true });
  },
  component: Outlet,
});
