import { createFileRoute } from '@tanstack/react-router';
import { PeoplePage } from '../administration/people/people-page';
import { readPeopleSearch } from '../administration/people/people-search';

export const Route = createFileRoute('/_signed-in/administration/people/')({
  validateSearch: readPeopleSearch,
  component: PeoplePage,
});
