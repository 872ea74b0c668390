import { createFileRoute } from '@tanstack/react-router';
import { DelegationsPage } from '../administration/delegations/delegations-page';
import { readDelegationsSearch } from '../administration/delegations/delegations-search';

export const Route = createFileRoute('/_signed-in/administration/delegations')({
  validateSearch: readDelegationsSearch,
  component: DelegationsPage,
});
