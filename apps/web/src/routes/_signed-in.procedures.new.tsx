import { createFileRoute } from '@tanstack/react-router';
import { api, queries } from '../api/client';
import { RegistrationPage } from '../registration/registration-page';

export const Route = createFileRoute('/_signed-in/procedures/new')({
  loader: () => queries.query({ ...api.queryOptions('get', '/api/v1/units'), staleTime: 300_000 }),
  component: RegistrationPage,
});
