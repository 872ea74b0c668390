import { createFileRoute } from '@tanstack/react-router';
import { ParametersPage } from '../administration/parameters/parameters-page';
import { parametersQuery } from '../administration/parameters/parameters-queries';
import { queries } from '../api/client';

export const Route = createFileRoute('/_signed-in/administration/parameters')({
  loader: () => queries.query({ ...parametersQuery(), staleTime: 'static' }),
  component: ParametersPage,
});
