import { createFileRoute } from '@tanstack/react-router';
import { DefinitionPage } from '../administration/definitions/definition-page';
import { readDefinitionSearch } from '../administration/definitions/definition-search';
import { definitionsQuery, keptQuery } from '../administration/definitions/definitions-queries';
import { queries } from '../api/client';

export const Route = createFileRoute('/_signed-in/administration/definitions/$name')({
  validateSearch: readDefinitionSearch,
  loader: async ({ params }) => {
    const { items } = await queries.query({ ...definitionsQuery(), staleTime: 'static' });
    if (items.some(({ id }) => id === params.name)) await queries.query({ ...keptQuery(params.name), staleTime: 'static' });
  },
  component: DefinitionPage,
});
