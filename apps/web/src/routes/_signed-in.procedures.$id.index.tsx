import { createFileRoute } from '@tanstack/react-router';
import { queries } from '../api/client';
import { procedureQuery } from '../procedure/procedure-queries';
import { ProcedurePage } from '../procedure/procedure-page';
import { readProcedureSearch } from '../procedure/procedure-search';

export const Route = createFileRoute('/_signed-in/procedures/$id/')({
  validateSearch: readProcedureSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ params, deps }) => queries.query({ ...procedureQuery(params.id, deps.asOf, deps.for), staleTime: 'static' }),
  component: ProcedurePage,
});
