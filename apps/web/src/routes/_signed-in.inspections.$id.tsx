import { createFileRoute } from '@tanstack/react-router';
import { queries } from '../api/client';
import { InspectionPage } from '../inspections/inspection-page';
import { inspectionQuery } from '../inspections/inspections-queries';

export const Route = createFileRoute('/_signed-in/inspections/$id')({
  loader: ({ params }) => queries.query({ ...inspectionQuery(params.id), staleTime: 'static' }),
  component: InspectionPage,
});
