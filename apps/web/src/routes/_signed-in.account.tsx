import { createFileRoute } from '@tanstack/react-router';
import { sessionsQuery } from '../account/account-queries';
import { AccountPage } from '../account/account-page';
import { queries } from '../api/client';
import { accountQuery } from '../frame/account';

export const Route = createFileRoute('/_signed-in/account')({
  loader: async () => {
    const { inSession } = await queries.query({ ...accountQuery(), staleTime: 'static' });
    if (inSession) await queries.query({ ...sessionsQuery(), staleTime: 'static' });
  },
  component: AccountPage,
});
