import { createFileRoute } from '@tanstack/react-router';
import { ReorganisationPage } from '../administration/reorganisations/reorganisation-page';
import { reorganisationQuery } from '../administration/reorganisations/reorganisations-queries';
import { queries } from '../api/client';

export const Route = createFileRoute('/_signed-in/administration/reorganisations/$id')({
  loader: ({ params }) => queries.query({ ...reorganisationQuery(params.id), staleTime: 'static' }),
  component: ReorganisationPage,
});
