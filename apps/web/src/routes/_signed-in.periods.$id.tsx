import { createFileRoute } from '@tanstack/react-router';
import { queries } from '../api/client';
import { PeriodPage } from '../periods/period-page';
import { periodQuery } from '../periods/period-queries';

export const Route = createFileRoute('/_signed-in/periods/$id')({
  loader: ({ params: { id } }) => queries.query({ ...periodQuery(id), staleTime: 'static' }),
  component: PeriodPage,
});
