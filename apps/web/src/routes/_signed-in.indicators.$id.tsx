import { createFileRoute } from '@tanstack/react-router';
import { queries } from '../api/client';
import { IndicatorPage } from '../indicators/indicator-page';
import { indicatorQuery } from '../indicators/indicator-queries';
import { readIndicatorSearch } from '../indicators/indicator-search';
import { endOf } from '../format/format';

export const Route = createFileRoute('/_signed-in/indicators/$id')({
  validateSearch: readIndicatorSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ params, deps: { period, asOf } }) =>
    queries.query({ ...indicatorQuery(params.id, { period, asOf: asOf === undefined ? undefined : endOf(asOf) }), staleTime: 'static' }),
  component: IndicatorPage,
});
