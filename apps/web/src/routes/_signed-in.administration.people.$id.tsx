import { createFileRoute } from '@tanstack/react-router';
import { personQuery } from '../administration/people/people-queries';
import { PersonPage } from '../administration/people/person-page';
import { queries } from '../api/client';

export const Route = createFileRoute('/_signed-in/administration/people/$id')({
  loader: ({ params }) => queries.query({ ...personQuery(params.id), staleTime: 'static' }),
  component: PersonPage,
});
