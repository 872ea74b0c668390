import { createFileRoute } from '@tanstack/react-router';
import { papersQuery, templateQuery } from '../administration/papers/paper-templates-queries';
import { PaperTemplatesPage } from '../administration/papers/paper-templates-page';
import { readPapersSearch } from '../administration/papers/papers-search';
import { queries } from '../api/client';

export const Route = createFileRoute('/_signed-in/administration/papers')({
  validateSearch: readPapersSearch,
  loaderDeps: ({ search: { paper = 'submission' } }) => ({ paper }),
  loader: async ({ deps: { paper } }) => {
    await Promise.all([
      queries.query({ ...papersQuery(), staleTime: 'static' }),
      queries.query({ ...templateQuery(paper), staleTime: 'static' }),
    ]);
  },
  component: PaperTemplatesPage,
});
