import { createFileRoute } from '@tanstack/react-router';
import { queries } from '../api/client';
import { HistoryPage } from '../history/history-page';
import { readHistorySearch } from '../history/history-search';
import { procedureQuery } from '../procedure/procedure-queries';

export const Route = createFileRoute('/_signed-in/procedures/$id/history')({
  validateSearch: readHistorySearch,
  loader: ({ params }) => queries.query({ ...procedureQuery(params.id), staleTime: 'static' }),
  component: HistoryPage,
});
