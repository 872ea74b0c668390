import { createFileRoute } from '@tanstack/react-router';
import { ProcessorsPage } from '../administration/processors/processors-page';
import { processorsQuery } from '../administration/processors/processors-query';
import { queries } from '../api/client';

export const Route = createFileRoute('/_signed-in/administration/processors')({
  loader: () => queries.query({ ...processorsQuery(), staleTime: 'static' }),
  component: ProcessorsPage,
});
