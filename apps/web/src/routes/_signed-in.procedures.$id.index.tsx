import { createFileRoute } from '@tanstack/react-router';
import { queries } from '../api/client';
import { prepareWay } from '../lifecycle/lifecycle-queries';
import { claimsQuery, deadlinesOfQuery, procedureQuery } from '../procedure/procedure-queries';
import { ProcedurePage } from '../procedure/procedure-page';
import { readProcedureSearch } from '../procedure/procedure-search';

export const Route = createFileRoute('/_signed-in/procedures/$id/')({
  validateSearch: readProcedureSearch,
  loaderDeps: ({ search }) => ({ asOf: search.asOf, for: search.for }),
  loader: async ({ params, deps }) => {
    const procedure = queries.query({ ...procedureQuery(params.id, deps.asOf), staleTime: 'static' });
    await Promise.all([
      procedure,
      prepareWay(
        params.id,
        procedure.then(({ definition }) => definition),
      ),
      deps.asOf === undefined && queries.query({ ...claimsQuery(params.id), staleTime: 'static' }),
      deps.asOf === undefined && queries.query({ ...deadlinesOfQuery(params.id), staleTime: 'static' }),
    ]);
  },
  component: ProcedurePage,
});
