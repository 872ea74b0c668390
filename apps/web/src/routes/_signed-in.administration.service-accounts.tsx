import { createFileRoute } from '@tanstack/react-router';
import { serviceAccountsQuery } from '../administration/service-accounts/service-accounts-queries';
import { ServiceAccountsPage } from '../administration/service-accounts/service-accounts-page';
import { readServiceAccountsSearch } from '../administration/service-accounts/service-accounts-search';
import { queries } from '../api/client';

export const Route = createFileRoute('/_signed-in/administration/service-accounts')({
  validateSearch: readServiceAccountsSearch,
  loader: () => queries.query({ ...serviceAccountsQuery(), staleTime: 'static' }),
  component: ServiceAccountsPage,
});
