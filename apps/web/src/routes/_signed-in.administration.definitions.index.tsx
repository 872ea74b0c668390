import { createFileRoute } from '@tanstack/react-router';
import { DefinitionsPage } from '../administration/definitions/definitions-page';
import { definitionsQuery, keptQuery } from '../administration/definitions/definitions-queries';
import { queries } from '../api/client';

export const Route = createFileRoute('/_signed-in/administration/definitions/')({
  loader: async () => {
    const { items } = await queries.query({ ...definitionsQuery(), staleTime: 'static' });
    await Promise.all(items.map(({ id }) => queries.query({ ...keptQuery(id), staleTime: 'static' })));
  },
  component: DefinitionsPage,
});
