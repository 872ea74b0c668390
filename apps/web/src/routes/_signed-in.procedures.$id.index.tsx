import { createFileRoute } from '@tanstack/react-router';
import { queries } from '../api/client';
import { claimsQuery, procedureQuery } from '../procedure/procedure-queries';
import { ProcedurePage } from '../procedure/procedure-page';
import { readProcedureSearch } from '../procedure/procedure-search';

export const Route = createFileRoute('/_signed-in/procedures/$id/')({
  validateSearch: readProcedureSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ params, deps }) => {
    await Promise.all([
      queries.query({ ...procedureQuery(params.id, deps.asOf, deps.for), staleTime: 'static' }),
      deps.asOf === undefined && queries.query({ ...claimsQuery(params.id), staleTime: 'static' }),
    ]);
  },
  component: ProcedurePage,
});
