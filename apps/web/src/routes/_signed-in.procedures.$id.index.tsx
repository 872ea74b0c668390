import { createFileRoute } from '@tanstack/react-router';
import { queries } from '../api/client';
import { procedureQuery } from '../procedure/procedure-queries';
import { ProcedurePage } from '../procedure/procedure-page';
import { readMoment } from '../procedure/procedure-search';

export const Route = createFileRoute('/_signed-in/procedures/$id/')({
  validateSearch: readMoment,
  loaderDeps: ({ search }) => search,
  loader: ({ params, deps }) => queries.query({ ...procedureQuery(params.id, deps.asOf), staleTime: 'static' }),
  component: ProcedurePage,
});
